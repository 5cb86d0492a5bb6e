import pki
import pytest
from office import ACTOR, BANK, OPERATOR, OTHER, PROVIDERS, READER, Office, Pen, sketch

from gateway.kernel.message import Contour
from gateway.security.keys import KeyCache
from gateway.security.path import Purpose
from gateway.security.policy import PRODUCTION
from gateway.security.revocation import RevocationPolicy
from gateway.security.trust import Role, Trust
from registry.certificates import Addresses, CertificateRegistrar
from registry.documents.desk import DocumentDesk
from registry.documents.evidence import Own, SignatureChecker
from registry.evidence import KeptEvidence
from registry.participants import Newcomer, ParticipantKind, Registrar
from registry.snapshot import read_snapshot


@pytest.fixture(scope="session")
def root():
    return pki.Authority.root()


@pytest.fixture(scope="session")
def own_pen(root):
    return Pen(root.issue("Оператор"))


@pytest.fixture(scope="session")
def bank_leaf(root):
    return root.issue("Банк")


@pytest.fixture
def people(registry_database, clock):
    """The operator and two banks, entered."""
    registrar = Registrar(registry_database, clock, ACTOR)
    registrar.add(Newcomer(OPERATOR, "Оператор", ParticipantKind.OPERATOR))
    registrar.add(Newcomer(BANK, "Демонстрационный банк", ParticipantKind.BANK))
    registrar.add(Newcomer(OTHER, "Другой банк", ParticipantKind.BANK))


@pytest.fixture
def certificates(registry_database, clock, people, root):
    registrar = CertificateRegistrar(registry_database, clock, ACTOR, READER)
    for contour in Contour:
        registrar.add_authority(contour, Role.ANCHOR, root.der, Addresses())
    return registrar


@pytest.fixture
def bank_pen(certificates, bank_leaf):
    certificates.add(BANK, Contour.PROD, Purpose.ATTACHMENT, bank_leaf.der)
    return Pen(bank_leaf)


@pytest.fixture
def checker(registry_database, clock, own_pen):
    trust = Trust(
        lambda: read_snapshot(registry_database, clock()).bindings,
        READER,
        KeptEvidence(registry_database),
        dict.fromkeys(Contour, RevocationPolicy.SOFT),
    )
    own = Own(OPERATOR, frozenset({READER.read(own_pen.leaf.der).thumbprint}))
    return SignatureChecker(
        Contour.PROD, PRODUCTION, trust, PROVIDERS, KeyCache(PROVIDERS), READER, own
    )


@pytest.fixture
def office(registry_database, clock, people, checker):
    return Office(registry_database, clock, DocumentDesk(PROVIDERS, checker, render=sketch))
