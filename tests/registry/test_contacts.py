from datetime import UTC, date, datetime, timedelta

import pytest

from registry import contacts, errors
from registry.calendar import ProductionCalendar
from registry.contacts import Contact, ContactRole

CALENDAR = ProductionCalendar.load()
RESPONSIBLE = Contact(ContactRole.RESPONSIBLE, "Вымышленная А. А.", "8 (3452) 00-00-01", "a@b.ru")
TECHNICAL = Contact(ContactRole.TECHNICAL, "Вымышленный Б. Б.", "8 (3452) 00-00-02", "b@b.ru")
FRIDAY = date(2026, 3, 6)
DUE = datetime(2026, 3, 16, 19, tzinfo=UTC)
"""Monday the 9th is a day off: the fifth working day after is the 16th, 24:00 in Tyumen."""


@pytest.fixture
def written(registry_database, bank):
    with registry_database.writing() as transaction:
        yield transaction


def test_a_request_without_both_contacts_is_rejected_and_told_who_is_missing(written, clock, bank):
    with pytest.raises(errors.ContactsMissing, match=r"ответственное лицо, технический"):
        contacts.require_contacts(written, bank)
    contacts.name(written, bank, RESPONSIBLE, clock(), "оператор")
    with pytest.raises(errors.ContactsMissing, match=r"не назван: технический специалист"):
        contacts.require_contacts(written, bank)
    contacts.name(written, bank, TECHNICAL, clock(), "оператор")
    contacts.require_contacts(written, bank)


def test_a_notice_goes_to_the_person_of_its_matter(written, clock, bank):
    assert contacts.addressee(written, bank, ContactRole.TECHNICAL) is None
    contacts.name(written, bank, RESPONSIBLE, clock(), "оператор")
    assert contacts.addressee(written, bank, ContactRole.TECHNICAL) == RESPONSIBLE
    contacts.name(written, bank, TECHNICAL, clock(), "оператор")
    assert contacts.addressee(written, bank, ContactRole.TECHNICAL) == TECHNICAL


def test_a_successor_takes_the_place(written, clock, bank):
    successor = Contact(ContactRole.TECHNICAL, "Вымышленный В. В.", "8", "v@b.ru")
    contacts.name(written, bank, TECHNICAL, clock(), "оператор")
    contacts.name(written, bank, successor, clock() + timedelta(days=1), "оператор")

    assert contacts.current(written, bank) == (successor,)


@pytest.mark.parametrize(
    "person",
    [
        pytest.param(Contact(ContactRole.TECHNICAL, " ", "8", "b@b.ru"), id="name"),
        pytest.param(Contact(ContactRole.TECHNICAL, "Имя", "нет", "b@b.ru"), id="phone"),
        pytest.param(Contact(ContactRole.TECHNICAL, "Имя", "8", "b.ru"), id="address"),
        pytest.param(Contact(ContactRole.TECHNICAL, "Имя", "8", "b@b.ru\nBcc: c@d.ru"), id="line"),
    ],
)
def test_a_person_who_cannot_be_reached_is_refused(written, clock, bank, person):
    with pytest.raises(errors.AttributeInvalid):
        contacts.name(written, bank, person, clock(), "оператор")


def test_a_successor_is_late_after_24_00_of_the_fifth_working_day():
    def is_late(now, told_at=None):
        return contacts.is_replacement_overdue(CALENDAR, FRIDAY, told_at, now)

    assert not is_late(DUE)
    assert is_late(DUE + timedelta(minutes=1))
    assert not is_late(DUE + timedelta(days=9), told_at=DUE)
    assert is_late(DUE + timedelta(days=9), told_at=DUE + timedelta(minutes=1))


def test_who_was_not_replaced_in_time_is_listed(written, clock, bank):
    leaving = Contact(
        ContactRole.SERVICE_OWNER, "Вымышленный Г. Г.", "8", "g@b.ru", powers_ended_on=FRIDAY
    )
    contacts.name(written, bank, leaving, clock(), "оператор")

    assert contacts.overdue(written, CALENDAR, DUE) == ()
    [late] = contacts.overdue(written, CALENDAR, DUE + timedelta(minutes=1))
    assert (late.participant, late.role, late.due) == (bank, ContactRole.SERVICE_OWNER, DUE)
