"""Every document survives its XML, and no XML but that of the schema is a document."""

import dataclasses
import datetime as dt
import functools
import types
import typing
from decimal import Decimal
from enum import Enum
from pathlib import Path
from uuid import UUID

import pytest
import xmlschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import FILLED, NAMELESS, blank, identity

from gateway.documents import FORMS, DocType, DocumentInvalid, Identity, from_xml, to_xml
from gateway.documents.form import Value
from gateway.documents.forms.acts import EmpAct
from gateway.documents.forms.protocols import CaseRow, CaseVerdict
from gateway.documents.forms.settlements import ReconciliationAct, Total
from gateway.documents.forms.values import Party

SCHEMA_FILE = Path(__file__).parents[3] / "xsd/documents/1.0/documents.xsd"
CHARACTERS = st.characters(exclude_categories=["Cc", "Cs", "Cn"], include_characters="\t\n\r")
TEXTS = st.text(CHARACTERS, min_size=1, max_size=30).filter(lambda text: text.strip(" \t\r\n"))
MOMENTS = st.datetimes(
    dt.datetime(2000, 1, 2),  # noqa: DTZ001 -- Hypothesis adds the zone
    dt.datetime(2099, 1, 1),  # noqa: DTZ001
    timezones=st.just(dt.UTC),
)
PRIMITIVES = {
    str: TEXTS,
    int: st.integers(0, 10**6),
    bool: st.booleans(),
    dt.date: st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)),
    dt.datetime: MOMENTS,
    Decimal: st.decimals(-(10**9), 10**9, places=2),
    UUID: st.uuids(),
}

each_form = pytest.mark.parametrize("doc_type", FORMS, ids=lambda item: item.value)


@functools.cache
def schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(SCHEMA_FILE), allow="local", defuse="always")


def values(kind):
    """Any value of a type that forms use."""
    if typing.get_origin(kind) is tuple:
        return st.lists(values(typing.get_args(kind)[0]), max_size=2).map(tuple)
    if isinstance(kind, types.UnionType):
        return st.none() | values(typing.get_args(kind)[0])
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return st.builds(
            kind, **{field.name: values(hints[field.name]) for field in dataclasses.fields(kind)}
        )
    return PRIMITIVES[kind]


@each_form
@settings(max_examples=8, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_every_document_comes_back_from_its_xml(doc_type, data):
    form = data.draw(values(FORMS[doc_type]))
    named = Identity(
        data.draw(st.uuids()),
        data.draw(st.none() | st.sampled_from(["АКТ-ЕМП-2026-0001", "№ 1 <&>"])),
        data.draw(st.none() | PRIMITIVES[dt.date]),
    )
    assert from_xml(to_xml(form, named)) == (form, named)


@each_form
def test_invented_document_is_valid_for_a_second_validator_too(doc_type):
    schema().validate(to_xml(FILLED[doc_type], identity(doc_type)).decode())


@each_form
def test_blank_form_is_a_document(doc_type):
    form = blank(doc_type)
    assert from_xml(to_xml(form, NAMELESS)) == (form, NAMELESS)


def test_same_facts_are_the_same_bytes():
    form, named = FILLED[DocType.PROT_BANK], identity(DocType.PROT_BANK)
    assert to_xml(form, named) == to_xml(dataclasses.replace(form), named)


def test_texts_are_tidied_and_an_empty_one_is_absent():
    party = Party(name="  АО\n «Пример-Банк» ", short_name=" ")
    assert party == Party(name="АО «Пример-Банк»")


def test_forms_are_values():
    with pytest.raises(dataclasses.FrozenInstanceError):
        EmpAct().system = "«АИС Пример»"
    assert isinstance(hash(FILLED[DocType.PROT_BANK]), int)


@pytest.mark.parametrize("text", ["\x00", "\x0b", "\ufffe", "\ud800"])
def test_a_character_that_xml_cannot_carry_is_refused(text):
    with pytest.raises(DocumentInvalid):
        to_xml(EmpAct(system=f"АИС{text}Пример"), NAMELESS)


def test_a_fact_that_the_schema_refuses_is_named_and_not_told():
    with pytest.raises(DocumentInvalid, match="system") as refused:
        to_xml(EmpAct(system="тайна" * 1000), NAMELESS)
    assert "тайна" not in refused.value.text


def test_a_required_fact_may_not_be_empty():
    with pytest.raises(DocumentInvalid):
        to_xml(
            dataclasses.replace(
                FILLED[DocType.PROT_BANK],
                sections=(
                    dataclasses.replace(
                        FILLED[DocType.PROT_BANK].sections[0],
                        cases=(CaseRow(code=" ", title="Ping", verdict=CaseVerdict.PASSED),),
                    ),
                ),
            ),
            NAMELESS,
        )


def test_part_of_a_kopeck_is_refused_and_not_rounded():
    act = ReconciliationAct(notified=Total(count=1, amount=Decimal("0.005")))
    with pytest.raises(DocumentInvalid):
        to_xml(act, NAMELESS)


def test_a_moment_without_zone_is_refused():
    (section,) = FILLED[DocType.PROT_BANK].sections
    case = dataclasses.replace(section.cases[0], at=dt.datetime(2026, 11, 25, 12))  # noqa: DTZ001 -- that is the point
    form = dataclasses.replace(
        FILLED[DocType.PROT_BANK], sections=(dataclasses.replace(section, cases=(case,)),)
    )
    with pytest.raises(DocumentInvalid):
        to_xml(form, NAMELESS)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<EmpAct/>",
        b'<EmpAct xmlns="urn://x-artefacts-citto-72/documents/1.0"/>',
        b'<IdentityType xmlns="urn://x-artefacts-citto-72/documents/1.0"/>',
        b'<!DOCTYPE a [<!ENTITY b "c">]><EmpAct xmlns="urn://x-artefacts-citto-72/documents/1.0"/>',
    ],
)
def test_what_is_no_document_is_refused(data):
    with pytest.raises(DocumentInvalid):
        from_xml(data)


def test_a_doctype_before_a_good_document_is_refused():
    good = to_xml(EmpAct(system="«АИС Пример»"), NAMELESS)
    head, _, rest = good.partition(b"\n")
    with pytest.raises(DocumentInvalid, match="DOCTYPE"):
        from_xml(head + b'\n<!DOCTYPE EmpAct [<!ENTITY b "c">]>\n' + rest)


@each_form
def test_schema_has_the_fields_of_the_form_in_their_order(doc_type):
    _compare(FORMS[doc_type], schema().elements[FORMS[doc_type].__name__].type, skip=1)


def _compare(cls: type[Value], kind: xmlschema.XsdType, skip: int = 0) -> None:
    hints = typing.get_type_hints(cls)
    elements = list(kind.content.iter_elements())[skip:]
    for field, element in zip(dataclasses.fields(cls), elements, strict=True):
        hint = hints[field.name]
        many = typing.get_origin(hint) is tuple
        required = field.default is dataclasses.MISSING or isinstance(field.default, str)
        assert (element.max_occurs is None) == many, field.name
        assert (element.min_occurs == 1) == required, field.name
        for inner in typing.get_args(hint) or (hint,):
            if isinstance(inner, type) and issubclass(inner, Value):
                _compare(inner, element.type)
            elif isinstance(inner, type) and issubclass(inner, Enum):
                assert {item.name for item in inner} == set(element.type.enumeration), field.name
