"""Which other bytes would have fitted a digest or a signature: how a sender went astray.

Nothing here is ever believed. Each alternative is a known mistake of programs that sign; the one
whose bytes fit tells the programmer what to mend.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from enum import Enum
from typing import Any

from lxml import etree

from gateway.kernel import xml
from gateway.security import exclusive, signature, smev3_transform
from gateway.security.algorithms import KeyKind
from gateway.security.canonical import DEFAULT_PREFIX, NotCanonical, canonical
from gateway.security.document import WSU_ID
from gateway.security.path import flat_pair
from gateway.security.provider import Providers, PublicKey
from gateway.security.signature import Claim, Reference

LARGEST = 4 * 1024 * 1024
"""Bytes of an element with which alternatives are tried; each one costs a copy of it."""

_PREFIXES = (None, "soap", "soapenv", "SOAP-ENV", "env", "s", "S", "soap-env", "ds", "wsu", "hub")
_BOM = b"\xef\xbb\xbf"
Variant = tuple["Cause", bytes]


class Cause(Enum):
    """A mistake: a stable code, and when the digest would have come out as claimed."""

    INDENTED = (
        "indented",
        "без пробелов и переводов строк между элементами: отступы добавлены после подписания",
    )
    TRIMMED = ("trimmed", "без пробелов по краям значений: значения изменены после подписания")
    INCLUSIVE = (
        "inclusive",
        "при обычной (inclusive) канонизации; объявлена и нужна исключающая (exclusive)",
    )
    PREFIX_LIST = (
        "prefix-list",
        "при другом списке InclusiveNamespaces: запишите его в Transform или уберите из вычисления",
    )
    PREFIX = (
        "prefix",
        "с другим префиксом у самого элемента: префиксы переименованы после подписания",
    )
    NO_ID = ("no-id", "без атрибута wsu:Id: дайджест посчитан до того, как атрибут записан")
    CONTENT = ("content", "от содержимого элемента, без его собственных тегов")
    COMMENTS = ("comments", "с комментариями: нужна канонизация без них")
    CARRIAGE_RETURNS = (
        "carriage-returns",
        "с переводами строк CR LF: XML читает их как LF, дайджест считают после чтения",
    )
    NO_CARRIAGE_RETURNS = (
        "no-carriage-returns",
        "без &#xD;: перед подписанием замените CR LF на LF в значениях",
    )
    RAW = ("raw", "от байтов файла как они есть: канонизация не выполнена")
    BOM = ("bom", "с меткой порядка байтов (BOM) в начале: уберите её из вычисления")
    UTF16 = ("utf-16", "в кодировке UTF-16: дайджест считают от UTF-8")
    WINDOWS = ("windows-1251", "в кодировке windows-1251: дайджест считают от UTF-8")
    SMEV3 = ("smev3", "при преобразовании СМЭВ 3; здесь объявлено другое")
    EXCLUSIVE = (
        "exclusive",
        "при одной исключающей канонизации: преобразование СМЭВ 3 не выполнено",
    )
    OTHER_HASH = ("other-hash", "другим алгоритмом хеширования, чем назван в DigestMethod")
    REVERSED = (
        "reversed",
        "с обратным порядком байтов: CryptoAPI отдаёт их с конца, разверните",
    )
    DER = ("der", "в записи DER: XML Signature требует r и s подряд, без DER")

    @property
    def code(self) -> str:
        """What machines compare."""
        return self.value[0]

    @property
    def text(self) -> str:
        """When it would have fitted: the end of a sentence."""
        return self.value[1]


def of_digest(reference: Reference, file: bytes, providers: Providers) -> Iterator[Cause]:
    """Give the mistakes with which the digest of a reference comes out as claimed."""
    octets = next(signature.spellings(reference))
    if len(octets) > LARGEST:
        return
    wanted = reference.digest
    if providers.digest(reference.algorithm, octets) == wanted[::-1]:
        yield Cause.REVERSED
    for other in providers.by_hash:
        if other is not reference.algorithm and providers.digest(other, octets) == wanted:
            yield Cause.OTHER_HASH
    found: set[Cause] = set()
    for cause, variant in _variants(reference.element, reference.prefixes, octets, file):
        if cause not in found and providers.digest(reference.algorithm, variant) == wanted:
            found.add(cause)
            yield cause


def of_value(claim: Claim, key: PublicKey, file: bytes) -> Iterator[Cause]:
    """Give the mistakes with which the value is confirmed by the certificate's key."""
    octets = signature.signed_octets(claim)
    if key.verify(claim.scheme, octets, claim.value[::-1]):
        yield Cause.REVERSED
    if key.kind is KeyKind.EC:
        flat = flat_pair(claim.value, key.bits)
        if flat is not None and key.verify(claim.scheme, octets, flat):
            yield Cause.DER
    if len(octets) > LARGEST:
        return
    found: set[Cause] = set()
    for cause, variant in _variants(claim.signed_info, claim.prefixes, octets, file):
        if cause not in found and key.verify(claim.scheme, variant, claim.value):
            found.add(cause)
            yield cause


def _variants(
    element: etree._Element, prefixes: tuple[str, ...], octets: bytes, file: bytes
) -> Iterator[Variant]:
    for variants in (
        _without_white_space(element, prefixes),
        _by_other_canonicalizations(element, prefixes),
        _by_other_prefixes(element, prefixes),
        _of_other_parts(element, prefixes),
        _with_other_line_ends(element, prefixes, octets),
        _in_other_encodings(octets),
        _as_they_stand(element, prefixes, file),
    ):
        try:
            yield from variants
        except (NotCanonical, smev3_transform.Untransformable, etree.C14NError):
            continue  # this mistake cannot have been made here


