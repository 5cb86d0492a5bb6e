"""What is true of every message: it survives the wire, and what we write is valid."""

import datetime as dt
import inspect
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from proofs import examples

from adapters.bank.messages import bank_payment, payment_registry
from adapters.desk.messages import documents, formats, notify, onboarding
from adapters.meals.messages import admin, class_request, order
from adapters.organizer.messages import menu_import, organizer
from adapters.portal.messages import application, event_sink, events, ppu
from adapters.school.messages import data
from gateway.conformance.service.messages import conformance
from gateway.contracts import codec
from gateway.contracts.catalog import load_catalog
from gateway.contracts.markup import Markup
from gateway.contracts.messages import hub
from gateway.contracts.outline import Field, read_outline
from gateway.contracts.shape import Member, shape_of
from gateway.kernel.xml import make_parser

LOCAL = dt.timezone(dt.timedelta(hours=5))
LETTERS = string.ascii_letters + string.digits + "Щёя№ <>&\"'-.\t\r\n\u00a0\u2003𝄞"
CATALOG = load_catalog()
ROOTS = {tag: contract for contract in CATALOG for tag in contract.vocabulary.roots}
MESSAGES = [
    cls
    for module in (
        *(bank_payment, payment_registry, documents, formats, notify, onboarding),
        *(admin, class_request, order, menu_import, organizer, data, conformance, hub),
        *(application, event_sink, events, ppu),
    )
    for _, cls in inspect.getmembers(module, inspect.isclass)
    if cls.__module__ == module.__name__ and hasattr(cls, "Meta") and shape_of(cls).tag in ROOTS
]


@dataclass(frozen=True)
class Choice:
    """Branches of fields between which the schema makes the sender choose."""

    branches: tuple[tuple[str, ...], ...]
    required: bool


def all_choices() -> dict[type, list[Choice]]:
    """Choices of each message class and of the classes inside it."""
    found: dict[type, list[Choice]] = {}
    outlines = {contract.name: read_outline(contract) for contract in CATALOG}
    for cls in MESSAGES:
        tag = shape_of(cls).tag
        find_choices(cls, outlines[ROOTS[tag].name].elements[tag], found)
    return found


def find_choices(cls: type, element: Field, found: dict[type, list[Choice]]) -> None:
    members = {member.tag: member for member in shape_of(cls).members}
    chosen = [field for field in element.children if field.choice]
    found[cls] = [
        Choice(
            tuple(branches_of(chosen, number, members)),
            required=all(field.required for field in chosen if field.choice[0] == number),
        )
        for number in sorted({field.choice[0] for field in chosen})
    ]
    for field in element.children:
        kind = members[field.tag].type
        if is_dataclass(kind) and kind not in found:
            find_choices(kind, field, found)


def branches_of(chosen, number, members) -> Iterator[tuple[str, ...]]:
    for branch in sorted({field.choice[1] for field in chosen if field.choice[0] == number}):
        yield tuple(members[field.tag].name for field in chosen if field.choice == (number, branch))


CHOICES = all_choices()


def test_every_root_element_of_every_contract_has_its_message():
    assert {shape_of(cls).tag for cls in MESSAGES} == set(ROOTS)


def test_the_choices_of_the_schema_were_found():
    assert CHOICES[payment_registry.SubmitRegistryRequest] == [
        Choice((("line",), ("file",)), required=False)
    ]
    assert CHOICES[menu_import.AdditionalRowType] == [
        Choice((("dish_code",), ("product_name", "unit")), required=True)
    ]


@pytest.mark.parametrize("cls", MESSAGES, ids=lambda cls: cls.__name__)
def test_a_message_survives_the_wire_and_is_valid(cls):
    contract = ROOTS[shape_of(cls).tag]
    decode, encode = codec.decoder(cls), codec.encoder(cls)

    @settings(
        max_examples=examples(suite=10, proofs=30),
        suppress_health_check=[HealthCheck.too_slow],
        database=None,
    )
    @given(messages(cls))
    def law(message):
        wire = etree.tostring(encode(message))
        element = etree.fromstring(wire, make_parser())
        assert decode(element) == message
        assert contract.validate(element), contract.last_error()

    law()


