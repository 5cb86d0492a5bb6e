"""GOST by OpenSSL's engine beside plain Python: `python -m bench.gost`.

One thread, one key, one message of 2 KiB as in a payment. Rounds are interleaved, so that the
machine's drift divides out of the ratio. The last table lets several threads verify at once.
"""

import os
import statistics
import time
import timeit
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from lxml import etree

from gateway.kernel.xml import parser
from gateway.security import smev3_transform
from gateway.security.algorithms import Hash, KeyKind, Scheme
from gateway.security.canonical import canonical
from gateway.security.provider import CryptoProvider
from gateway.security.providers.gost_engine import EngineGost
from gateway.security.providers.gost_pure import PureGost

ROUNDS = 9
SECONDS_A_ROUND = 0.05
KIB = 1024
MESSAGE = os.urandom(2 * KIB)
BIG = os.urandom(64 * KIB)
SCHEMES = {KeyKind.GOST_256: Scheme.GOST_256, KeyKind.GOST_512: Scheme.GOST_512}
ROW = (
    '<p:Row xmlns:p="urn:p" xmlns:q="urn:q" id="7" q:kind="x"><p:Name>Иванов Иван</p:Name>'
    "<q:Sum>100.00</q:Sum><p:Note>a &lt; b &gt; c</p:Note></p:Row>"
)


def milliseconds(work: Callable[[], object], count: int) -> float:
    return timeit.timeit(work, number=count) / count * 1e3


def compare(works: dict[str, dict[str, Callable[[], object]]]) -> None:
    """Print the median of each work by each contender, and how the last stands to the first."""
    flat = {(name, who): work for name, by in works.items() for who, work in by.items()}
    counts = {
        key: max(1, int(SECONDS_A_ROUND * 1e3 / max(milliseconds(work, 2), 1e-4)))
        for key, work in flat.items()
    }
    rounds = [
        {key: milliseconds(work, counts[key]) for key, work in flat.items()} for _ in range(ROUNDS)
    ]
    for name, by in works.items():
        first, *_, last = by
        figures = "  ".join(
            f"{who} {statistics.median(one[name, who] for one in rounds):9.3f} ms" for who in by
        )
        ratio = statistics.median(one[name, last] / one[name, first] for one in rounds)
        print(f"  {name:28} {figures}   x {ratio:6.1f}")


def of_provider(provider: CryptoProvider) -> dict[str, Callable[[], object]]:
    works: dict[str, Callable[[], object]] = {}
    for kind, scheme in SCHEMES.items():
        key = provider.generate(kind)
        public = provider.public_key(key.public_key_info)
        value = key.sign(scheme, b"octets")
        size = public.bits
        works[f"sign, {size}"] = lambda key=key, scheme=scheme: key.sign(scheme, b"octets")
        works[f"verify, {size}"] = lambda public=public, scheme=scheme, value=value: public.verify(
            scheme, b"octets", value
        )
        works[f"read a public key, {size}"] = lambda info=key.public_key_info: provider.public_key(
            info
        )
    for algorithm in (Hash.STREEBOG256, Hash.STREEBOG512):
        works[f"{algorithm.name}, 2 KiB"] = lambda algorithm=algorithm: provider.digest(
            algorithm, MESSAGE
        )
        works[f"{algorithm.name}, 64 KiB"] = lambda algorithm=algorithm: provider.digest(
            algorithm, BIG
        )
    return works


def transform() -> None:
    text = f'<r:Root xmlns:r="urn:r">{ROW * (KIB * KIB // len(ROW.encode()))}</r:Root>'
    root = etree.fromstring(text.encode(), parser())
    small = etree.fromstring(f'<r:Root xmlns:r="urn:r">{ROW * 12}</r:Root>'.encode(), parser())
    compare(
        {
            "SMEV transform, 2 KiB": {
                "exclusive C14N": lambda: canonical(small),
                "SMEV": lambda: smev3_transform.transform(small),
            },
            "SMEV transform, 1 MiB": {
                "exclusive C14N": lambda: canonical(root),
                "SMEV": lambda: smev3_transform.transform(root),
            },
        }
    )


def by_threads(provider: CryptoProvider) -> None:
    key = provider.generate(KeyKind.GOST_256)
    public = provider.public_key(key.public_key_info)
    value = key.sign(Scheme.GOST_256, MESSAGE)

    def work(_: int) -> bool:
        return public.verify(Scheme.GOST_256, MESSAGE, value)

    for threads in (1, 2, 4):
        with ThreadPoolExecutor(threads) as pool:
            start = time.perf_counter()
            if not all(pool.map(work, range(4000))):
                raise SystemExit("a signature was not verified")
            seconds = time.perf_counter() - start
        print(f"  {threads} threads {4000 / seconds:9.0f} signatures of 2 KiB verified a second")


def main() -> None:
    engine, pure = EngineGost(), PureGost()
    by_engine, by_python = of_provider(engine), of_provider(pure)
    print("GOST: engine, plain Python, ratio")
    compare({name: {"engine": work, "pure": by_python[name]} for name, work in by_engine.items()})
    print("Transform: exclusive C14N, SMEV, ratio")
    transform()
    print("Verifying by several threads, engine")
    by_threads(engine)


if __name__ == "__main__":
    main()
