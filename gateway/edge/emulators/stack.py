"""spyne, importable on every Python that the hub runs on; nobody else imports it here.

spyne 2.14 brings along an old `six` whose importer has no `find_spec`, without which Python 3.12
finds none of its modules, and it wants `cgi`, which Python 3.13 no longer has. Both are lent to it
while it is imported.
"""

import importlib.util
import logging
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email.message import Message
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_SIX = "spyne.util.six"


class MovedNames(MetaPathFinder, Loader):
    """Finds what spyne's `six` has moved; the module itself is made by `six`."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002 -- the protocol of importers
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """Return where a module is, or None when it is none of ours."""
        if not fullname.startswith(f"{_SIX}.") or _SIX not in sys.modules:
            return None
        importer = _importer()
        if fullname not in importer.known_modules:
            return None
        return importlib.util.spec_from_loader(
            fullname, self, is_package=importer.is_package(fullname)
        )

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return what stands behind a name: often a module of the standard library."""
        module: ModuleType = _importer().load_module(spec.name)
        spec.loader_state = getattr(module, "__spec__", None)
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Give a module back the spec that it had: it is the library's, not ours."""
        if module.__spec__ is not None and module.__spec__.loader_state is not None:
            module.__spec__ = module.__spec__.loader_state


def parse_header(line: str) -> tuple[str, dict[str, str]]:
    """Return a header's value and its parameters, as `cgi.parse_header` did."""
    message = Message()
    message["content-type"] = line
    (value, _), *parameters = message.get_params([("", "")])
    return value, dict(parameters)


@contextmanager
def importable() -> Iterator[None]:
    """Let spyne be imported; the standard library is afterwards as it was."""
    finder = next((f for f in sys.meta_path if isinstance(f, MovedNames)), None)
    if finder is None:
        sys.meta_path.insert(0, MovedNames())
    lent = importlib.util.find_spec("cgi") is None
    if lent:
        cgi: Any = ModuleType("cgi")
        cgi.parse_header = parse_header
        sys.modules["cgi"] = cgi
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        # Our finder stands in for six's own, which every later import would be warned of.
        sys.meta_path[:] = [f for f in sys.meta_path if type(f).__module__ != _SIX]
        if lent:
            del sys.modules["cgi"]


def _importer() -> Any:  # noqa: ANN401 -- six's own
    return sys.modules[_SIX]._importer  # noqa: SLF001


with importable():
    from spyne import (
        AnyXml,
        Application,
        Boolean,
        ComplexModel,
        Date,
        DateTime,
        Decimal,
        Fault,
        Integer,
        Integer64,
        ServiceBase,
        Unicode,
        rpc,
    )
    from spyne.protocol.soap import Soap11
    from spyne.server.wsgi import WsgiApplication
    from spyne.util.xml import get_object_as_xml

# What it logs of a refused message is the message itself.
logging.getLogger("spyne").setLevel(logging.CRITICAL + 1)

__all__ = [
    "AnyXml",
    "Application",
    "Boolean",
    "ComplexModel",
    "Date",
    "DateTime",
    "Decimal",
    "Fault",
    "Integer",
    "Integer64",
    "ServiceBase",
    "Soap11",
    "Unicode",
    "WsgiApplication",
    "get_object_as_xml",
    "rpc",
]