def form(prefix: str, values: list[tuple[str, str]], *, qualified: bool) -> Markup:
    """A form of some service: its parts in its namespace or, as half the world has it, in none."""
    root = etree.Element("{urn://example.org/form}Form", nsmap={prefix: "urn://example.org/form"})
    for name, value in values:
        part = etree.SubElement(root, f"{{urn://example.org/form}}{name}" if qualified else name)
        part.text = value
    return Markup.of(root)


FORMS = st.builds(
    form,
    st.sampled_from(["f", "m", "application"]),
    st.lists(
        st.tuples(st.sampled_from(["name", "date"]), st.text(st.sampled_from("аЯ<>&\"' 𝄞\t\n"))),
        max_size=3,
    ),
    qualified=st.booleans(),
)


def messages(cls: type) -> st.SearchStrategy[Any]:
    """Instances of `cls`; of each choice at most one branch is filled in."""
    metadata = {field.name: field.metadata for field in fields(cls)}
    chosen = {name for choice in CHOICES[cls] for branch in choice.branches for name in branch}
    members = {
        member.name: _member(member, metadata[member.name], filled=member.name in chosen)
        for member in shape_of(cls).members
    }
    return st.fixed_dictionaries(members).flatmap(lambda values: _choose(cls, values))


def _choose(cls, values):
    choices = CHOICES[cls]
    indexes = st.tuples(
        *(st.integers(0, len(each.branches) - each.required) for each in choices)
    )  # past the last branch: none of them

    def build(chosen):
        kept = dict(values)
        for choice, index in zip(choices, chosen, strict=True):
            for position, branch in enumerate(choice.branches):
                if position != index:
                    for name in branch:
                        kept[name] = [] if isinstance(kept[name], list) else None
        return cls(**kept)

    return indexes.map(build)


def _member(member: Member, metadata, *, filled) -> st.SearchStrategy[Any]:
    value = _value(member, metadata)
    if member.many:
        return st.lists(
            value,
            min_size=max(metadata.get("min_occurs", 0), int(filled)),
            max_size=min(metadata.get("max_occurs", 3), 3),
        )
    return st.none() | value if member.optional and not filled else value


def _value(member: Member, metadata) -> st.SearchStrategy[Any]:
    kind = member.type
    if kind is str:
        return _texts(member, metadata)
    if kind is bool:
        return st.booleans()
    if kind is int:
        return st.integers(
            metadata.get("min_inclusive", 0), metadata.get("max_inclusive", 2_147_483_647)
        )
    if kind is Decimal:
        top = 10 ** metadata["total_digits"] - 1
        low = int(metadata.get("min_inclusive", Decimal(-top).scaleb(-2)).scaleb(2))
        return st.integers(low, top).map(lambda hundredths: Decimal(hundredths).scaleb(-2))
    if kind is dt.datetime:
        return st.datetimes(
            dt.datetime(2000, 1, 2),  # noqa: DTZ001 -- the zone is given apart
            dt.datetime(2998, 12, 31),  # noqa: DTZ001
            timezones=st.just(LOCAL),
        ).map(lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000))
    if kind is dt.date:
        return st.dates(dt.date(1000, 1, 1), dt.date(9999, 12, 31))
    if kind is dt.time:
        return st.times().map(lambda time: time.replace(microsecond=0))
    if kind is bytes:
        return st.binary(min_size=metadata.get("min_length", 0), max_size=64)
    if kind is Markup:
        return FORMS
    if issubclass(kind, Enum):
        return st.sampled_from(kind)
    return messages(kind)


def _texts(member: Member, metadata) -> st.SearchStrategy[str]:
    if "pattern" in metadata:
        texts = st.from_regex(metadata["pattern"], fullmatch=True)
    else:
        texts = st.text(
            st.sampled_from(LETTERS),
            min_size=metadata.get("min_length", 0),
            max_size=min(metadata.get("max_length", 40), 40),
        )
    if not member.collapsed:
        return texts
    # What is left when the spaces are gone may be too short for its own pattern.
    pattern = re.compile(metadata.get("pattern", r"(?s:.*)"))
    return texts.map(_collapse).filter(
        lambda text: (
            metadata.get("min_length", 0) <= len(text) <= metadata.get("max_length", 1000)
            and pattern.fullmatch(text)
        )
    )


def _collapse(text: str) -> str:
    for space in "\t\r\n":
        text = text.replace(space, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text.strip(" ")
