import pki
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

from gateway.security.certificates import CertificateReader
from gateway.security.errors import Reason
from gateway.security.path import Authorities, Purpose, find_path
from gateway.security.provider import Providers
from gateway.security.providers.rsa import RsaProvider


@pytest.fixture(scope="module")
def root():
    return pki.Authority.root()


@pytest.fixture(scope="module")
def middle(root):
    return root.subordinate()


@pytest.fixture
def reader():
    return CertificateReader(Providers.of([RsaProvider()]))


@pytest.fixture
def follow(reader, root, middle):
    """Follow a leaf in a contour whose anchor is `root` and that knows `middle`."""

    def follow(leaf, *, at=pki.NOW, purpose=Purpose.MESSAGE, anchors=(root,), known=(middle,)):
        authorities = Authorities(
            tuple(reader.read(one.der) for one in anchors),
            tuple(reader.read(one.der) for one in known),
        )
        return find_path(reader.read(leaf.der), authorities, at, purpose)

    return follow


def test_a_chain_of_three_holds(follow, root, middle):
    leaf = middle.issue()

    path = follow(leaf)

    assert path.verdict.passed
    assert path.reason is None
    assert [one.der for one in path.chain] == [leaf.der, middle.der, root.der]


@pytest.mark.parametrize("key", [pki.rsa_key, lambda: pki.ec_key(ec.SECP521R1())])
def test_a_chain_of_other_keys_holds(follow, key):
    authority = pki.Authority.root(key=key())

    assert follow(authority.issue(), anchors=[authority]).reason is None


def test_an_expired_certificate_is_refused(follow, root):
    leaf = root.issue(until=pki.NOW - pki.DAY)

    path = follow(leaf)

    assert path.verdict.failed
    assert path.reason is Reason.CERTIFICATE_EXPIRED


def test_a_certificate_serves_to_its_last_second(follow, root):
    assert follow(root.issue(until=pki.NOW)).reason is None


def test_a_certificate_of_tomorrow_is_refused(follow, root):
    leaf = root.issue(since=pki.NOW + pki.DAY)

    assert follow(leaf).reason is Reason.CERTIFICATE_NOT_YET_VALID


def test_an_expired_issuer_is_refused(follow, root):
    old = root.subordinate(until=pki.NOW - pki.DAY)

    path = follow(old.issue(), known=[old])

    assert path.reason is Reason.CERTIFICATE_EXPIRED
    assert "Подчинённый УЦ" in path.verdict.where


def test_an_expired_anchor_is_refused(follow):
    old = pki.Authority.root(until=pki.NOW - pki.DAY)

    assert follow(old.issue(), anchors=[old]).reason is Reason.CERTIFICATE_EXPIRED


def test_another_authority_is_refused(follow):
    stranger = pki.Authority.root("Чужой УЦ")

    assert follow(stranger.issue()).reason is Reason.CERTIFICATE_ISSUER_UNKNOWN


def test_another_authority_of_the_same_name_is_refused(follow):
    impostor = pki.Authority.root()

    assert follow(impostor.issue()).reason is Reason.CERTIFICATE_ISSUER_UNKNOWN


def test_another_authority_of_the_same_name_and_key_identifier_is_refused(follow, root):
    impostor = pki.Authority.root()
    identifier = x509.SubjectKeyIdentifier.from_public_key(root.key.public_key())
    leaf = impostor.issue()
    # The impostor writes the key identifier of the one it plays.
    mine = x509.SubjectKeyIdentifier.from_public_key(impostor.key.public_key())
    forged = pki.Leaf(leaf.certificate, leaf.key)
    octets = leaf.der.replace(mine.digest, identifier.digest)

    class Forged:
        der = octets

    assert octets != forged.der
    assert follow(Forged).reason is Reason.CERTIFICATE_SIGNATURE


def test_a_changed_certificate_is_refused(follow, root):
    class Changed:
        der = root.issue("Банк А").der.replace("Банк А".encode(), "Банк Б".encode())

    assert follow(Changed).reason is Reason.CERTIFICATE_SIGNATURE


