"""Attachments that came as parts of their own (MTOM), put back into the message."""

from base64 import b64encode
from email.message import Message
from email.parser import BytesHeaderParser
from urllib.parse import unquote

from lxml import etree

from gateway.kernel.xml import parser

XOP = "http://www.w3.org/2004/08/xop/include"


class NotUnfolded(Exception):
    """The parts are not what the message says."""


def unfolded(octets: bytes, content_type: str) -> bytes:
    """Return the envelope with its attachments inside; raise NotUnfolded."""
    kind = Message()
    kind["Content-Type"] = content_type
    if kind.get_content_type() != "multipart/related":
        return octets
    parts = _parts(octets, str(kind.get_param("boundary")).encode())
    start = str(kind.get_param("start") or next(iter(parts), ""))
    try:
        root = etree.fromstring(parts[start.strip("<>")], parser())
        for include in list(root.iter(f"{{{XOP}}}Include")):
            content_id = unquote(include.get("href", "").removeprefix("cid:"))
            holder = include.getparent()
            if holder is not None:
                holder.text = b64encode(parts[content_id]).decode()
                holder.remove(include)
    except (KeyError, etree.XMLSyntaxError) as error:
        raise NotUnfolded from error
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _parts(octets: bytes, boundary: bytes) -> dict[str, bytes]:
    """Return the contents of the parts by their ids, in their order."""
    parts: dict[str, bytes] = {}
    for piece in (b"\r\n" + octets).split(b"\r\n--" + boundary)[1:]:
        head, _, content = piece.partition(b"\r\n\r\n")
        fields = BytesHeaderParser().parsebytes(head.lstrip())
        content_id = str(fields.get("Content-ID", "")).strip().strip("<>")
        parts.setdefault(content_id, content)
    return parts
