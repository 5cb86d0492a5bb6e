"""The first call of a service in the languages its callers write.

Each text is a template of its own; the page shows it, and tests run it.
"""

from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined
from lxml import etree

from gateway.edge.views import ServiceView

_LANGUAGES = (
    ("curl", "curl"),
    ("python", "Python, zeep"),
    ("php", "PHP"),
    ("node", "Node.js"),
    ("1c", "1С:Предприятие"),
)
_TEXTS = Environment(
    loader=PackageLoader("gateway.edge"),
    autoescape=False,  # noqa: S701 -- program text; the page escapes it whole
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A program text that makes the first call."""

    language: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Argument:
    """A field of the first call, as program texts need it."""

    name: str
    value: str
    namespace: str
    """Namespace of the type."""
    type: str
    is_moment: bool


def write_snippets(view: ServiceView, address: str) -> list[Snippet]:
    """Return the first call of a service at `address` in every language."""
    call = view.first_call
    values = {
        "address": address,
        "contract": view.contract,
        "operation": call.operation,
        "request_type": call.request_type,
        "port": view.outline.ports[0].name,
        "arguments": [
            Argument(
                name=field.name,
                value=value,
                namespace=etree.QName(field.type).namespace or "",
                type=etree.QName(field.type).localname,
                is_moment=view.contract.vocabulary.primitive(field.type) == "dateTime",
            )
            for field, value in call.fields
        ],
    }
    return [
        Snippet(name, title, _TEXTS.get_template(f"snippet-{name}.txt").render(values))
        for name, title in _LANGUAGES
    ]