def test_a_certificate_without_key_usage_is_refused(follow, root):
    assert follow(root.issue(usages=None)).reason is Reason.CERTIFICATE_PURPOSE


def test_a_certificate_for_encryption_signs_no_message(follow, root):
    leaf = root.issue(usages=["key_encipherment"])

    assert follow(leaf).reason is Reason.CERTIFICATE_PURPOSE


def test_a_certificate_of_a_server_opens_no_client_connection(follow, root):
    leaf = root.issue(extended=[ExtendedKeyUsageOID.SERVER_AUTH])

    assert follow(leaf, purpose=Purpose.TLS).reason is Reason.CERTIFICATE_PURPOSE


def test_a_certificate_of_a_client_opens_a_connection(follow, root):
    leaf = root.issue(extended=[ExtendedKeyUsageOID.CLIENT_AUTH])

    assert follow(leaf, purpose=Purpose.TLS).reason is None


def test_an_authority_signs_no_messages(follow, middle):
    assert follow(middle).reason is Reason.CERTIFICATE_PURPOSE


def test_a_participant_issues_nothing(follow, root):
    key = pki.ec_key()
    participant = root.issue(key=key)
    issuer = pki.Authority(participant.certificate, key)

    path = follow(issuer.issue("Сам себе банк"), known=[participant])

    assert path.reason is Reason.CERTIFICATE_AUTHORITY


def test_an_authority_that_may_not_sign_certificates_is_refused(follow, root):
    helpless = root.subordinate(usages=["crl_sign"])

    assert follow(helpless.issue(), known=[helpless]).reason is Reason.CERTIFICATE_AUTHORITY


def test_the_path_length_of_an_authority_is_obeyed(follow):
    root = pki.Authority.root(path_length=0)
    middle = root.subordinate()

    path = follow(middle.issue(), anchors=[root], known=[middle])

    assert path.reason is Reason.CERTIFICATE_AUTHORITY
    assert follow(root.issue(), anchors=[root]).reason is None


def test_an_unknown_critical_extension_is_refused(follow, root):
    odd = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\5\0")

    assert follow(root.issue(extensions=[(odd, True)])).reason is Reason.CERTIFICATE_EXTENSION
    assert follow(root.issue(extensions=[(odd, False)])).reason is None


def test_name_constraints_of_an_authority_are_not_overlooked(follow, root):
    narrow = x509.NameConstraints([x509.DNSName("example.org")], None)
    middle = root.subordinate(extensions=[(narrow, True)])

    assert follow(middle.issue(), known=[middle]).reason is Reason.CERTIFICATE_EXTENSION


def test_a_chain_of_four_holds_and_one_of_five_does_not(follow, root):
    second = root.subordinate("Второй")
    third = second.subordinate("Третий")
    fourth = third.subordinate("Четвёртый")
    known = [second, third, fourth]

    assert follow(third.issue(), known=known).reason is None
    assert follow(fourth.issue(), known=known).reason is Reason.CERTIFICATE_DEPTH


def test_authorities_that_sign_each_other_do_not_go_round_for_ever(follow, root):
    one, two = pki.Authority.root("Один"), pki.Authority.root("Два")
    crossed = [one.certify(two), two.certify(one)]

    assert follow(one.issue(), known=crossed).reason is not None


def test_a_renewed_authority_of_the_same_name_and_key_is_found(follow, root):
    key = pki.ec_key()
    old = root.subordinate(key=key, until=pki.NOW - pki.DAY)
    new = root.subordinate(key=key)

    assert follow(new.issue(), known=[old, new]).reason is None
    assert follow(new.issue(), known=[new, old]).reason is None


def test_an_intermediate_may_be_the_anchor(follow, middle):
    path = follow(middle.issue(), anchors=[middle], known=[])

    assert len(path.chain) == 2


def test_an_anchor_is_nobodys_participant(follow):
    key = pki.ec_key()
    lone = pki._sign(pki.name("Сам"), pki.name("Сам"), key, key)

    path = follow(pki.Leaf(lone, key), anchors=[pki.Leaf(lone, key)])

    assert path.reason is Reason.CERTIFICATE_ISSUER_UNKNOWN
