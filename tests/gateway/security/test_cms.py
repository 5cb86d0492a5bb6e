"""CMS of our own making, tried and spoiled; test_cms_openssl.py has that of others."""

from datetime import UTC, datetime

import pytest
from asn1crypto import algos, cms, core, tsp, x509
from certified import certified, certify
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.security import cms as signatures
from gateway.security.algorithms import Hash, Scheme
from gateway.security.errors import CmsReason, CmsRefused
from gateway.security.keys import KeyCache
from gateway.security.policy import ARCHIVE, PRODUCTION_GOST, TEST
from gateway.security.provider import ProviderMissing, Providers
from gateway.security.providers.gost_pure import PureGost
from gateway.security.providers.rsa import RsaProvider

PROVIDERS = Providers.of((RsaProvider(), PureGost()))
SCHEMES = (
    Scheme.RSA_SHA256,
    Scheme.RSA_SHA512,
    Scheme.ECDSA_SHA256,
    Scheme.GOST_256,
    Scheme.GOST_512,
)
SIGNERS = {scheme: certified(PROVIDERS.by_scheme[scheme], scheme) for scheme in SCHEMES}
GOST = SIGNERS[Scheme.GOST_256]
CONTENT = b"content of a file, long enough"
MOMENT = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
each_scheme = pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.name)


def sign(scheme=Scheme.GOST_256, *, attached=False, content=CONTENT, signer=None) -> bytes:
    who = signer or SIGNERS[scheme]
    return signatures.sign(
        [content], who.key, who.certificate, scheme, PROVIDERS, MOMENT, attached=attached
    )


def verify(octets, content=CONTENT, policy=TEST, *, cades=False):
    pieces = None if content is None else [content]
    return signatures.verify(octets, pieces, policy, PROVIDERS, KeyCache(PROVIDERS), cades=cades)


def refused(octets, content=CONTENT, policy=TEST, *, cades=False) -> CmsReason:
    with pytest.raises(CmsRefused) as caught:
        verify(octets, content, policy, cades=cades)
    return caught.value.reason


SIGNED = sign()


def taken_apart(octets: bytes = SIGNED):
    info = cms.ContentInfo.load(octets)
    return info, info["content"], info["content"]["signer_infos"][0]


def signed_again(spoil, attributes=None) -> bytes:
    """Return the signature after `spoil` of its attributes by type, signed by its key again."""
    info, _, signer = taken_apart()
    kept = {one["type"].native: one for one in signer["signed_attrs"]}
    spoil(kept)
    made = cms.CMSAttributes(list(kept.values()) if attributes is None else attributes)
    signer["signature"] = GOST.key.sign(GOST.scheme, made.dump())
    signer["signed_attrs"] = made
    return info.dump()


@each_scheme
def test_content_beside_its_signature_is_verified(scheme):
    proven = verify(sign(scheme), cades=True)
    assert proven.certificate == SIGNERS[scheme].certificate
    assert proven.signed_at == MOMENT
    assert (proven.scheme, proven.names_certificate, proven.content) == (scheme, True, None)


@each_scheme
@pytest.mark.parametrize("content", [CONTENT, b""], ids=["some", "empty"])
def test_attached_content_is_verified_and_given_back(scheme, content):
    assert verify(sign(scheme, attached=True, content=content), None).content == content


def test_content_comes_in_pieces_on_both_sides():
    octets = signatures.sign(
        iter([CONTENT[:7], b"", CONTENT[7:]]),
        GOST.key,
        GOST.certificate,
        GOST.scheme,
        PROVIDERS,
        MOMENT,
    )
    assert octets[:-64] == SIGNED[:-64]  # all but the value, which is random
    pieces = (bytes([octet]) for octet in CONTENT)
    signatures.verify(octets, pieces, TEST, PROVIDERS, KeyCache(PROVIDERS))


