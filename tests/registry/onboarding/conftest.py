import enrolment
import pytest

from registry.participants import Newcomer, ParticipantKind, Registrar


@pytest.fixture
def office(registry_database, clock):
    return enrolment.Office(registry_database, clock)


@pytest.fixture
def enter(registry_database, clock):
    """Enter a participant of a kind and return its code."""

    def enter(code, kind):
        registrar = Registrar(registry_database, clock, "оператор")
        registrar.add(Newcomer(code, "Пример", ParticipantKind[kind]))
        return code

    return enter


@pytest.fixture
def bank(enter):
    return enter("BANK72001", "BANK")
