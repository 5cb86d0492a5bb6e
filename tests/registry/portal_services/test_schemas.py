import gc
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from lxml import etree

from gateway.kernel.xml import make_parser
from registry.portal_services import schemas
from registry.portal_services.errors import PortalFormBroken
from registry.portal_services.schemas import compile_form, digest_of

OPEN = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:example:form"'
ROOT = '<xs:element name="Data" type="xs:string"/></xs:schema>'


def schema(inside="", *, namespace="urn:example:form", root=ROOT):
    return f'{OPEN} targetNamespace="{namespace}">{inside}{root}'.encode()


def include(location):
    return f'<xs:include schemaLocation="{location}"/>'


TYPES = schema(
    root='<xs:simpleType name="Age"><xs:restriction base="xs:int"><xs:maxInclusive value="18"/>'
    "</xs:restriction></xs:simpleType></xs:schema>"
)
USES_AGE = '<xs:element name="Data" type="Age"/></xs:schema>'


def data(text, namespace="urn:example:form"):
    return etree.fromstring(f'<Data xmlns="{namespace}">{text}</Data>', make_parser())


def test_one_schema_is_a_form():
    form = compile_form({"form.xsd": schema()})

    assert form.namespace == "urn:example:form"
    assert form.roots == {"{urn:example:form}Data"}


def test_schemas_that_include_each_other_are_one_form():
    form = compile_form(
        {"form.xsd": schema(include("parts/types.xsd"), root=USES_AGE), "parts/types.xsd": TYPES}
    )

    assert form.schema.accepts(data("7"))
    assert not form.schema.accepts(data("19"))


def test_the_leading_schema_is_the_one_that_no_other_names_whatever_its_name():
    form = compile_form(
        {
            "a.xsd": schema(
                namespace="urn:example:types",
                root='<xs:element name="T" type="xs:string"/></xs:schema>',
            ),
            "b.xsd": schema('<xs:import namespace="urn:example:types" schemaLocation="./a.xsd"/>'),
        }
    )

    assert form.namespace == "urn:example:form"
    assert form.roots == {"{urn:example:form}Data"}


def test_a_form_of_many_files_serves_in_every_thread_as_long_as_it_lives():
    form = compile_form(
        {"form.xsd": schema(include("types.xsd"), root=USES_AGE), "types.xsd": TYPES}
    )
    gc.collect()
    together = threading.Barrier(4)

    def accepts(age):
        together.wait()
        return form.schema.accepts(data(age))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(accepts, ["7", "19", "18", "0"])) == [True, False, True, True]


def test_the_files_of_a_form_go_when_nobody_needs_it(monkeypatch, tmp_path):
    monkeypatch.setattr(schemas.tempfile, "tempdir", str(tmp_path))
    form = compile_form({"form.xsd": schema()})
    assert list(tmp_path.iterdir())

    del form
    gc.collect()

    assert not list(tmp_path.iterdir())


def test_a_broken_form_leaves_no_files(monkeypatch, tmp_path):
    monkeypatch.setattr(schemas.tempfile, "tempdir", str(tmp_path))
    with pytest.raises(PortalFormBroken) as refusal:
        compile_form({"form.xsd": schema(root=USES_AGE)})

    assert not list(tmp_path.iterdir())
    assert str(tmp_path) not in refusal.value.text


def test_the_digest_names_names_and_bytes_and_no_order():
    one = {"a.xsd": b"1", "b.xsd": b"2"}

    assert digest_of(one) == digest_of({"b.xsd": b"2", "a.xsd": b"1"})
    assert len({digest_of(x) for x in (one, {"a.xsd": b"12"}, {"a.xsd": b"2", "b.xsd": b"1"})}) == 3


