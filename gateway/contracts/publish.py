"""The published files as they leave the hub: byte for byte, the service address apart (GW-01).

The address comes from the settings, never from what a request claims. The bundle carries the files
as they are released and no address at all, so its SHA-256 names the version of a format wherever
the hub runs.
"""

import hashlib
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from jinja2 import Environment, PackageLoader, StrictUndefined
from lxml import etree

from gateway.contracts import narrative, sample
from gateway.contracts.catalog import Catalog, Contract
from gateway.contracts.errors import ContractBroken
from gateway.kernel.errors import NotFound
from gateway.kernel.message import Contour
from gateway.kernel.xml import make_parser

XML = "text/xml; charset=utf-8"
ZIP = "application/zip"
TEXT = "text/plain; charset=utf-8"

_PORT = "{http://schemas.xmlsoap.org/wsdl/}service/{http://schemas.xmlsoap.org/wsdl/}port"
_ADDRESS = re.compile(rb'(<[\w.-]+:address\s+location=")[^"]*(")')
_SCHEMA_LOCATION = re.compile(rb'(\sschemaLocation=")([^"]*)(")')
# The earliest moment that a zip archive can tell.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16
_TEXTS = Environment(
    loader=PackageLoader("gateway.contracts"),
    autoescape=False,  # noqa: S701 -- plain text for people, no markup
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


@dataclass(frozen=True, slots=True)
class Published:
    """One file ready to be sent."""

    name: str
    """Under which a browser saves it."""
    media_type: str
    body: bytes

    @property
    def sha256(self) -> str:
        """Digest of the body in lower-case hex."""
        return hashlib.sha256(self.body).hexdigest()


def address_of(base_url: str, contour: Contour, contract: Contract) -> str:
    """Return where a contract is served: `https://hub.example/test/ws/meals/bank-payment/1.0`."""
    return f"{base_url}/{contour.path}/ws/{contract.name}"


def wsdl(contract: Contract, address: str) -> Published:
    """Return the WSDL with the location of every port replaced; raise ContractBroken.

    The schemas it imports by relative location are served from the root of the hub. A template
    is served elsewhere: its location stays the example that it is.
    """
    data = contract.documents[contract.wsdl]
    if contract.is_template:
        return Published(posixpath.basename(contract.wsdl), XML, data)
    location = _attribute(address)
    located, count = _ADDRESS.subn(lambda found: found[1] + location + found[2], data)
    ports = len(etree.fromstring(data, make_parser()).findall(_PORT))
    if count != ports:
        raise ContractBroken(contract.wsdl, f"адресов {count}, а портов {ports}")
    return Published(posixpath.basename(contract.wsdl), XML, located)


def schema_names(contract: Contract) -> Mapping[str, str]:
    """Return the files of a contract's schemas by the short names that `?xsd=` understands."""
    files = [name for name in contract.documents if name != contract.wsdl]
    names = {posixpath.splitext(posixpath.basename(name))[0]: name for name in files}
    if len(names) != len(files):
        raise ContractBroken(contract.wsdl, "у двух схем контракта одинаковые имена файлов")
    return names


def schema(contract: Contract, name: str, address: str) -> Published:
    """Return a schema by its short name, its imports pointing to `?xsd=`; raise NotFound."""
    names = schema_names(contract)
    if name not in names:
        raise NotFound(f"У контракта {contract.name} нет такой схемы; есть: {', '.join(names)}.")
    file = names[name]
    short = {path: stem for stem, path in names.items()}

    def relocated(found: re.Match[bytes]) -> bytes:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(file), found[2].decode()))
        return found[1] + _attribute(f"{address}?xsd={short[target]}") + found[3]

    body = _SCHEMA_LOCATION.sub(relocated, contract.documents[file])
    return Published(posixpath.basename(file), XML, body)


def schema_file(catalog: Catalog, path: str) -> Published:
    """Return a schema of any contract byte for byte, by its path `xsd/…`; raise NotFound."""
    for plain in catalog:
        for contract in (plain, plain.smev2):
            if contract and path in contract.documents and path != contract.wsdl:
                return Published(posixpath.basename(path), XML, contract.documents[path])
    raise NotFound("Такого файла нет среди опубликованных.")


def bundle(contract: Contract) -> Published:
    """Return everything a programmer needs offline as one zip, the same bytes on any machine."""
    return zipped(contract.name.replace("/", "-"), dict(_bundled(contract)))


def zipped(stem: str, content: Mapping[str, bytes]) -> Published:
    """Return files with their checksums as the zip `stem`, the same bytes on any machine."""
    files = dict(content)
    sums = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    files["SHA256SUMS"] = sums.encode()
    body = io.BytesIO()
    # Stored, not deflated: zlib and its replacements pack the same bytes differently.
    with zipfile.ZipFile(body, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.external_attr = _READABLE
            entry.create_system = 3
            archive.writestr(entry, files[name])
    return Published(f"{stem}.zip", ZIP, body.getvalue())


def checksum(file: Published) -> Published:
    """Return the digest of a file in the form that `sha256sum -c` reads."""
    return Published(f"{file.name}.sha256", TEXT, f"{file.sha256}  {file.name}\n".encode())


def sample_file(contract: Contract, name: str) -> Published:
    """Return a sample message by the name of its element; raise NotFound."""
    samples = sample.samples(contract)
    if name not in samples:
        raise NotFound(f"У контракта {contract.name} нет такого примера.")
    return Published(f"{name}.xml", XML, samples[name])


def _bundled(contract: Contract) -> Iterator[tuple[str, bytes]]:
    yield from contract.documents.items()
    samples = sample.samples(contract)
    for name, data in samples.items():
        yield f"samples/{name}.xml", data
    readme = _TEXTS.get_template("bundle-readme.txt").render(
        contract=contract,
        about=narrative.tell_service(contract.documentation),
        contours=list(Contour),
        samples=samples,
    )
    yield "README.txt", readme.encode()


def _attribute(value: str) -> bytes:
    return escape(value, {'"': "&quot;"}).encode()
