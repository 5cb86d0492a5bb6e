import enrolment
import pytest

from gateway.kernel.message import Contour
from registry import errors, kinds
from registry.kinds import ParticipantKind, SubKind
from registry.participants import Newcomer, Registrar, published_services

FAMILIES = {"meals/bank-payment", "meals/acquiring", "meals/payment-registry", "meals/menu-import"}


@pytest.fixture
def registrar(registry_database, clock):
    return Registrar(registry_database, clock, "оператор", services=lambda: FAMILIES)


@pytest.mark.parametrize("kind", ParticipantKind)
def test_every_kind_can_be_entered(registrar, directory, kind):
    registrar.add(Newcomer("NEW-1", "Новый участник", kind))

    assert directory.participant(Contour.TEST, "NEW-1").kind == kind.value


def test_every_kind_has_its_services():
    assert set(kinds.SERVICES) == set(ParticipantKind)


def test_every_published_service_is_of_some_kind():
    given = kinds.COMMON_SERVICES.union(*kinds.SERVICES.values())

    assert published_services() <= given


def test_a_kind_is_not_given_the_services_of_another(registrar, registry_database, clock):
    registrar.add(Newcomer("ORG-1", "Комбинат", ParticipantKind.ORGANIZER))
    enrolment.join(registry_database, "ORG-1", clock())

    registrar.grant("ORG-1", "meals/menu-import", Contour.TEST)
    with pytest.raises(errors.ServiceNotForKind, match="ORGANIZER"):
        registrar.grant("ORG-1", "meals/bank-payment", Contour.TEST)


@pytest.mark.parametrize(
    ("method", "open_services"),
    [
        (SubKind.ACQUIRING, {"meals/acquiring", "meals/payment-registry"}),
        (SubKind.ONLINE, {"meals/bank-payment", "meals/payment-registry"}),
        (SubKind.BOTH, {"meals/acquiring", "meals/bank-payment", "meals/payment-registry"}),
        (None, {"meals/acquiring", "meals/bank-payment", "meals/payment-registry"}),
    ],
)
def test_the_method_of_a_bank_opens_its_services(method, open_services):
    assert {
        service for service in FAMILIES if kinds.may_be_given(ParticipantKind.BANK, method, service)
    } == open_services


def test_a_method_that_takes_an_open_right_away_is_refused(registrar, registry_database, clock):
    registrar.add(Newcomer("BANK-1", "Банк", ParticipantKind.BANK))
    enrolment.join(registry_database, "BANK-1", clock())
    registrar.grant("BANK-1", "meals/bank-payment", Contour.TEST)

    with pytest.raises(errors.ServiceNotForKind, match="meals/bank-payment"):
        registrar.choose_sub_kind("BANK-1", SubKind.ACQUIRING)


def test_a_school_is_no_kind_of_bank(registrar):
    with pytest.raises(errors.AttributeInvalid, match="OU"):
        registrar.add(Newcomer("BANK-1", "Банк", ParticipantKind.BANK, sub_kind=SubKind.OU))