DOCTYPE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///dev/null">]>' + schema()
BROKEN = {
    "nothing": ({}, "ни одной"),
    "no XML": ({"form.xsd": b"<xs:schema"}, "form.xsd: строка 1"),
    "a DOCTYPE": ({"form.xsd": DOCTYPE}, "DOCTYPE"),
    "a DOCTYPE in an included one": (
        {
            "form.xsd": schema(include("types.xsd")),
            "types.xsd": b"<!DOCTYPE x>" + TYPES,
        },
        "types.xsd: .*DOCTYPE",
    ),
    "not a schema": ({"form.xsd": b"<a/>"}, "не xs:schema"),
    "not compiled": ({"form.xsd": schema(root=USES_AGE)}, "Age"),
    "no namespace": (
        {"form.xsd": schema().replace(b'targetNamespace="urn:example:form"', b"")},
        "targetNamespace",
    ),
    "a namespace of a contract": (
        {"form.xsd": schema(namespace="urn://x-artefacts-citto-72/portal/application/1.0")},
        "чужое",
    ),
    "a namespace of a standard": (
        {"form.xsd": schema(namespace="http://schemas.xmlsoap.org/soap/envelope/")},
        "чужое",
    ),
    "no root": (
        {"form.xsd": TYPES},
        "корневой элемент",
    ),
    "from the net": (
        {"form.xsd": schema(include("http://example.org/a.xsd"))},
        "нет среди загруженных",
    ),
    "from the machine": (
        {"form.xsd": schema(include("file:///tmp/a.xsd"))},
        "нет среди загруженных",
    ),
    "from above": ({"form.xsd": schema(include("../a.xsd"))}, "нет среди загруженных"),
    "from nowhere": (
        {"form.xsd": schema('<xs:import namespace="urn:example:types"/>')},
        "нет schemaLocation",
    ),
    "redefined from outside": (
        {"form.xsd": schema('<xs:redefine schemaLocation="a.xsd"/>')},
        "нет среди загруженных",
    ),
    "a circle": (
        {"a.xsd": schema(include("b.xsd")), "b.xsd": schema(include("a.xsd"))},
        "нет такого",
    ),
    "two that lead": ({"a.xsd": schema(), "b.xsd": schema()}, "a.xsd, b.xsd"),
    "a name that climbs": ({"../a.xsd": schema()}, "имя файла"),
    "a name from the root": ({"/a.xsd": schema()}, "имя файла"),
    "another sort of file": ({"a.xml": schema()}, "имя файла"),
    "too many files": ({f"a{n}.xsd": schema() for n in range(51)}, "больше 50"),
    "too many bytes": ({"a.xsd": schema() + b" " * 1024 * 1024}, "больше 1024"),
    "too many elements in a type": (
        {
            "a.xsd": schema(
                root='<xs:element name="Data"><xs:complexType><xs:sequence>'
                + "".join(f'<xs:element name="a{n}" minOccurs="0"/>' for n in range(301))
                + "</xs:sequence></xs:complexType></xs:element></xs:schema>"
            )
        },
        "больше 300 элементов",
    ),
    "too many occurrences": (
        {
            "a.xsd": schema(
                root='<xs:element name="Data"><xs:complexType><xs:sequence><xs:element'
                ' name="a" minOccurs="999999999" maxOccurs="unbounded"/>'
                "</xs:sequence></xs:complexType></xs:element></xs:schema>"
            )
        },
        "minOccurs",
    ),
}


@pytest.mark.parametrize(("documents", "reason"), BROKEN.values(), ids=BROKEN)
def test_a_form_that_does_not_do_is_refused_with_the_reason(documents, reason):
    with pytest.raises(PortalFormBroken, match=reason):
        compile_form(documents)


def test_a_namespace_for_forms_is_ours_to_give():
    namespace = "urn://x-artefacts-citto-72/forms/garden/1.0"

    assert compile_form({"form.xsd": schema(namespace=namespace)}).namespace == namespace


def test_a_file_beside_the_program_is_not_read(tmp_path):
    beside = Path(tmp_path / "types.xsd")
    beside.write_bytes(TYPES)

    with pytest.raises(PortalFormBroken, match="нет среди загруженных"):
        compile_form({"form.xsd": schema(include(beside.as_uri()), root=USES_AGE)})
