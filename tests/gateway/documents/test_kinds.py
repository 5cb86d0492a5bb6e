"""Every kind of document has a name and numbers of its own."""

from gateway.documents import FORMS, DocType, number_of


def test_number_tells_type_year_and_place():
    assert number_of(DocType.ACT_EMP, 2026, 1) == "АКТ-ЕМП-2026-0001"


def test_numbers_go_on_beyond_four_digits():
    assert number_of(DocType.ACT_EMP, 2026, 12345) == "АКТ-ЕМП-2026-12345"


def test_no_two_kinds_share_their_numbers():
    assert len({doc_type.prefix for doc_type in DocType}) == len(DocType)


def test_every_form_knows_its_code():
    assert all(form.doc_type is doc_type for doc_type, form in FORMS.items())
