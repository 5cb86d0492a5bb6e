from datetime import date
from uuid import uuid4

import enrolment
import pytest

from gateway.delivery.mail import Sender
from gateway.kernel.message import BankTerms, CreditMode
from gateway.security.certificates import CertificateReader
from gateway.security.provider import Providers
from gateway.security.providers.rsa import RsaProvider
from registry.certificates import CertificateRegistrar
from registry.directory import Directory
from registry.notices import Board
from registry.participants import Newcomer, ParticipantKind, Registrar

BANK = "BANK72001"
SERVICES = {"meals/bank-payment", "meals/payment-registry"}
TERMS = BankTerms(CreditMode.ON_REGISTRY, 3, "Демонстрационный банк", "044525225")


@pytest.fixture
def registrar(registry_database, clock):
    return Registrar(registry_database, clock, "оператор", services=lambda: SERVICES)


@pytest.fixture
def directory(registry_database, clock):
    return Directory(registry_database, clock)


@pytest.fixture(scope="session")
def reader():
    return CertificateReader(Providers.of([RsaProvider()]))


@pytest.fixture
def certificates(registry_database, clock, reader):
    return CertificateRegistrar(registry_database, clock, "оператор", reader)


@pytest.fixture
def bank(registrar, registry_database, clock):
    """A bank that has joined: the test contour is open to it."""
    registrar.add(Newcomer(BANK, "Демонстрационный банк", ParticipantKind.BANK))
    enrolment.join(registry_database, BANK, clock())
    return BANK


@pytest.fixture
def organizer_since_march(registrar, bank):
    registrar.bind(bank, "7706012716", "12/2026", date(2026, 3, 1))
    return "7706012716"


@pytest.fixture
def board():
    """A board of a hub whose participants have no mailboxes."""
    return Board(uuid4, lambda *_: [], Sender("hub@example.ru", "Узел"))
