"""Where the published files lie: a wheel, an editable install and a source tree alike (GW-01)."""

import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from gateway.contracts.errors import ContractBroken
from gateway.kernel.errors import NotFound

_NAME = re.compile(r"(?:wsdl|xsd)(?:/[A-Za-z0-9][A-Za-z0-9._-]*)+\.(?:wsdl|xsd)", re.ASCII)


@dataclass(frozen=True, slots=True)
class ContractFiles:
    """The folders `wsdl/` and `xsd/`; files are named relative to what holds both."""

    root: Path

    def wsdls(self) -> tuple[str, ...]:
        """Return the names of all WSDLs, such as `wsdl/meals/acquiring/1.0/X.wsdl`, in order."""
        found = (self.root / "wsdl").rglob("*.wsdl")
        return tuple(sorted(path.relative_to(self.root).as_posix() for path in found))

    def read(self, name: str) -> bytes:
        """Return the bytes of a published file; any other name raises NotFound."""
        if not _NAME.fullmatch(name):
            raise NotFound("Такого файла контракта нет.")
        try:
            return (self.root / name).read_bytes()
        except OSError as error:
            raise NotFound(f"Файла контракта {name} нет.") from error


def locate() -> ContractFiles:
    """Find the folders that were installed with the hub; raise ContractBroken without them."""
    wsdl, xsd = (Path(str(files(package))) for package in ("wsdl", "xsd"))
    if wsdl.parent != xsd.parent:
        # Schema locations in a WSDL are relative: the folders only work as neighbours.
        raise ContractBroken("wsdl/, xsd/", f"папки не рядом: {wsdl}, {xsd}")
    return ContractFiles(wsdl.parent)
