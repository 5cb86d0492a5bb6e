"""Whoever does the mathematics: one module for one family of keys.

A certified provider (СКЗИ) is a package of its own; its entry point in `gateway.crypto_providers`
names a callable without arguments that returns a `CryptoProvider`
(docs/operations/crypto-providers.md).
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import entry_points

from gateway.security.provider import CryptoProvider, ProviderMissing
from gateway.security.providers.gost_engine import EngineGost
from gateway.security.providers.gost_pure import PureGost
from gateway.security.providers.libcrypto import GostUnavailable
from gateway.security.providers.rsa import RsaProvider

GROUP = "gateway.crypto_providers"
Maker = Callable[[], CryptoProvider]

log = logging.getLogger(__name__)

_BUILT_IN: Mapping[str, Maker] = {
    "rsa": RsaProvider,
    "gost-engine": EngineGost,
    "gost-pure": PureGost,
}


def installed(names: Sequence[str] | None = None) -> tuple[CryptoProvider, ...]:
    """Return providers, the preferred first.

    `names` are entry points and the built-in `rsa`, `gost-engine`, `gost-pure`: exactly these are
    taken, and one that does not work raises ProviderMissing. None takes what there is: entry
    points by name, then the built-in ones that this machine can run.
    """
    others = {found.name: found for found in entry_points(group=GROUP)}
    makers: dict[str, Maker] = {name: others[name].load() for name in sorted(others)}
    return _everything(makers) if names is None else _exactly(names, makers)


def _exactly(names: Sequence[str], makers: Mapping[str, Maker]) -> tuple[CryptoProvider, ...]:
    known = {**_BUILT_IN, **makers}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ProviderMissing(
            f"нет криптопровайдера {', '.join(unknown)}; есть: {', '.join(sorted(known))}"
        )
    return tuple(known[name]() for name in names)


def _everything(makers: Mapping[str, Maker]) -> tuple[CryptoProvider, ...]:
    found = [make() for make in makers.values()]
    for name, make in _BUILT_IN.items():
        try:
            found.append(make())
        except GostUnavailable as reason:
            log.warning("crypto provider %s is not used: %s", name, reason)
    return tuple(found)
