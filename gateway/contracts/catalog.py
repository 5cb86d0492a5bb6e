"""All published contracts in memory, compiled from the files and from nothing else (GW-01)."""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from lxml import etree

from gateway.contracts.errors import ContractBroken
from gateway.contracts.files import ContractFiles, locate
from gateway.contracts.schema import Schema
from gateway.contracts.vocabulary import XS, Vocabulary, read_vocabulary
from gateway.kernel.errors import NotFound
from gateway.kernel.xml import make_parser

TEMPLATES = frozenset({"portal/event-sink/1.0"})
"""Contracts that participants serve and the hub calls: published, and bound to no handler here."""

_WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
_BINDINGS = {
    "SOAP 1.1": "{http://schemas.xmlsoap.org/wsdl/soap/}operation",
    "SOAP 1.2": "{http://schemas.xmlsoap.org/wsdl/soap12/}operation",
}
SMEV2_WSDL = "Smev2.wsdl"
"""How the file of a contract's second binding ends; it lies beside the plain one (SVC-00-04)."""
_REFERENCES = (f"{{{XS}}}import", f"{{{XS}}}include")
_FIRST_SENTENCE = re.compile(r"^.*?[.!?](?=\s|$)")


@dataclass(frozen=True, slots=True)
class ContractOperation:
    """One operation of a contract; elements are named `{namespace}local`."""

    name: str
    request: str
    response: str
    fault: str
    """Element of the fault's detail."""
    soap_action: str
    documentation: str


@dataclass(frozen=True, slots=True, eq=False)
class Contract:
    """One version of one service: its WSDL and schemas, compiled."""

    name: str
    """Folder of the contract: `meals/bank-payment/1.0`."""
    service: str
    """`BankPaymentService`."""
    namespace: str
    title: str
    """First sentence of the service's documentation."""
    documentation: str
    operations: tuple[ContractOperation, ...]
    wsdl: str
    """Name of the WSDL among `documents`."""
    documents: Mapping[str, bytes]
    """The WSDL and every schema it leads to, byte for byte, by name relative to one root."""
    vocabulary: Vocabulary
    schema: Schema
    smev2: "Contract | None" = None
    """The same service in the binding SMEV 2: its operations name the wrappers."""

    @property
    def version(self) -> str:
        """Version of the format: `1.0`."""
        return self.name.rpartition("/")[2]

    @property
    def is_template(self) -> bool:
        """Tell whether participants serve it and the hub only calls it."""
        return self.name in TEMPLATES

    @property
    def binary_elements(self) -> frozenset[str]:
        """Tags of the elements that may travel as MTOM parts."""
        return self.vocabulary.binary_elements

    def validate(self, element: etree._Element, octets: int | None = None) -> bool:
        """Tell whether a payload, header or fault detail is valid (GW-02).

        `octets` is the length of the message in which it came, where that is known: of a short
        one less has to be looked at.
        """
        return self.schema.accepts(element, octets)

    def last_error(self) -> str:
        """Name the first error of this thread's last refusal; for logs, without values."""
        return self.schema.last_error()


@dataclass(frozen=True, slots=True)
class Catalog:
    """The contracts by name."""

    contracts: Mapping[str, Contract]

    def __iter__(self) -> Iterator[Contract]:
        """Go through the contracts in the order of their names."""
        return iter(self.contracts.values())

    def contract(self, name: str) -> Contract:
        """Return a contract by name; raise NotFound."""
        try:
            return self.contracts[name]
        except KeyError:
            raise NotFound(f"Формат {name[:100]} не опубликован.") from None

    def by_root(self, tag: str) -> Contract | None:
        """Return the contract in whose own namespace the element `tag` is declared globally."""
        for contract in self:
            if tag in contract.vocabulary.roots and tag.startswith(f"{{{contract.namespace}}}"):
                return contract
        return None


def load_catalog(files: ContractFiles | None = None) -> Catalog:
    """Read and compile every contract; one that does not compile raises ContractBroken.

    Without `files` the folders installed with the hub are taken.
    """
    files = files or locate()
    names = files.wsdls()
    contracts = (_load(files, name, names) for name in names if not name.endswith(SMEV2_WSDL))
    return Catalog(MappingProxyType({contract.name: contract for contract in contracts}))


