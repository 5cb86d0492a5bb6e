"""From bytes to an envelope whose shape is known to be right; nothing in it is believed yet."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from lxml import etree

from gateway.kernel import xml
from gateway.kernel.errors import Finding
from gateway.soap import caps, errors

HUB_NAMESPACE = "urn://x-artefacts-citto-72/hub/1.0"
WSSE_NAMESPACE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
WSU_NAMESPACE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
MESSAGE_HEADER = f"{{{HUB_NAMESPACE}}}MessageHeader"
SECURITY_HEADER = f"{{{WSSE_NAMESPACE}}}Security"

_NEXT_ACTORS = frozenset(
    {
        "",
        "http://schemas.xmlsoap.org/soap/actor/next",
        "http://www.w3.org/2003/05/soap-envelope/role/next",
        "http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver",
    }
)
_ADDRESSING = (
    "http://www.w3.org/2005/08/addressing",
    "http://schemas.xmlsoap.org/ws/2004/08/addressing",
)
_ANSWER_ADDRESSES = frozenset(
    f"{{{space}}}{name}" for space in _ADDRESSING for name in ("ReplyTo", "FaultTo")
)
_ANONYMOUS = frozenset(
    {
        f"{_ADDRESSING[0]}/anonymous",
        f"{_ADDRESSING[0]}/none",
        f"{_ADDRESSING[1]}/role/anonymous",
    }
)


class Version(Enum):
    """A SOAP version by the namespace of its envelope."""

    SOAP11 = "http://schemas.xmlsoap.org/soap/envelope/"
    SOAP12 = "http://www.w3.org/2003/05/soap-envelope"

    @property
    def media_type(self) -> str:
        """Content-Type without parameters."""
        return "text/xml" if self is Version.SOAP11 else "application/soap+xml"


@dataclass(frozen=True, slots=True)
class Envelope:
    """A SOAP message taken apart."""

    version: Version
    root: etree._Element
    payload: etree._Element
    """The one child of the one Body, as it was received."""
    message_header: etree._Element | None
    """`hub:MessageHeader`, or the header block that stands for it in another binding."""
    security: etree._Element | None
    """`wsse:Security`."""


@dataclass(frozen=True, slots=True)
class _Names:
    envelope: str
    header: str
    body: str
    must_understand: str
    actor: str


_NAMES = {
    version: _Names(
        envelope=f"{{{version.value}}}Envelope",
        header=f"{{{version.value}}}Header",
        body=f"{{{version.value}}}Body",
        must_understand=f"{{{version.value}}}mustUnderstand",
        actor=f"{{{version.value}}}{'actor' if version is Version.SOAP11 else 'role'}",
    )
    for version in Version
}


def parse(data: bytes, version: Version, header_tag: str = MESSAGE_HEADER) -> Envelope:
    """Take the message apart; raise MalformedMessage, VersionMismatch, HeaderNotUnderstood.

    `header_tag` names the header block that is read as the message's own.
    """
    root = _read(data)
    names = _NAMES[version]
    if root.tag != names.envelope:
        raise errors.VersionMismatch
    header, body = _header_and_body(root, names)
    blocks = [] if header is None else caps.blocks_of(header)
    _refuse_unknown(blocks, names, {header_tag, SECURITY_HEADER})
    return Envelope(
        version=version,
        root=root,
        payload=_only_child(body),
        message_header=_block(blocks, header_tag),
        security=_block(blocks, SECURITY_HEADER),
    )


def _read(data: bytes) -> etree._Element:
    suspicious = caps.look_at(data)
    try:
        root = etree.fromstring(data, xml.parser())
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise errors.MalformedMessage(
            findings=(
                Finding(
                    f"XML прерван: {error.msg}, столбец {column}.",
                    line=line,
                    rule="well-formed",
                    advice="Исправьте разметку в указанном месте.",
                ),
            )
        ) from error
    if xml.has_doctype(root):
        raise caps.doctype()
    if suspicious:
        caps.look_closer(data, root)
    return root


def _header_and_body(
    root: etree._Element, names: _Names
) -> tuple[etree._Element | None, etree._Element]:
    parts = list(root)
    tags = [part.tag for part in parts]
    if tags == [names.body]:
        return None, parts[0]
    if tags == [names.header, names.body]:
        return parts[0], parts[1]
    raise _malformed("В конверте должны быть Header (не обязательно) и ровно один Body.")


def _only_child(body: etree._Element) -> etree._Element:
    if len(body) != 1:
        raise _malformed("В Body должен быть ровно один элемент.")
    return body[0]


def _refuse_unknown(
    blocks: list[etree._Element], names: _Names, understood: Collection[str]
) -> None:
    for block in blocks:
        if block.tag in understood:
            continue
        caps.refuse_overgrown(block)
        if block.tag in _ANSWER_ADDRESSES and _address(block) not in _ANONYMOUS:
            raise _malformed("Ответ уходит только по тому же соединению, а не на адрес ReplyTo.")
        if (
            block.get(names.must_understand, "").strip() in {"1", "true"}
            and block.get(names.actor, "") in _NEXT_ACTORS
        ):
            raise errors.HeaderNotUnderstood


def _address(block: etree._Element) -> str:
    return (block.findtext("{*}Address") or "").strip()


def _block(blocks: list[etree._Element], tag: str) -> etree._Element | None:
    found = [block for block in blocks if block.tag == tag]
    if len(found) > 1:
        raise _malformed("Блок заголовка повторяется.")
    return found[0] if found else None


def _malformed(text: str) -> errors.MalformedMessage:
    return errors.MalformedMessage(findings=(Finding(text, line=1, rule="soap-envelope"),))
