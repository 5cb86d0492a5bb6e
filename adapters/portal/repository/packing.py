"""Messages as they are kept: typed, without the content of their files, packed into text."""

import copy
import zlib
from base64 import b85decode, b85encode
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from lxml import etree

from gateway.contracts import codec
from gateway.contracts.messages.common import FileRef
from gateway.kernel import xml

Message = TypeVar("Message")


def pack(message: object) -> str:
    """Return the text that is kept of a message."""
    octets = codec.octet_encoder(type(without_content(message)))(without_content(message))
    return b85encode(zlib.compress(octets)).decode()


def unpack(cls: type[Message], text: str) -> Message:
    """Return the message again."""
    octets = zlib.decompress(b85decode(text))
    return codec.decode(cls, etree.fromstring(octets, xml.parser()))


def without_content(message: Message) -> Message:
    """Return a copy of a message whose files are described and not carried."""
    if isinstance(message, FileRef):
        bare = copy.copy(message)
        bare.content = None
        return bare
    if isinstance(message, list):
        return [without_content(each) for each in message]  # type: ignore[return-value]  # a list for a list
    if not is_dataclass(message) or isinstance(message, type):
        return message
    bare_message: Any = copy.copy(message)
    for member in fields(message):
        setattr(bare_message, member.name, without_content(getattr(message, member.name)))
    return bare_message  # type: ignore[no-any-return]  # of the class it was copied from