@each_scheme
@settings(max_examples=15)
@given(place=st.integers(0, len(CONTENT) * 8 - 1))
def test_flipped_bit_of_the_content_is_refused(scheme, place):
    content = bytearray(CONTENT)
    content[place // 8] ^= 1 << place % 8
    assert refused(OF_SCHEME[scheme], bytes(content)) is CmsReason.DIGEST


OF_SCHEME = {scheme: sign(scheme) for scheme in SCHEMES}


@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
@given(st.sampled_from(SCHEMES), st.data())
def test_any_changed_byte_is_refused_or_changes_nothing_that_is_believed(scheme, data):
    octets = bytearray(OF_SCHEME[scheme])
    place = data.draw(st.integers(0, len(octets) - 1))
    octets[place] ^= data.draw(st.integers(1, 255))
    try:
        proven = verify(bytes(octets))
    except CmsRefused:
        return
    assert proven == verify(OF_SCHEME[scheme])


@given(st.one_of(st.binary(max_size=80), st.integers(0, len(SIGNED) - 1).map(SIGNED.__getitem__)))
def test_what_is_no_signature_is_refused_by_its_form(octets):
    garbage = SIGNED[:octets] if isinstance(octets, int) else octets
    assert refused(garbage) is CmsReason.FORMAT


def test_trailing_bytes_are_refused():
    assert refused(SIGNED + b"\0") is CmsReason.FORMAT


def test_content_in_the_wrong_place_is_refused():
    assert refused(SIGNED, None) is CmsReason.CONTENT
    assert refused(sign(attached=True), CONTENT) is CmsReason.CONTENT


def test_without_a_provider_it_is_a_matter_of_configuration():
    only_rsa = Providers.of((RsaProvider(),))
    with pytest.raises(ProviderMissing):
        signatures.verify(SIGNED, [CONTENT], TEST, only_rsa, KeyCache(only_rsa))


def test_rsa_is_refused_where_only_gost_counts():
    octets = sign(Scheme.RSA_SHA256)
    assert refused(octets, policy=PRODUCTION_GOST) is CmsReason.DIGEST_ALGORITHM


@pytest.mark.parametrize("scheme", [Scheme.GOST_256, Scheme.GOST_512])
def test_oid_of_the_key_is_accepted_as_the_signature_algorithm(scheme):
    info, _, signer = taken_apart(sign(scheme))
    oid = {Scheme.GOST_256: "1.2.643.7.1.1.1.1", Scheme.GOST_512: "1.2.643.7.1.1.1.2"}[scheme]
    signer["signature_algorithm"] = {"algorithm": oid}
    assert verify(info.dump()).scheme is scheme


def test_oid_of_signature_and_digest_is_accepted_for_rsa():
    info, _, signer = taken_apart(sign(Scheme.RSA_SHA256))
    signer["signature_algorithm"] = {"algorithm": Scheme.RSA_SHA256.oid}
    assert verify(info.dump()).scheme is Scheme.RSA_SHA256


@pytest.mark.parametrize(
    ("scheme", "oid", "reason"),
    [
        (Scheme.RSA_SHA256, Scheme.RSA_SHA512.oid, CmsReason.DIGEST_ALGORITHM),
        (Scheme.GOST_256, Scheme.GOST_512.oid, CmsReason.DIGEST_ALGORITHM),
        (Scheme.RSA_SHA256, "1.2.840.113549.1.1.10", CmsReason.ALGORITHM),
        (Scheme.RSA_SHA256, Scheme.ECDSA_SHA256.oid, CmsReason.ALGORITHM),
        (Scheme.GOST_256, "1.2.643.2.2.19", CmsReason.ALGORITHM),
    ],
    ids=["another rsa", "another gost", "pss", "not the key's", "gost 2001"],
)
def test_signature_algorithm_that_does_not_fit_is_refused(scheme, oid, reason):
    info, _, signer = taken_apart(sign(scheme))
    signer["signature_algorithm"] = {"algorithm": oid}
    assert refused(info.dump()) is reason


def test_digest_algorithm_that_is_not_allowed_is_refused():
    info, _, signer = taken_apart(sign(Scheme.RSA_SHA256))
    signer["digest_algorithm"] = {"algorithm": "sha1"}
    octets = info.dump()
    assert refused(octets) is CmsReason.DIGEST_ALGORITHM
    assert refused(octets, policy=ARCHIVE) is CmsReason.VALUE


def test_two_signers_are_refused():
    info, data, signer = taken_apart()
    data["signer_infos"] = cms.SignerInfos([signer.copy(), signer.copy()])
    assert refused(info.dump()) is CmsReason.SIGNERS


def test_signature_without_its_certificate_is_refused():
    info, data, _ = taken_apart()
    other = certified(PureGost(), Scheme.GOST_256, serial=2)
    data["certificates"] = [x509.Certificate.load(other.certificate)]
    assert refused(info.dump()) is CmsReason.CERTIFICATE


def test_certificate_of_the_same_name_and_another_key_is_refused():
    info, data, _ = taken_apart()
    data["certificates"] = [
        x509.Certificate.load(certified(PureGost(), Scheme.GOST_256).certificate)
    ]
    assert refused(info.dump()) is CmsReason.SIGNING_CERTIFICATE


def test_signature_without_attributes_is_refused():
    info, _, signer = taken_apart()
    signer["signature"] = GOST.key.sign(GOST.scheme, CONTENT)
    del signer["signed_attrs"]
    assert refused(info.dump()) is CmsReason.ATTRIBUTES


@pytest.mark.parametrize("name", ["content_type", "message_digest"])
def test_missing_attribute_is_refused(name):
    assert refused(signed_again(lambda kept: kept.pop(name))) is CmsReason.ATTRIBUTES


def test_attribute_of_two_values_or_given_twice_is_refused():
    digests = [core.OctetString(bytes(32)), core.OctetString(GOST.certificate[:32])]
    two = cms.CMSAttribute({"type": "message_digest", "values": digests})
    assert refused(signed_again(lambda kept: kept.update(message_digest=two))) is (
        CmsReason.ATTRIBUTES
    )
    once = cms.CMSAttribute({"type": "message_digest", "values": digests[:1]})
    assert refused(signed_again(lambda kept: kept.update(again=once))) is CmsReason.ATTRIBUTES


def test_content_of_another_type_is_refused():
    other = cms.CMSAttribute({"type": "content_type", "values": ["signed_data"]})
    assert refused(signed_again(lambda kept: kept.update(content_type=other))) is (
        CmsReason.ATTRIBUTES
    )


def test_unsorted_attributes_are_refused_although_their_signature_fits():
    _, _, signer = taken_apart()
    contents = signer["signed_attrs"].contents
    parts = [one.dump() for one in signer["signed_attrs"]][::-1]
    assert b"".join(parts) != contents
    octets = SIGNED.replace(contents, b"".join(parts))
    value = GOST.key.sign(GOST.scheme, bytes((0x31, 0x81, len(contents))) + b"".join(parts))
    assert refused(octets.replace(signer["signature"].native, value)) is CmsReason.ATTRIBUTES


def test_attribute_of_indefinite_length_is_refused():
    _, _, signer = taken_apart()
    attribute = signer["signed_attrs"][0].dump()
    octets = lengthened(SIGNED, attribute, b"\x30\x80" + attribute[2:] + b"\0\0")
    assert refused(octets) is CmsReason.ATTRIBUTES


def lengthened(octets: bytes, old: bytes, new: bytes) -> bytes:
    """Replace a piece of a signature and mend the lengths of all that stands around it."""
    place, more = octets.index(old), len(new) - len(old)
    made = bytearray(octets.replace(old, new))
    for start in range(place):
        long = octets[start + 1] & 0x7F if octets[start + 1] & 0x80 else 0
        size = slice(start + 2, start + 2 + long) if long else slice(start + 1, start + 2)
        end = size.stop + int.from_bytes(octets[size], "big")
        if octets[start] in {0x30, 0x31, 0xA0} and place + len(old) <= end <= len(octets):
            made[size] = (end - size.stop + more).to_bytes(size.stop - size.start, "big")
    return bytes(made)


def test_plain_cms_is_verified_unless_cades_is_wanted():
    octets = signed_again(lambda kept: kept.pop("signing_certificate_v2"))
    assert not verify(octets).names_certificate
    assert refused(octets, cades=True) is CmsReason.SIGNING_CERTIFICATE


def named(**changes):
    digest = PROVIDERS.digest(Hash.SHA1, GOST.certificate)
    return {"cert_hash": digest, **changes}


def first_version(**changes) -> bytes:
    value = tsp.SigningCertificate({"certs": [named(**changes)]})
    attribute = cms.CMSAttribute({"type": "signing_certificate", "values": [value]})
    return signed_again(lambda kept: kept.update(signing_certificate_v2=attribute))


def place(serial: int):
    own = x509.Certificate.load(GOST.certificate)
    issuer = [x509.GeneralName("directory_name", own.issuer)]
    return {"issuer": issuer, "serial_number": serial}


def test_first_version_of_the_attribute_is_checked_too():
    assert verify(first_version(), cades=True).names_certificate
    assert refused(first_version(cert_hash=bytes(20))) is CmsReason.SIGNING_CERTIFICATE


def test_issuer_and_serial_number_of_the_attribute_are_checked():
    assert verify(first_version(issuer_serial=place(1)), cades=True).names_certificate
    assert refused(first_version(issuer_serial=place(2))) is CmsReason.SIGNING_CERTIFICATE


def test_weak_digest_of_the_certificate_is_refused():
    weak = {"hash_algorithm": {"algorithm": "md5"}, "cert_hash": bytes(16)}
    value = tsp.SigningCertificateV2({"certs": [weak]})
    attribute = cms.CMSAttribute({"type": "signing_certificate_v2", "values": [value]})
    octets = signed_again(lambda kept: kept.update(signing_certificate_v2=attribute))
    assert refused(octets) is CmsReason.SIGNING_CERTIFICATE


def test_value_of_an_ec_signature_must_be_der():
    octets = sign(Scheme.ECDSA_SHA256)
    info, _, signer = taken_apart(octets)
    value = signer["signature"].native
    pair = algos.DSASignature.load(value)
    for spoiled in (b"\x30\x81" + value[1:], pair.to_p1363(), value + b"\0", b"\x30\0"):
        signer["signature"] = spoiled
        assert refused(info.dump()) is CmsReason.VALUE


def test_certificate_that_is_not_der_is_refused():
    info, data, _ = taken_apart()
    broken = GOST.certificate.replace(GOST.key.public_key_info[-64:], bytes(64))
    data["certificates"] = [x509.Certificate.load(broken)]
    assert refused(info.dump()) is CmsReason.KEY


def test_scheme_of_archives_and_scheme_of_another_key_do_not_sign():
    rsa = SIGNERS[Scheme.RSA_SHA256]
    for scheme in (Scheme.RSA_SHA1, Scheme.GOST_256):
        with pytest.raises(ValueError, match="does not sign"):
            signatures.sign([b""], rsa.key, rsa.certificate, scheme, PROVIDERS, MOMENT)


def test_same_key_may_have_several_certificates():
    again = certify(GOST.key, GOST.scheme, serial=7)
    assert verify(sign(signer=again)).certificate == again.certificate


def test_refusal_tells_the_operator_why_and_the_sender_nothing():
    with pytest.raises(CmsRefused) as caught:
        verify(SIGNED, b"other")
    assert str(caught.value) == "cms.digest"
    assert caught.value.reason.sentence.endswith(".")
    assert "cms." not in caught.value.text


def test_codes_of_reasons_are_unique():
    codes = [reason.code for reason in CmsReason]
    assert len(set(codes)) == len(codes)
