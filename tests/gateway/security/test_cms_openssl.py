"""CMS both ways with OpenSSL's command line: keys, certificates and signatures."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import pem

from gateway.security import cms
from gateway.security.algorithms import Scheme
from gateway.security.errors import CmsReason, CmsRefused
from gateway.security.keys import KeyCache
from gateway.security.policy import TEST
from gateway.security.provider import Providers
from gateway.security.providers.gost_pure import PureGost
from gateway.security.providers.rsa import RsaProvider

CONTENT = b"Content of a file\r\nof two lines\n" * 200
KEYS = {
    Scheme.RSA_SHA256: ("rsa:2048", "sha256"),
    Scheme.ECDSA_SHA256: ("ec -pkeyopt ec_paramgen_curve:P-256", "sha256"),
    Scheme.GOST_256: ("gost2012_256 -pkeyopt paramset:A", "md_gost12_256"),
    Scheme.GOST_512: ("gost2012_512 -pkeyopt paramset:B", "md_gost12_512"),
}
each_scheme = pytest.mark.parametrize("scheme", KEYS, ids=lambda scheme: scheme.name)


@dataclass(frozen=True, slots=True)
class Made:
    """A key and a certificate that the command line has made, and its folder."""

    folder: Path
    run: object
    providers: Providers
    scheme: Scheme

    @property
    def certificate(self) -> bytes:
        return pem.unarmor((self.folder / "certificate.pem").read_bytes())[2]

    @property
    def key(self):
        return self.providers.signing_key((self.folder / "key.pem").read_bytes())

    def sign(self, options: str = "") -> bytes:
        digest = "" if "-md " in options else f"-md {KEYS[self.scheme][1]}"
        self.run(
            "cms -sign -binary -in content -signer certificate.pem -inkey key.pem"
            f" -outform DER -out signature {digest} {options}"
        )
        return (self.folder / "signature").read_bytes()

    def verify(self, octets: bytes, content=CONTENT, *, cades=False):
        pieces = None if content is None else [content[:1000], content[1000:]]
        keys = KeyCache(self.providers)
        return cms.verify(octets, pieces, TEST, self.providers, keys, cades=cades)

    def refused(self, octets: bytes) -> CmsReason:
        with pytest.raises(CmsRefused) as caught:
            self.verify(octets)
        return caught.value.reason


@pytest.fixture
def make(request, openssl, tmp_path):
    def made(scheme: Scheme) -> Made:
        gost = scheme in {Scheme.GOST_256, Scheme.GOST_512}
        run = request.getfixturevalue("gost_openssl") if gost else openssl
        provider = request.getfixturevalue("engine") if gost else PureGost()
        (tmp_path / "content").write_bytes(CONTENT)
        run(
            f"req -x509 -newkey {KEYS[scheme][0]} -nodes -keyout key.pem"
            " -out certificate.pem -days 3 -subj /CN=x"
        )
        return Made(tmp_path, run, Providers.of((RsaProvider(), provider)), scheme)

    return made


@pytest.fixture
def rsa(make) -> Made:
    return make(Scheme.RSA_SHA256)


@each_scheme
def test_command_line_signs_and_we_verify(make, scheme):
    made = make(scheme)
    proven = made.verify(made.sign("-cades"), cades=True)
    assert (proven.certificate, proven.scheme) == (made.certificate, scheme)
    assert abs(proven.signed_at - datetime.now(UTC)) < timedelta(minutes=1)
    attached = made.verify(made.sign("-nodetach"), None)
    assert (attached.content, attached.names_certificate) == (CONTENT, False)


@each_scheme
def test_we_sign_and_the_command_line_verifies(make, scheme):
    made = make(scheme)
    for attached, option in ((False, "-content content"), (True, "")):
        octets = cms.sign(
            [CONTENT],
            made.key,
            made.certificate,
            scheme,
            made.providers,
            datetime.now(UTC),
            attached=attached,
        )
        (made.folder / "ours").write_bytes(octets)
        command = f"cms -verify -cades -binary -inform DER -in ours {option}"
        said = made.run(f"{command} -CAfile certificate.pem -purpose any")
        assert said == CONTENT


@each_scheme
def test_signature_of_indefinite_length_is_verified(make, scheme):
    made = make(scheme)
    octets = made.sign("-nodetach -stream")
    assert octets[:2] == b"\x30\x80"
    assert made.verify(octets, None).content == CONTENT


def test_certificate_may_be_named_by_its_key_identifier(rsa):
    assert rsa.verify(rsa.sign("-keyid")).certificate == rsa.certificate


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ("-noattr", CmsReason.ATTRIBUTES),
        ("-nocerts", CmsReason.CERTIFICATE),
        ("-md sha1", CmsReason.DIGEST_ALGORITHM),
        ("-keyopt rsa_padding_mode:pss", CmsReason.ALGORITHM),
        ("-econtent_type 1.2.840.113549.1.9.16.1.4", CmsReason.ATTRIBUTES),
        ("-nodetach", CmsReason.CONTENT),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_signature_outside_the_profile_is_refused(rsa, options, reason):
    assert rsa.refused(rsa.sign(options)) is reason


def test_two_signers_are_refused(rsa):
    once = rsa.sign()
    rsa.run(
        "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out certificate.pem -days 3 -subj /CN=y"
    )
    rsa.run(
        "cms -resign -binary -in signature -inform DER -signer certificate.pem -inkey key.pem"
        " -outform DER -out twice"
    )
    assert rsa.verify(once)
    assert rsa.refused((rsa.folder / "twice").read_bytes()) is CmsReason.SIGNERS


def test_encrypted_content_is_no_signature(rsa):
    rsa.run("cms -encrypt -in content -outform DER -out secret certificate.pem")
    assert rsa.refused((rsa.folder / "secret").read_bytes()) is CmsReason.FORMAT
