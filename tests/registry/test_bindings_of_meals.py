from dataclasses import replace
from datetime import date, timedelta

import enrolment
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.kernel.message import BankTerms, CreditMode
from registry import acquirers, banks, entry, errors, schools
from registry.acquirers import AcquirerNotice
from registry.banks import Channel
from registry.entry import Newcomer
from registry.kinds import ParticipantKind, SubKind
from registry.schools import SchoolBinding

ORGANIZER, OTHER = "ORG-1", "ORG-2"
INN = "7200000018"
SEPTEMBER, MAY = date(2026, 9, 1), date(2027, 5, 31)
BINDING = SchoolBinding("SCHOOL-7", ORGANIZER, "12", SEPTEMBER, until=MAY)
NOTICE = AcquirerNotice(
    ORGANIZER, "BANK72001", "Э-5", date(2026, 3, 1), "Вымышленная Д. Д.", "8", "d@b.ru"
)


@pytest.fixture
def organizers(registrar):
    registrar.add(Newcomer(ORGANIZER, "Комбинат", ParticipantKind.ORGANIZER, INN))
    registrar.add(Newcomer(OTHER, "Другой комбинат", ParticipantKind.ORGANIZER))


@pytest.fixture
def written(registry_database, bank, organizers):
    with registry_database.writing() as transaction:
        yield transaction


def test_a_building_has_the_organizer_of_its_school_unless_it_has_its_own(written, clock):
    schools.bind(written, BINDING, clock(), "оператор")
    own = replace(BINDING, building="2", organizer=OTHER, since=date(2026, 10, 1))
    schools.bind(written, own, clock(), "оператор")

    def organizer(building, day):
        return schools.organizer_of(written, "SCHOOL-7", day, building)

    assert organizer("1", date(2026, 10, 1)) == ORGANIZER
    assert organizer("2", date(2026, 9, 30)) == ORGANIZER
    assert organizer("2", date(2026, 10, 1)) == OTHER
    assert organizer("", date(2026, 10, 1)) == ORGANIZER
    assert organizer("1", SEPTEMBER - timedelta(days=1)) is None
    assert organizer("1", MAY + timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("since", "until"),
    [(MAY, None), (date(2026, 1, 1), SEPTEMBER), (date(2026, 1, 1), None), (SEPTEMBER, MAY)],
)
def test_a_school_has_one_organizer_a_day(written, clock, since, until):
    schools.bind(written, BINDING, clock(), "оператор")

    other = replace(BINDING, organizer=OTHER, since=since, until=until)
    with pytest.raises(errors.BindingOverlap):
        schools.bind(written, other, clock(), "оператор")


def test_an_ended_binding_makes_room(written, clock):
    schools.bind(written, BINDING, clock(), "оператор")
    schools.end(written, BINDING, date(2026, 12, 31), clock(), "оператор")
    schools.bind(
        written, replace(BINDING, organizer=OTHER, since=date(2027, 1, 1)), clock(), "оператор"
    )

    assert schools.organizer_of(written, "SCHOOL-7", date(2026, 12, 31)) == ORGANIZER
    assert schools.organizer_of(written, "SCHOOL-7", date(2027, 1, 1)) == OTHER


def test_a_binding_is_not_lengthened_into_another(written, clock):
    schools.bind(written, replace(BINDING, until=date(2026, 9, 30)), clock(), "оператор")
    schools.bind(
        written, replace(BINDING, organizer=OTHER, since=date(2026, 10, 1)), clock(), "оператор"
    )

    with pytest.raises(errors.BindingOverlap):
        schools.end(written, replace(BINDING, until=date(2026, 9, 30)), MAY, clock(), "оператор")


def test_only_an_organizer_feeds_a_school(written, clock, bank):
    with pytest.raises(errors.NotAnOrganizer):
        schools.bind(written, replace(BINDING, organizer=bank), clock(), "оператор")


spans = st.tuples(st.integers(1, 28), st.one_of(st.none(), st.integers(1, 28)))


@given(spans, spans)
def test_two_bindings_overlap_when_they_share_a_day(one, other):
    first, second = (
        replace(
            BINDING,
            since=date(2026, 9, since),
            until=None if last is None else date(2026, 9, max(since, last)),
        )
        for since, last in (one, other)
    )
    month = [date(2026, 9, number) for number in range(1, 31)]

    assert schools._overlaps(first, second) == any(
        first.holds(day) and second.holds(day) for day in month
    )


def test_the_acquirer_comes_from_the_organizers_notice(written, clock, bank):
    assert acquirers.acquirer_of(written, ORGANIZER) is None
    acquirers.bind(written, NOTICE, clock(), "оператор")
    assert acquirers.acquirer_of(written, ORGANIZER) == NOTICE
    assert acquirers.organizers_of(written, bank) == (NOTICE,)
    acquirers.end(written, ORGANIZER, "расторжение", clock(), "оператор")
    assert acquirers.acquirer_of(written, ORGANIZER) is None


def test_a_bank_of_desks_alone_is_no_acquirer(written, clock, bank):
    entry.choose_sub_kind(written, bank, SubKind.ONLINE, clock(), "оператор")

    with pytest.raises(errors.NotABank, match="эквайринг"):
        acquirers.bind(written, NOTICE, clock(), "оператор")


def test_a_bank_is_published_while_it_is_in_operation(
    registrar, registry_database, clock, organizers, bank
):
    def published():
        with registry_database.reading() as transaction:
            return banks.partner_banks(transaction, date(2026, 3, 2))

    registrar.set_terms(bank, BankTerms(CreditMode.ON_NOTIFY, 3, "Банк", "044525225"))
    registrar.bind(bank, INN, "1", date(2026, 3, 1))
    assert published() == []

    enrolment.commission(registry_database, bank, clock())
    [partner] = published()
    assert (partner.code, partner.bik, partner.organizers) == (bank, "044525225", (INN,))
    assert partner.channels == (Channel.ONLINE,)
    assert partner.since == date(2026, 3, 2)

    registrar.suspend(bank, "решение")
    assert published() == []

    clock.advance(days=2)
    registrar.resume(bank, "решение")
    assert published()[0].since == date(2026, 3, 4)
