"""The example of docs/operations/signing.md is what the hub itself would write."""

from pathlib import Path
from uuid import uuid4

from envelopes import NOW, PAYMENT, PROVIDERS, plain
from identities import Identity
from lxml import etree

from gateway.security import wsse
from gateway.soap.parse import HUB_NAMESPACE, Version

DOCUMENT = Path(__file__).parents[3] / "docs" / "operations" / "signing.md"


def test_example_of_the_document_is_built_like_what_the_hub_writes(rsa: Identity):
    text = DOCUMENT.read_text("utf-8")
    example = etree.fromstring(text.partition("```xml\n")[2].partition("```")[0].encode())
    made = wsse.sign(plain(Version.SOAP11), rsa.signer(), PROVIDERS, uuid4, NOW)
    assert built(example) == [one for one in built(etree.fromstring(made)) if PAYMENT not in one[0]]


def built(root):
    """Return every element with what it names; ids are made anew each time."""
    return [
        (
            element.tag,
            sorted(element.keys()),
            [value for value in element.values() if "://" in value],
        )
        for element in root.iter()
        if element.tag != f"{{{HUB_NAMESPACE}}}sender"
    ]
