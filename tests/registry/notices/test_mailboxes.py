import pytest

from registry import contacts
from registry.contacts import Contact, ContactRole
from registry.notices import NoticeCode
from registry.notices.mailboxes import mailboxes_of

RESPONSIBLE = Contact(ContactRole.RESPONSIBLE, "Вымышленная А. А.", "8", "first@example.org")
TECHNICAL = Contact(ContactRole.TECHNICAL, "Вымышленный Б. Б.", "8", "second@example.org")


@pytest.fixture
def written(registry_database, bank):
    with registry_database.writing() as transaction:
        yield transaction


def test_nobody_is_mailed_before_a_person_is_named(written, bank):
    assert mailboxes_of(written, bank, NoticeCode.JOINED) == []


def test_technical_matters_go_to_the_technician_and_the_rest_to_the_responsible_person(
    written, clock, bank
):
    for person in (RESPONSIBLE, TECHNICAL):
        contacts.name(written, bank, person, clock(), "оператор")
    assert mailboxes_of(written, bank, NoticeCode.CERT_EXPIRY) == ["second@example.org"]
    assert mailboxes_of(written, bank, NoticeCode.JOINED) == ["first@example.org"]
    assert mailboxes_of(written, bank, NoticeCode.PROHIBITED) == ["first@example.org"]
