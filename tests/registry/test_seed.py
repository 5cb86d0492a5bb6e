import pytest

from gateway.kernel import identifiers
from gateway.kernel.message import Contour, ParticipantState
from registry import reference
from registry.seed import DEMO, seed_demo


@pytest.fixture
def people(registry_database, clock):
    return seed_demo(registry_database, clock)


def test_every_role_of_the_demo_may_call_the_test_contour_at_once(people, directory):
    assert set(people.by_role) == {"bank", "organizer", "school", "portal", "department"}
    for player in people.by_role.values():
        participant = directory.authenticate(Contour.TEST, player.login, player.password)
        assert participant.code == player.code
        assert participant.state is ParticipantState.JOINED


def test_the_demo_bank_may_pay_to_the_demo_organizer(people, directory):
    bank = directory.participant(Contour.TEST, people.bank.code)

    assert bank.organizers == {people.organizer_inn}
    assert bank.services == {"meals/bank-payment", "meals/payment-registry"}
    assert bank.dialects == {"osmp", "sberbank"}
    assert bank.bank.credit_days == 3


def test_the_demo_portal_and_department_may_exchange_applications(people, directory):
    portal, department = (
        directory.participant(Contour.TEST, people.by_role[role].code)
        for role in ("portal", "department")
    )

    assert portal.services == {"portal/application", "portal/events"}
    assert department.services == {"portal/events", "portal/ppu"}


def test_nobody_of_the_demo_is_let_into_production(people, directory):
    for player in people.by_role.values():
        assert directory.participant(Contour.PROD, player.code).services == frozenset()


def test_a_second_seeding_changes_nothing_but_adds_credentials(
    people, registry_database, directory, clock
):
    before = directory.everyone(Contour.TEST)

    again = seed_demo(registry_database, clock)
    clock.advance(seconds=1)

    assert directory.everyone(Contour.TEST) == before
    for run in (people, again):
        directory.authenticate(Contour.TEST, run.bank.login, run.bank.password)
    assert people.bank.login != again.bank.login


@pytest.mark.parametrize("newcomer", DEMO.values(), ids=DEMO)
def test_a_demo_participant_says_that_it_is_one(newcomer):
    assert newcomer.name.startswith("Демонстрационн")
    assert newcomer.inn is None or identifiers.check_inn(newcomer.inn).passed


def test_the_operator_is_a_participant_too(people, directory):
    assert directory.participant(Contour.TEST, "CITTO").name == reference.OPERATOR.name


def test_support_contacts_are_those_of_the_regulations():
    support = reference.SUPPORT

    assert support.phone == "8-800-234-39-30"
    assert support.service_desk == "https://sd.72to.ru/"
    assert support.education_phone == "8 (3452) 39-06-79"
    assert support.email == "citto@72to.ru"
    assert support.address == "г. Тюмень, ул. Советская, д. 61"
    assert support.originals_room == "каб. 519"
