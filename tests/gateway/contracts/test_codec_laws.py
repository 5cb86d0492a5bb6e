"""What is true of every message: it survives the wire, and what we write is valid."""

import datetime as dt
import inspect
import re
import string
from dataclasses import fields
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from adapters.bank.messages import bank_payment, payment_registry
from adapters.desk.messages import documents, formats, notify, onboarding
from gateway.conformance.service.messages import conformance
from gateway.contracts import codec
from gateway.contracts.catalog import load_catalog
from gateway.contracts.messages import hub
from gateway.contracts.shape import Member, shape_of
from gateway.kernel.xml import make_parser

LOCAL = dt.timezone(dt.timedelta(hours=5))
LETTERS = string.ascii_letters + string.digits + "Щёя№ <>&\"'-.\t\r\n\u00a0\u2003𝄞"
XS = "{http://www.w3.org/2001/XMLSchema}"
CATALOG = load_catalog()
ROOTS = {tag: contract for contract in CATALOG for tag in contract.vocabulary.roots}
MESSAGES = [
    cls
    for module in (
        *(bank_payment, payment_registry, documents, formats, notify, onboarding),
        *(conformance, hub),
    )
    for _, cls in inspect.getmembers(module, inspect.isclass)
    if cls.__module__ == module.__name__ and hasattr(cls, "Meta") and shape_of(cls).tag in ROOTS
]


def exclusive_fields() -> dict[type, list[tuple[str, ...]]]:
    """Fields of each class between which the schema makes the sender choose."""
    found: dict[type, list[tuple[str, ...]]] = {}
    for cls in MESSAGES:
        contract = ROOTS[shape_of(cls).tag]
        type_name = contract.vocabulary.roots[shape_of(cls).tag].type.rpartition("}")[2]
        names = {member.tag.rpartition("}")[2]: member.name for member in shape_of(cls).members}
        for data in contract.documents.values():
            for choice in etree.fromstring(data, make_parser()).iterfind(
                f"{XS}complexType[@name='{type_name}']//{XS}choice"
            ):
                group = tuple(names[child.get("name")] for child in choice)
                found.setdefault(cls, []).append(group)
    return found


EXCLUSIVE = exclusive_fields()
MUST_CHOOSE = {
    payment_registry.GetRegistryStatusRequest,
    onboarding.GetCaseRequest,
    documents.RegisterSignatureRequest,
}


def test_every_root_element_of_every_contract_has_its_message():
    assert {shape_of(cls).tag for cls in MESSAGES} == set(ROOTS)


def test_the_choices_of_the_schema_were_found():
    assert set(EXCLUSIVE) >= {
        payment_registry.SubmitRegistryRequest,
        payment_registry.GetRegistryStatusRequest,
    }
    assert EXCLUSIVE[payment_registry.SubmitRegistryRequest] == [("line", "file")]


@pytest.mark.parametrize("cls", MESSAGES, ids=lambda cls: cls.__name__)
def test_a_message_survives_the_wire_and_is_valid(cls):
    contract = ROOTS[shape_of(cls).tag]
    decode, encode = codec.decoder(cls), codec.encoder(cls)

    @settings(
        max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
    )
    @given(messages(cls, EXCLUSIVE))
    def law(message):
        wire = etree.tostring(encode(message))
        element = etree.fromstring(wire, make_parser())
        assert decode(element) == message
        if not unfilled(message):
            assert contract.validate(element), contract.last_error()

    law()


def unfilled(message) -> bool:
    """A choice that must be made and was not: only the schema forbids it."""
    return type(message) in MUST_CHOOSE and not all(
        any(getattr(message, name) for name in group) for group in EXCLUSIVE[type(message)]
    )


def messages(cls: type, exclusive: dict[type, list[tuple[str, ...]]]) -> st.SearchStrategy[Any]:
    """Instances of `cls`; of each group of `exclusive` fields at most one is filled in."""
    metadata = {field.name: field.metadata for field in fields(cls)}
    members = {
        member.name: _member(member, metadata[member.name], exclusive)
        for member in shape_of(cls).members
    }
    return st.fixed_dictionaries(members).flatmap(
        lambda values: _choose(cls, values, exclusive.get(cls, []))
    )


def _choose(cls, values, groups):
    choices = st.tuples(*(st.integers(0, len(group) - 1) for group in groups))

    def build(chosen):
        kept = dict(values)
        for group, index in zip(groups, chosen, strict=True):
            for position, name in enumerate(group):
                if position != index:
                    kept[name] = [] if isinstance(kept[name], list) else None
        return cls(**kept)

    return choices.map(build)


def _member(member: Member, metadata, exclusive) -> st.SearchStrategy[Any]:
    value = _value(member, metadata, exclusive)
    if member.many:
        return st.lists(
            value,
            min_size=metadata.get("min_occurs", 0),
            max_size=min(metadata.get("max_occurs", 3), 3),
        )
    return st.none() | value if member.optional else value


def _value(member: Member, metadata, exclusive) -> st.SearchStrategy[Any]:
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
        low = 0 if metadata.get("min_inclusive") == 0 else -(10**12) + 1
        return st.integers(low, 10**12 - 1).map(lambda kopecks: Decimal(kopecks).scaleb(-2))
    if kind is dt.datetime:
        return st.datetimes(
            dt.datetime(2000, 1, 2),  # noqa: DTZ001 -- the zone is given apart
            dt.datetime(2998, 12, 31),  # noqa: DTZ001
            timezones=st.just(LOCAL),
        ).map(lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000))
    if kind is dt.date:
        return st.dates(dt.date(1000, 1, 1), dt.date(9999, 12, 31))
    if kind is dt.time:
        return st.times(dt.time(0, 0), dt.time(23, 59, 59)).map(
            lambda moment: moment.replace(microsecond=0)
        )
    if kind is bytes:
        return st.binary(min_size=metadata.get("min_length", 0), max_size=64)
    if issubclass(kind, Enum):
        return st.sampled_from(kind)
    return messages(kind, exclusive)


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
