from datetime import timedelta

import pki
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from gateway.security import asn1
from gateway.security.algorithms import KeyKind, Scheme
from gateway.security.certificates import CertificateReader, CertificateUnusable
from gateway.security.errors import Reason
from gateway.security.provider import Providers
from gateway.security.providers.rsa import RsaProvider

LEAF = pki.Authority.root().issue("Банк «Пример»", inn="7706012716", crl="http://crl.example/")


@pytest.fixture(scope="module")
def root():
    return pki.Authority.root()


@pytest.fixture
def reader():
    return CertificateReader(Providers.of([RsaProvider()]))


def refused(reader, octets):
    with pytest.raises(CertificateUnusable) as seen:
        reader.read(octets)
    return seen.value.reason


def test_a_certificate_tells_who_it_is_for(reader, root):
    leaf = root.issue("Банк «Пример»", inn="7706012716", ogrn="1027700132195")

    certificate = reader.read(leaf.der)

    assert certificate.subject == "CN=Банк «Пример», ИНН ЮЛ=7706012716, ОГРН=1027700132195"
    assert certificate.issuer == "CN=Корневой УЦ"
    assert (certificate.inn, certificate.ogrn) == ("7706012716", "1027700132195")
    assert certificate.serial == leaf.certificate.serial_number
    assert certificate.not_after == leaf.certificate.not_valid_after_utc
    assert certificate.key_usage == {"digital_signature", "content_commitment"}
    assert certificate.thumbprint == leaf.certificate.fingerprint(hashes.SHA256()).hex()
    assert not certificate.is_ca


@pytest.mark.parametrize(
    ("written", "meant"), [("007706012716", "7706012716"), ("500100732259", "500100732259")]
)
def test_the_old_spelling_of_an_organisations_inn_is_undone(reader, root, written, meant):
    assert reader.read(root.issue(old_inn=written).der).inn == meant


def test_the_organisations_inn_goes_before_the_officials(reader, root):
    leaf = root.issue(old_inn="500100732259", inn="7706012716")

    assert reader.read(leaf.der).inn == "7706012716"


def test_snils_and_address_are_not_told(reader, root):
    name = x509.Name(
        [
            x509.NameAttribute(x509.NameOID.COMMON_NAME, "Банк"),
            x509.NameAttribute(x509.ObjectIdentifier("1.2.643.100.3"), "11223344595"),
            x509.NameAttribute(x509.NameOID.STREET_ADDRESS, "ул. Республики, 1"),
        ]
    )

    assert reader.read(root.issue(subject=name).der).subject == "CN=Банк"


def test_a_long_name_is_read_without_a_warning(reader, root):
    long = "Муниципальное автономное общеобразовательное учреждение средняя школа № 1"
    with pytest.warns(UserWarning, match="length"):
        leaf = root.issue(
            subject=x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, long, _validate=False)])
        )

    assert reader.read(leaf.der).subject == f"CN={long}"


def test_an_authority_tells_how_far_it_reaches(reader, root):
    certificate = reader.read(root.subordinate(path_length=1).der)

    assert certificate.is_ca
    assert certificate.path_length == 1
    assert certificate.authority_key_id == reader.read(root.der).subject_key_id


def test_der_and_pem_are_one_certificate(reader, root):
    leaf = root.issue()

    assert reader.read(leaf.pem) == reader.read(leaf.der)


def test_the_addresses_of_a_certificate_are_shown(reader, root):
    leaf = root.issue(crl="http://ca.example/1.crl", ocsp_at="http://ca.example/ocsp")

    certificate = reader.read(leaf.der)

    assert certificate.crl_addresses == ("http://ca.example/1.crl",)
    assert certificate.ocsp_addresses == ("http://ca.example/ocsp",)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda octets: octets + b"\0", id="trailing octet"),
        pytest.param(lambda octets: octets + octets, id="two certificates"),
        pytest.param(lambda octets: octets[:-1], id="cut short"),
        pytest.param(lambda octets: b"", id="nothing"),
        pytest.param(lambda octets: b"0" * 100_000, id="100 kB of something"),
        pytest.param(lambda octets: b"-----BEGIN CERTIFICATE-----\n", id="half a PEM"),
    ],
)
def test_octets_that_are_not_one_certificate_are_refused(reader, root, spoil):
    assert refused(reader, spoil(root.issue().der)) is Reason.CERTIFICATE_UNREADABLE


@pytest.mark.filterwarnings("ignore")
@given(data=st.data())
def test_no_changed_byte_breaks_the_reader(data):
    reader = CertificateReader(Providers.of([RsaProvider()]))
    octets = bytearray(LEAF.der)
    place = data.draw(st.integers(0, len(octets) - 1))
    octets[place] = data.draw(st.integers(0, 255))
    try:
        assert reader.read(bytes(octets)).der == octets
    except CertificateUnusable as error:
        assert error.reason.code.startswith("certificate.")  # noqa: PT017 -- either is right


