import pki
import pytest
from certified import certified
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from gateway.security.algorithms import KeyKind, Scheme
from gateway.security.certificates import CertificateReader
from gateway.security.provider import Providers
from gateway.security.providers.gost_pure import PureGost
from gateway.security.providers.rsa import RsaProvider
from gateway.security.signing import SignerUnusable, read_signer

PROVIDERS = Providers.of((RsaProvider(), PureGost()))
ROOT = pki.Authority.root()


def signer(key, certificate, password=None):
    def asked():
        if password is None:
            pytest.fail("a password was asked for")
        return password

    return read_signer(key, certificate, asked, PROVIDERS, CertificateReader(PROVIDERS))


@pytest.mark.parametrize(
    ("key", "scheme"),
    [
        (pki.rsa_key(), Scheme.RSA_SHA256),
        (pki.ec_key(ec.SECP256R1()), Scheme.ECDSA_SHA256),
        (pki.ec_key(ec.SECP384R1()), Scheme.ECDSA_SHA384),
        (pki.ec_key(ec.SECP521R1()), Scheme.ECDSA_SHA512),
    ],
    ids=["rsa", "p-256", "p-384", "p-521"],
)
def test_scheme_follows_the_key(key, scheme):
    leaf = ROOT.issue(key=key)
    assert signer(leaf.key_pem, leaf.pem).scheme is scheme


@pytest.mark.parametrize("scheme", [Scheme.GOST_256, Scheme.GOST_512], ids=lambda s: s.name)
def test_gost_key_signs_by_gost(scheme):
    made = certified(PureGost(), scheme)
    read = signer(made.key.pem, made.certificate)
    assert (read.scheme, read.certificate) == (scheme, made.certificate)


def test_certificate_may_be_der():
    leaf = ROOT.issue()
    assert signer(leaf.key_pem, leaf.der).certificate == leaf.der


def test_encrypted_key_opens_with_its_password_only():
    leaf = ROOT.issue()
    pem = leaf.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"secret"),
    )
    assert signer(pem, leaf.pem, b"secret").key.kind is KeyKind.EC
    with pytest.raises(SignerUnusable, match="пароль не подходит"):
        signer(pem, leaf.pem, b"other")


def test_key_of_another_certificate_is_refused():
    leaf, other = ROOT.issue(), ROOT.issue()
    with pytest.raises(SignerUnusable, match="не от этого сертификата"):
        signer(leaf.key_pem, other.pem)
    with pytest.raises(SignerUnusable, match="не от этого сертификата"):
        signer(leaf.key_pem, ROOT.issue(key=pki.rsa_key()).pem)


def test_what_is_no_key_or_no_certificate_is_refused():
    leaf = ROOT.issue()
    with pytest.raises(SignerUnusable, match="ключ не читается"):
        signer(b"no key", leaf.pem)
    with pytest.raises(SignerUnusable, match="ключ не читается"):
        signer(leaf.pem, leaf.pem)
    with pytest.raises(SignerUnusable, match="сертификат не годится"):
        signer(leaf.key_pem, b"no certificate")


def test_certificate_with_a_weak_key_is_refused():
    leaf = ROOT.issue(key=pki.rsa_key(1024))
    with pytest.raises(SignerUnusable, match="1024 bits"):
        signer(leaf.key_pem, leaf.pem)
