"""What is wrong with an XML file, told to who has to mend it: `hub check FILE`."""

import difflib
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO

from lxml import etree

from gateway.contracts.catalog import Catalog, Contract, load_catalog
from gateway.contracts.stream import Limits, peek_root, stream_batches
from gateway.contracts.validate import MOST_FINDINGS, Trouble, troubles
from gateway.kernel.errors import Finding, GatewayError, TooLarge, ValidationError
from gateway.kernel.malformed import explain_malformed
from gateway.kernel.xml import line_of, make_parser

SOAP = (
    "{http://schemas.xmlsoap.org/soap/envelope/}",
    "{http://www.w3.org/2003/05/soap-envelope}",
)
LARGEST_TREE = 64 * 1024 * 1024
"""Bytes of a file that is read as a whole; one of equal lines is streamed and may be larger."""
_LARGEST_STREAM = Limits(items=10**9, bytes=2**50)
_HEAD = 64 * 1024
_ROOT_TOO_FAR = Finding(
    f"В первых {_HEAD} байтах нет корневого элемента.",
    rule="root",
    advice="Уберите длинные комментарии перед корневым элементом.",
)


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in one file."""

    format: str | None
    """Name of the format that the file was held against; None when it is not known."""
    root: str | None
    """Name of the element that was checked: the payload when the file is an envelope."""
    findings: tuple[Finding, ...]
    """The first errors, at most 50."""
    total: int
    """How many errors there are."""

    @property
    def valid(self) -> bool:
        """Tell whether the file is as published."""
        return self.total == 0


def check_file(
    file: Path | bytes, format_name: str | None = None, catalog: Catalog | None = None
) -> Report:
    """Explain a SOAP envelope, a bare payload or an attached file against its format.

    `format_name` is a contract such as `meals/payment-registry/1.0`; one that is not published
    raises NotFound. Without it the root element names the format. A file that cannot be read
    raises OSError.
    """
    catalog = catalog or load_catalog()
    demanded = catalog.contract(format_name) if format_name is not None else None
    with _opened(file) as source:
        try:
            return _check(source, demanded, catalog)
        except GatewayError as error:
            return _refused(error, demanded)


@contextmanager
def _opened(file: Path | bytes) -> Iterator[IO[bytes]]:
    with io.BytesIO(file) if isinstance(file, bytes) else file.open("rb") as source:
        yield source


def _check(source: IO[bytes], demanded: Contract | None, catalog: Catalog) -> Report:
    head = source.read(_HEAD)
    root = peek_root(head)
    source.seek(0)
    if root is None and len(head) == _HEAD:
        raise ValidationError(findings=(_ROOT_TOO_FAR,))
    if root is None:
        return _check_tree(_read(source), demanded, catalog)
    tag = str(root.tag)
    contract = demanded or catalog.by_root(tag)
    if contract is not None and (item := _only_items(contract, tag)) is not None:
        batches = stream_batches(source, contract, tag, item, _LARGEST_STREAM)
        return _report(
            contract, tag, chain.from_iterable(_each_with_refusal(b.troubles for b in batches))
        )
    return _check_tree(_read(source), demanded, catalog)


def _only_items(contract: Contract, tag: str) -> str | None:
    """Return the tag of the lines when a root holds nothing but lines."""
    root = contract.vocabulary.roots.get(tag)
    item = contract.vocabulary.item_of(root) if root is not None else None
    if root is None or item is None or contract.vocabulary.children(root) != (item,):
        return None
    return item.tag


def _each_with_refusal(
    batches: Iterable[tuple[Trouble, ...]],
) -> Iterator[tuple[Trouble | Finding, ...]]:
    """Give the errors of the lines, and last why the rest could not be read."""
    try:
        yield from batches
    except ValidationError as error:
        yield error.findings


def _read(source: IO[bytes]) -> etree._Element:
    data = source.read(LARGEST_TREE + 1)
    if len(data) > LARGEST_TREE:
        raise TooLarge(f"Файл больше {LARGEST_TREE // 1024 // 1024} МиБ.")
    try:
        return etree.fromstring(data, make_parser())
    except etree.XMLSyntaxError as error:
        raise ValidationError(findings=(explain_malformed(error),)) from error


def _check_tree(root: etree._Element, demanded: Contract | None, catalog: Catalog) -> Report:
    header, payload = _take_out_of_envelope(root)
    tag = str(payload.tag)
    contract = demanded or catalog.by_root(tag) or _any_with(catalog, tag)
    if contract is None:
        raise ValidationError(findings=(_unknown_root(payload, catalog),))
    return _report(
        contract,
        tag,
        chain.from_iterable(troubles(contract, part) for part in (*header, payload)),
    )


def _take_out_of_envelope(
    root: etree._Element,
) -> tuple[list[etree._Element], etree._Element]:
    """Return what a contract has a say in: header blocks of ours and the payload."""
    soap = next((space for space in SOAP if root.tag == f"{space}Envelope"), None)
    if soap is None:
        return [], root
    body = root.find(f"{soap}Body")
    if body is None or len(body) != 1:
        raise ValidationError(
            findings=(
                Finding(
                    "В конверте SOAP должен быть один Body, а в нём ровно один элемент.",
                    line=None if body is None else line_of(body),
                    path="/Envelope" if body is None else "/Envelope/Body",
                    rule="soap-envelope",
                    advice="Поместите в Body один элемент операции, без обёрток и повторов.",
                ),
            )
        )
    payload = body[0]
    if payload.tag == f"{soap}Fault":
        details = payload.find(f"{soap}Detail" if soap == SOAP[1] else "detail")
        if details is not None and len(details):
            payload = details[0]
    blocks = root.findall(f"{soap}Header/{{urn://x-artefacts-citto-72/hub/1.0}}MessageHeader")
    return blocks, payload


def _any_with(catalog: Catalog, tag: str) -> Contract | None:
    """Return a contract that can check what belongs to all of them: header and fault detail."""
    return next((contract for contract in catalog if tag in contract.vocabulary.roots), None)


def _unknown_root(root: etree._Element, catalog: Catalog) -> Finding:
    name = etree.QName(root)
    known = {
        etree.QName(tag).localname: (tag, contract)
        for contract in catalog
        for tag in contract.vocabulary.roots
        if tag.startswith(f"{{{contract.namespace}}}")
    }
    near = difflib.get_close_matches(name.localname, known, n=1)
    if near:
        tag, contract = known[near[0]]
        advice = (
            f"Похоже на {near[0]} формата {contract.name}: "
            f"пространство имён — {etree.QName(tag).namespace}."
        )
    else:
        advice = "Опубликованные форматы: " + ", ".join(contract.name for contract in catalog) + "."
    return Finding(
        f"Корневой элемент {name.localname} не принадлежит ни одному опубликованному формату.",
        line=line_of(root),
        path=f"/{name.localname}",
        rule="root",
        advice=advice,
    )


def _report(contract: Contract, tag: str, found: Iterable[Trouble | Finding]) -> Report:
    findings: list[Finding] = []
    total = 0
    for total, trouble in enumerate(found, 1):
        if total <= MOST_FINDINGS:
            findings.append(trouble if isinstance(trouble, Finding) else trouble.finding())
    return Report(contract.name, etree.QName(tag).localname, tuple(findings), total)


def _refused(error: GatewayError, contract: Contract | None) -> Report:
    findings = error.findings or (Finding(error.text, rule=error.code, advice=error.action),)
    return Report(contract.name if contract else None, None, findings, len(findings))
