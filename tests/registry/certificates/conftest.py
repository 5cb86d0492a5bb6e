import pki
import pytest

from gateway.kernel.message import Contour
from gateway.security.path import Purpose
from gateway.security.revocation import RevocationPolicy
from gateway.security.trust import Role, Trust
from registry.certificates import Addresses
from registry.evidence import KeptEvidence
from registry.participants import Newcomer, ParticipantKind

INN = "7706012716"
OGRN = "1027700132195"
NOWHERE = Addresses()


@pytest.fixture
def participant(registrar):
    registrar.add(Newcomer("BANK-1", "Банк", ParticipantKind.BANK, INN))
    return "BANK-1"


@pytest.fixture
def root(certificates):
    authority = pki.Authority.root()
    certificates.add_authority(Contour.PROD, Role.ANCHOR, authority.der, NOWHERE)
    return authority


@pytest.fixture
def trust(directory, registry_database, reader):
    policies = dict.fromkeys(Contour, RevocationPolicy.SOFT)
    return Trust(directory.bindings, reader, KeptEvidence(registry_database), policies)


@pytest.fixture
def bind(certificates, participant):
    def bind(leaf, code=participant, contour=Contour.PROD, purpose=Purpose.MESSAGE):
        return certificates.add(code, contour, purpose, leaf.der).thumbprint

    return bind


@pytest.fixture
def successor_of():
    """Issue what may follow `old`, unless told otherwise."""

    def successor_of(root, **more):
        values = {"inn": INN, "ogrn": OGRN, "until": pki.NOW + 600 * pki.DAY, **more}
        return root.issue(**values)

    return successor_of


@pytest.fixture
def old(root, bind):
    return bind(root.issue(inn=INN, ogrn=OGRN))