def test_a_pem_file_with_two_certificates_is_refused(reader, root):
    assert refused(reader, root.pem + root.issue().pem) is Reason.CERTIFICATE_UNREADABLE


def test_a_certificate_that_names_two_signature_algorithms_is_refused(reader, root):
    leaf = root.issue()
    # ecdsa-with-SHA256 becomes ecdsa-with-SHA384 outside of what is signed.
    outer = bytes.fromhex("06082a8648ce3d040302")
    before, _, after = leaf.der.rpartition(outer)

    assert refused(reader, before + outer[:-1] + b"\3" + after) is Reason.CERTIFICATE_UNREADABLE


def test_a_short_rsa_key_is_refused(reader, root):
    assert refused(reader, root.issue(key=pki.rsa_key(1024)).der) is Reason.CERTIFICATE_KEY


def test_an_rsa_key_with_a_small_exponent_is_refused(reader, root):
    leaf = root.issue(key=pki.rsa_key(exponent=3))

    assert refused(reader, leaf.der) is Reason.CERTIFICATE_KEY


def test_a_curve_that_is_spelt_out_is_refused(reader, root):
    named = root.issue().certificate
    explicit = with_explicit_curve(named)

    assert refused(reader, explicit) is Reason.CERTIFICATE_KEY
    assert reader.read(named.public_bytes(serialization.Encoding.DER)) is not None


def test_a_certificate_signed_over_sha_1_is_refused(reader):
    octets = pki.Authority.root(key=pki.rsa_key()).der
    # sha256WithRSAEncryption becomes sha1WithRSAEncryption in both places.
    sha256, sha1 = (bytes.fromhex(f"06092a864886f70d0101{last}") for last in ("0b", "05"))

    assert refused(reader, octets.replace(sha256, sha1)) is Reason.CERTIFICATE_ALGORITHM


def test_a_key_that_no_provider_knows_is_refused(root):
    nobody = CertificateReader(Providers.of([]))

    assert refused(nobody, root.issue().der) is Reason.CERTIFICATE_KEY


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1()])
def test_the_named_curves_are_read(reader, root, curve):
    certificate = reader.read(root.issue(key=pki.ec_key(curve)).der)

    assert certificate.public_key.kind is KeyKind.EC
    assert certificate.public_key.bits == curve.key_size


def test_an_rsa_certificate_is_read(reader):
    authority = pki.Authority.root(key=pki.rsa_key())

    certificate = reader.read(authority.der)

    assert certificate.scheme is Scheme.RSA_SHA256
    assert certificate.public_key.kind is KeyKind.RSA


def test_a_certificate_is_taken_apart_once(reader, root):
    leaf = root.issue()

    assert reader.read(leaf.der) is reader.read(bytes(bytearray(leaf.der)))


def test_critical_extensions_that_nobody_understands_are_listed(reader, root):
    odd = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\5\0")

    certificate = reader.read(root.issue(extensions=[(odd, True)]).der)

    assert certificate.unknown_critical == ("1.2.3.4",)


def test_a_life_of_a_certificate_is_aware_of_its_zone(reader, root):
    certificate = reader.read(root.issue().der)

    assert certificate.not_before.utcoffset() == timedelta(0)


def with_explicit_curve(certificate):
    """Spell P-256 out in the key of a certificate; its signature does not matter here."""
    octets = certificate.public_bytes(serialization.Encoding.DER)
    signed, algorithm, signature = asn1.read(octets).parts()
    fields = signed.parts()
    key = fields[6]
    name, _ = key.parts()[0].parts()
    p = 2**256 - 2**224 + 2**192 + 2**96 - 1
    a, b = p - 3, 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
    generator = bytes.fromhex(
        "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
        "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
    )
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    field = tlv(0x30, tlv(0x06, bytes.fromhex("2a8648ce3d0101")) + integer(p))
    curve = tlv(0x30, tlv(0x04, a.to_bytes(32)) + tlv(0x04, b.to_bytes(32)))
    spelt = tlv(
        0x30, integer(1) + field + curve + tlv(0x04, generator) + integer(order) + integer(1)
    )
    info = tlv(0x30, tlv(0x30, name.encoded + spelt) + key.parts()[1].encoded)
    inner = b"".join(info if one is key else one.encoded for one in fields)
    return tlv(0x30, tlv(0x30, inner) + algorithm.encoded + signature.encoded)


def tlv(tag, content):
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    size = (length.bit_length() + 7) // 8
    return bytes([tag, 0x80 | size]) + length.to_bytes(size) + content


def integer(value):
    return tlv(0x02, value.to_bytes(value.bit_length() // 8 + 1))