def _without_white_space(element: etree._Element, prefixes: tuple[str, ...]) -> Iterator[Variant]:
    copy = deepcopy(element)
    for one in copy.iter():
        if len(one) and not (one.text or "").strip():
            one.text = None
        if not (one.tail or "").strip():
            one.tail = None
    yield Cause.INDENTED, canonical(copy, prefixes)
    for one in copy.iter():
        one.text = (one.text or "").strip() or None
    yield Cause.TRIMMED, canonical(copy, prefixes)


def _by_other_canonicalizations(
    element: etree._Element, prefixes: tuple[str, ...]
) -> Iterator[Variant]:
    scope = {DEFAULT_PREFIX if prefix is None else prefix for prefix in _scopes(element)}
    # Inclusive is exclusive with every prefix in the list, but for inherited xml:* attributes.
    yield Cause.INCLUSIVE, exclusive.canonical(element, sorted(scope))
    yield Cause.INCLUSIVE, etree.tostring(element, method="c14n", with_comments=False)
    if prefixes:
        yield Cause.PREFIX_LIST, canonical(element)
    yield Cause.PREFIX_LIST, canonical(element, sorted(scope - {DEFAULT_PREFIX}))
    yield Cause.PREFIX_LIST, canonical(element, [DEFAULT_PREFIX])
    yield Cause.EXCLUSIVE, canonical(element, prefixes)
    yield Cause.SMEV3, smev3_transform.transform(element)


def _scopes(element: etree._Element) -> Iterator[str | None]:
    for one in element.iter():
        yield from one.nsmap


def _by_other_prefixes(element: etree._Element, prefixes: tuple[str, ...]) -> Iterator[Variant]:
    namespace = etree.QName(element).namespace
    for prefix in _PREFIXES:
        if namespace is None or prefix == element.prefix:
            continue
        scope: dict[str | None, str] = {prefix: namespace}
        renamed = etree.Element(element.tag, nsmap=scope)  # type: ignore[arg-type]  # the stubs know no default
        renamed.text = element.text
        for name, value in element.attrib.items():
            renamed.set(name, value)
        renamed.extend(deepcopy(child) for child in element)
        yield Cause.PREFIX, canonical(renamed, prefixes)


def _of_other_parts(element: etree._Element, prefixes: tuple[str, ...]) -> Iterator[Variant]:
    if WSU_ID in element.attrib:
        copy = deepcopy(element)
        del copy.attrib[WSU_ID]
        yield Cause.NO_ID, canonical(copy, prefixes)
    children = [canonical(child, prefixes) for child in element]
    if children:
        yield Cause.CONTENT, b"".join(children)
        tails = ((element.text or ""), *((child.tail or "") for child in element))
        pieces = (
            tails[0].encode(),
            *(c + t.encode() for c, t in zip(children, tails[1:], strict=True)),
        )
        yield Cause.CONTENT, b"".join(pieces)


def _with_other_line_ends(
    element: etree._Element, prefixes: tuple[str, ...], octets: bytes
) -> Iterator[Variant]:
    yield Cause.CARRIAGE_RETURNS, octets.replace(b"\n", b"\r\n")
    yield Cause.NO_CARRIAGE_RETURNS, octets.replace(b"&#xD;", b"")
    copy = deepcopy(element)
    for one in copy.iter():
        one.text = one.text and one.text.replace("\n", "\r\n")
        one.tail = one.tail and one.tail.replace("\n", "\r\n")
    yield Cause.CARRIAGE_RETURNS, canonical(copy, prefixes)


def _in_other_encodings(octets: bytes) -> Iterator[Variant]:
    text = octets.decode()
    yield Cause.BOM, _BOM + octets
    yield Cause.UTF16, text.encode("utf-16-le")
    yield Cause.UTF16, b"\xff\xfe" + text.encode("utf-16-le")
    yield Cause.WINDOWS, text.encode("windows-1251", "replace")


def _as_they_stand(
    element: etree._Element, prefixes: tuple[str, ...], file: bytes
) -> Iterator[Variant]:
    raw = _raw(element, file)
    yield Cause.RAW, raw
    yield Cause.RAW, raw.replace(b"\r\n", b"\n")
    if b"<!--" in file:
        place = element.getroottree().getpath(element)
        whole = etree.fromstring(file, xml.make_parser(comments=True)).getroottree()
        scope = {prefix: uri for prefix, uri in element.nsmap.items() if prefix}
        commented: Any = whole.xpath(place, namespaces=scope)
        for one in commented:
            yield Cause.COMMENTS, _with_comments(one, prefixes)


def _raw(element: etree._Element, file: bytes) -> bytes:
    """Return what stands between the first start and the last end of the element's name."""
    name = re.escape(etree.QName(element).localname.encode())
    opened = re.search(rb"<((?:[\w.-]+:)?%b)[\s>]" % name, file)
    if opened is None:
        return b""
    closed = file.rfind(b"</" + opened[1])
    return file[opened.start() : file.find(b">", closed) + 1]


def _with_comments(element: etree._Element, prefixes: tuple[str, ...]) -> bytes:
    return etree.tostring(
        element,
        method="c14n",
        exclusive=True,
        with_comments=True,
        inclusive_ns_prefixes=prefixes or None,
    )