def _load(files: ContractFiles, wsdl: str, others: Sequence[str] = ()) -> Contract:
    documents = MappingProxyType(dict(_closure(files, wsdl)))
    parsed = {name: _parse(name, data) for name, data in documents.items()}
    definitions = parsed[wsdl]
    schemas = [root for name, root in parsed.items() if name != wsdl]
    vocabulary = read_vocabulary(schemas)
    schema = Schema(wsdl, _driver(wsdl, definitions), files.root.absolute())
    service = _only(wsdl, definitions, "service")
    second = wsdl.removesuffix(".wsdl") + SMEV2_WSDL
    documentation = _documentation(service)
    first = _FIRST_SENTENCE.match(documentation)
    return Contract(
        name=posixpath.dirname(wsdl).removeprefix("wsdl/"),
        service=service.get("name", ""),
        namespace=definitions.get("targetNamespace", ""),
        title=first[0].rstrip(".") if first else documentation,
        documentation=documentation,
        operations=tuple(_Operations(wsdl, definitions, vocabulary).read()),
        wsdl=wsdl,
        documents=documents,
        vocabulary=vocabulary,
        schema=schema,
        smev2=_load(files, second) if second in others else None,
    )


def _closure(files: ContractFiles, start: str) -> Iterator[tuple[str, bytes]]:
    waiting, seen = [start], {start}
    while waiting:
        name = waiting.pop(0)
        try:
            data = files.read(name)
        except NotFound as error:
            raise ContractBroken(name, f"на файл ссылается {start}, но его нет") from error
        yield name, data
        for reference in _parse(name, data).iter(*_REFERENCES):
            location = reference.get("schemaLocation")
            if location is None:
                raise ContractBroken(name, "у import или include нет schemaLocation")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), location))
            if target not in seen:
                seen.add(target)
                waiting.append(target)


def _parse(name: str, data: bytes) -> etree._Element:
    try:
        return etree.fromstring(data, make_parser())
    except etree.XMLSyntaxError as error:
        raise ContractBroken(name, str(error)) from error


def _driver(wsdl: str, definitions: etree._Element) -> bytes:
    inline = definitions.findall(f"{_WSDL}types/{{{XS}}}schema")
    if len(inline) != 1 or any(child.tag not in _REFERENCES for child in inline[0]):
        raise ContractBroken(wsdl, "в types ожидается одна xs:schema, и в ней только xs:import")
    return etree.tostring(inline[0], with_tail=False)


def _only(wsdl: str, definitions: etree._Element, what: str) -> etree._Element:
    found = definitions.findall(_WSDL + what)
    if len(found) != 1:
        raise ContractBroken(wsdl, f"ожидается ровно один wsdl:{what}, найдено {len(found)}")
    return found[0]


def _documentation(element: etree._Element) -> str:
    found = element.find(f"{_WSDL}documentation")
    return " ".join("".join(map(str, found.itertext())).split()) if found is not None else ""


@dataclass(frozen=True, slots=True)
class _Operations:
    wsdl: str
    definitions: etree._Element
    vocabulary: Vocabulary

    def read(self) -> Iterator[ContractOperation]:
        for operation in _only(self.wsdl, self.definitions, "portType").iterfind(
            f"{_WSDL}operation"
        ):
            name = operation.get("name", "")
            yield ContractOperation(
                name=name,
                request=self._element(operation, "input"),
                response=self._element(operation, "output"),
                fault=self._element(operation, "fault"),
                soap_action=self._action(name),
                documentation=_documentation(operation),
            )

    def _element(self, operation: etree._Element, direction: str) -> str:
        name = operation.get("name", "")
        messages = [child.get("message", "") for child in operation.findall(_WSDL + direction)]
        if len(messages) != 1:
            raise self._broken(f"у операции {name} ожидается один {direction}")
        local = messages[0].rpartition(":")[2]
        parts = self.definitions.findall(f"{_WSDL}message[@name='{local}']/{_WSDL}part")
        if len(parts) != 1 or parts[0].get("element") is None:
            raise self._broken(f"в сообщении {local} ожидается одна часть с element")
        prefix, _, element = parts[0].get("element", "").rpartition(":")
        tag = f"{{{parts[0].nsmap.get(prefix or None, '')}}}{element}"
        if tag not in self.vocabulary.roots:
            raise self._broken(f"элемент {tag} операции {name} не объявлен в схемах")
        return tag

    def _action(self, name: str) -> str:
        actions = {
            version: [
                found.get("soapAction", "")
                for found in self.definitions.iterfind(
                    f"{_WSDL}binding/{_WSDL}operation[@name='{name}']/{tag}"
                )
            ]
            for version, tag in _BINDINGS.items()
        }
        if self.wsdl.endswith(SMEV2_WSDL):
            # SMEV 2 knows SOAP 1.1 alone.
            actions = {version: actions[version] for version in ("SOAP 1.1",)}
        if any(len(found) != 1 for found in actions.values()):
            raise self._broken(f"операция {name} должна быть в привязках {' и '.join(actions)}")
        different = {found[0] for found in actions.values()}
        if len(different) != 1 or "" in different:
            raise self._broken(f"у операции {name} нет soapAction или он разный в двух привязках")
        return different.pop()

    def _broken(self, reason: str) -> ContractBroken:
        return ContractBroken(self.wsdl, reason)
