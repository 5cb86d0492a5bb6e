"""Attacks 50 to 57, 59 and 61: how a signature is made, and whose it is."""

import hmac
from base64 import b64encode
from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta
from functools import partial

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import AuthorityInformationAccessOID
from lxml import etree

from gateway.attacks import forge, forged
from gateway.attacks.attack import Attack, Shot, Surface, answered, nothing, refused
from gateway.attacks.forge import DS, EXCLUSIVE, MORE, Forge, Signed
from gateway.attacks.ground import Ground

_XPATH = "http://www.w3.org/TR/1999/REC-xpath-19991116"
_XSLT = "http://www.w3.org/TR/1999/REC-xslt-19991116"
_ENVELOPED = f"{DS}enveloped-signature"
_INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
_SHA1 = f"{DS}sha1"


def _referring(uri: str, transforms: tuple[str, ...] = (EXCLUSIVE,)) -> forged.Change:
    """Replace the reference to Body by another one with the digest of Body."""

    def change(message: Signed) -> None:
        text = forge.reference(uri, forge.digest(message.body), transforms)
        made = forged.made(text.replace("<d:Reference", f'<d:Reference xmlns:d="{DS}"', 1))
        old = message.part("Reference")
        message.part("SignedInfo").replace(old, made)

    return change


def transforms(ground: Ground) -> Iterator[Shot]:
    """Attack 50."""
    for name, chain in (
        ("xpath", (_XPATH, EXCLUSIVE)),
        ("xpath-filter", ("http://www.w3.org/2002/06/xmldsig-filter2", EXCLUSIVE)),
        ("xslt", (_XSLT, EXCLUSIVE)),
        ("base64", (f"{DS}base64",)),
        ("enveloped-last", (EXCLUSIVE, _ENVELOPED)),
        ("decrypt", ("http://www.w3.org/2002/07/decrypt#XML", EXCLUSIVE)),
        ("unknown", ("urn:evil:transform", EXCLUSIVE)),
        ("none", ()),
    ):
        yield forged.shot(ground, name, _referring("#body", chain), resign=True)


def canonicalizations(ground: Ground) -> Iterator[Shot]:
    """Attack 51."""
    for name, uri in (
        ("inclusive", _INCLUSIVE),
        ("with-comments", f"{EXCLUSIVE}WithComments"),
        ("1.1", "http://www.w3.org/2006/12/xml-c14n11"),
    ):
        yield forged.shot(ground, f"transform-{name}", _referring("#body", (uri,)), resign=True)

        def method(message: Signed, uri: str = uri) -> None:
            message.part("CanonicalizationMethod").set("Algorithm", uri)

        yield forged.shot(ground, f"method-{name}", method, resign=True)
    yield forged.shot(ground, "chain-of-200", _referring("#body", (EXCLUSIVE,) * 200), resign=True)


def reference_floods(ground: Ground) -> Iterator[Shot]:
    """Attack 52."""
    for count in (9, 10_000):

        def flood(message: Signed, count: int = count) -> None:
            info, first = message.part("SignedInfo"), message.part("Reference")
            info.extend(deepcopy(first) for _ in range(count - 2))

        yield forged.shot(ground, f"references-{count}", flood, resign=True)
    yield forged.shot(ground, "50000-ids", lambda message: _crowd(message, "Id"))
    # Nobody signs a foreign header and nobody reads it: it may only cost nothing.
    message = forged.key(ground).sign(ground.envelope(ground.ping(), header=ground.header()))
    _crowd(message, "a")
    yield forged.posted(ground, "50000-attributes", message.octets, answered())


def _crowd(message: Signed, attribute: str) -> None:
    """Add a header block with many elements, each with an attribute."""
    block = etree.SubElement(message.header, "{urn:x}x")
    for number in range(50_000):
        etree.SubElement(block, "x", {attribute: f"x{number}"})


def reference_addresses(ground: Ground) -> Iterator[Shot]:
    """Attack 53."""
    for name, uri in (
        ("http", f"{ground.canary}/signed"),
        ("file", "file:///etc/passwd"),
        ("empty", ""),
        ("pointer", "#xpointer(/)"),
        ("pointer-to-id", "#xpointer(id('body'))"),
        ("bare", "body"),
        ("missing", "#nobody"),
        ("cid", "cid:body"),
        ("spaces", "# body"),
    ):
        yield forged.shot(ground, name, _referring(uri), resign=True)


def key_infos(ground: Ground) -> Iterator[Shot]:
    """Attack 54."""
    token = b64encode(forged.key(ground).certificate).decode()
    single = f"<d:X509Data><d:X509Certificate>{token}</d:X509Certificate></d:X509Data>"
    for name, content in (
        ("retrieval", f'<d:RetrievalMethod URI="{ground.canary}/key"/>'),
        ("retrieval-of-a-file", '<d:RetrievalMethod URI="file:///etc/passwd"/>'),
        ("retrieval-of-itself", '<d:RetrievalMethod URI="#token"/>' * 100),
        ("name", "<d:KeyName>BANK72001</d:KeyName>"),
        (
            "value",
            "<d:KeyValue><d:RSAKeyValue><d:Modulus>AQAB</d:Modulus></d:RSAKeyValue></d:KeyValue>",
        ),
        ("pgp", "<d:PGPData><d:PGPKeyID>AAAA</d:PGPKeyID></d:PGPData>"),
        ("two-certificates", single * 2),
        ("nothing", ""),
    ):
        made = forged.made(f'<d:KeyInfo xmlns:d="{DS}">{content}</d:KeyInfo>')

        def replaced(message: Signed, made: etree._Element = made) -> None:
            message.signature.replace(message.part("KeyInfo"), made)

        yield forged.shot(ground, name, replaced)


def weak_algorithms(ground: Ground) -> Iterator[Shot]:
    """Attack 55."""
    key = forged.key(ground)
    kind = "rsa" if isinstance(key.key, rsa.RSAPrivateKey) else "ecdsa"
    legacy = f"{DS}rsa-sha1" if kind == "rsa" else f"{MORE}ecdsa-sha1"
    message = forged.signed_message(ground)
    message.part("SignatureMethod").set("Algorithm", legacy)
    key.resign(message, hashes.SHA1())  # noqa: S303 -- it is the attack
    yield forged.posted(ground, "sha1", message.octets)
    for name, uri in (
        ("md5", f"{MORE}rsa-md5"),
        ("dsa", f"{DS}dsa-sha1"),
        ("pss", "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1"),
        ("unknown", "urn:evil:none"),
        ("empty", ""),
    ):

        def method(message: Signed, uri: str = uri) -> None:
            message.part("SignatureMethod").set("Algorithm", uri)

        yield forged.shot(ground, name, method, resign=True)
    message = forged.signed_message(ground)
    message.part("SignatureMethod").set("Algorithm", f"{MORE}hmac-sha256")
    octets = forge.canonical(message.part("SignedInfo"))
    value = hmac.digest(key.certificate, octets, "sha256")
    message.part("SignatureValue").text = b64encode(value).decode()
    yield forged.posted(ground, "hmac-with-the-certificate", message.octets)

    def digest(message: Signed) -> None:
        message.part("DigestMethod").set("Algorithm", _SHA1)

    yield forged.shot(ground, "digest-sha1", digest, resign=True)

    def cut(message: Signed) -> None:
        length = etree.SubElement(message.part("SignatureMethod"), f"{{{DS}}}HMACOutputLength")
        length.text = "1"

    yield forged.shot(ground, "output-length", cut, resign=True)


def wrong_certificates(ground: Ground) -> Iterator[Shot]:
    """Attack 56."""
    expected = forged.expected(ground).or_else(
        refused(ground, "CERT_EXPIRED").or_else(forged.expected(ground))
    )
    known = x509.load_der_x509_certificate(forged.key(ground).certificate)
    own = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    now = ground.clock()
    for name, subject, begin, end in (
        ("same-subject", known.subject, -1, 365),
        ("other-subject", x509.Name.from_rfc4514_string("CN=Evil"), -1, 365),
        ("expired", known.subject, -365, -1),
        ("not-yet-valid", known.subject, 1, 365),
    ):
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(known.issuer)
            .public_key(own.public_key())
            .serial_number(known.serial_number)
            .not_valid_before(now + timedelta(days=begin))
            .not_valid_after(now + timedelta(days=end))
            .add_extension(_answering_at(f"{ground.canary}/status"), critical=False)
            .add_extension(_listed_at(f"{ground.canary}/list"), critical=False)
            .sign(own, hashes.SHA256())
        )
        stranger = Forge(own, made.public_bytes(serialization.Encoding.DER))
        message = stranger.sign(ground.envelope(ground.payment(), header=ground.header()))
        yield forged.posted(ground, name, message.octets, expected)
    stolen = Forge(own, forged.key(ground).certificate)
    message = stolen.sign(ground.envelope(ground.payment(), header=ground.header()))
    yield forged.posted(ground, "certificate-without-its-key", message.octets)


def _answering_at(address: str) -> x509.AuthorityInformationAccess:
    location = x509.UniformResourceIdentifier(address)
    ways = (AuthorityInformationAccessOID.OCSP, AuthorityInformationAccessOID.CA_ISSUERS)
    return x509.AuthorityInformationAccess([x509.AccessDescription(way, location) for way in ways])


def _listed_at(address: str) -> x509.CRLDistributionPoints:
    name = [x509.UniformResourceIdentifier(address)]
    return x509.CRLDistributionPoints([x509.DistributionPoint(name, None, None, None)])


def odd_keys(ground: Ground) -> Iterator[Shot]:
    """Attack 57."""
    issuer = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    weak = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 -- it is the attack
    odd = (1 << 16_383) | 1
    for name, public, private in (
        ("rsa-1024", weak.public_key(), weak),
        ("rsa-16384", rsa.RSAPublicNumbers(65537, odd).public_key(), issuer),
        (
            "exponent-3",
            rsa.RSAPublicNumbers(3, issuer.public_key().public_numbers().n).public_key(),
            issuer,
        ),
        (
            "exponent-huge",
            rsa.RSAPublicNumbers((1 << 2000) | 1, (1 << 2047) | 1).public_key(),
            issuer,
        ),
    ):
        made = (
            x509.CertificateBuilder()
            .subject_name(x509.Name.from_rfc4514_string("CN=Odd"))
            .issuer_name(x509.Name.from_rfc4514_string("CN=Odd"))
            .public_key(public)
            .serial_number(1)
            .not_valid_before(ground.clock() - timedelta(days=1))
            .not_valid_after(ground.clock() + timedelta(days=1))
            .sign(issuer, hashes.SHA256())
        )
        odd_one = Forge(private, made.public_bytes(serialization.Encoding.DER))
        message = odd_one.sign(ground.envelope(ground.payment(), header=ground.header()))
        yield forged.posted(ground, name, message.octets)

    def junk(message: Signed) -> None:
        message.security[0].text = b64encode(bytes(100_000)).decode()

    yield forged.shot(ground, "certificate-of-zeros", junk)


def malleable_values(ground: Ground) -> Iterator[Shot]:
    """Attack 59."""

    def spaced(message: Signed) -> None:
        value = message.part("SignatureValue")
        text = value.text or ""
        value.text = "\n".join(text[place : place + 8] for place in range(0, len(text), 8))

    message = forged.key(ground).sign(ground.envelope(ground.ping(), header=ground.header()))
    spaced(message)
    yield forged.posted(ground, "spaces-in-base64", message.octets, answered())

    def longer(message: Signed, octets: bytes) -> None:
        value = message.part("SignatureValue")
        value.text = b64encode(octets).decode()

    for name, octets in (("zeros", bytes(256)), ("one-byte", b"\1"), ("long", bytes(10_000))):
        yield forged.shot(ground, f"value-of-{name}", partial(longer, octets=octets))

    def trailing(message: Signed) -> None:
        message.security[0].text = b64encode(forged.key(ground).certificate + b"\0").decode()

    yield forged.shot(ground, "certificate-with-a-tail", trailing)


ATTACKS = (
    forged.attack(
        50,
        "transform",
        "Чужие преобразования",
        "XPath, XSLT, base64 и другие преобразования выводят часть Body из-под подписи.",
        "разрешено одно преобразование: exc-c14n без комментариев",
        transforms,
    ),
    forged.attack(
        51,
        "canonicalization",
        "Чужая канонизация",
        "Включающая, с комментариями, версии 1.1, цепочкой из двухсот.",
        "разрешена одна каноническая форма",
        canonicalizations,
    ),
    forged.attack(
        52,
        "reference-flood",
        "Потоп ссылок",
        "Десять тысяч ссылок в одной подписи.",
        "не больше восьми ссылок, считаются до вычислений",
        reference_floods,
    ),
    forged.attack(
        53,
        "reference-uri",
        "Адрес ссылки",
        "http, file, xpointer, пустой адрес вместо #имени.",
        "адрес — только #имя элемента этого сообщения; ничего не запрашивается",
        reference_addresses,
    ),
    forged.attack(
        54,
        "key-info",
        "KeyInfo",
        "Ключ предлагают взять по адресу, по имени или из самого сообщения.",
        "читается только один сертификат X.509; ключ ищется в реестре участников",
        key_infos,
    ),
    forged.attack(
        55,
        "weak-algorithm",
        "Слабые алгоритмы",
        "SHA-1, MD5, HMAC с открытым сертификатом вместо ключа, укороченный HMAC.",
        "точный перечень алгоритмов контура",
        weak_algorithms,
    ),
    forged.attack(
        56,
        "wrong-certificate",
        "Не тот сертификат",
        "Просроченный, будущий, чужой, с тем же именем, без своего ключа, с чужими адресами.",
        "сертификат сверяется с зарегистрированным за участником в этом контуре",
        wrong_certificates,
        "SIGNATURE_INVALID, CERT_EXPIRED или AUTH_FAILED; ничего не запрошено",
    ),
    forged.attack(
        57,
        "odd-key",
        "Странные ключи",
        "RSA в 1024 и 16384 бита, показатель 3 и в две тысячи бит, нули вместо сертификата.",
        "RSA от 2048 до 8192 бит, показатель 65537, именованные кривые",
        odd_keys,
    ),
    forged.attack(
        59,
        "malleability",
        "Податливая подпись",
        "Пробелы в base64, хвост у сертификата, другая запись того же значения.",
        "повтор узнаётся по содержимому, а не по подписи; DER без хвоста",
        malleable_values,
        f"{forged.REFUSED}; пробелы в base64 допустимы",
    ),
    Attack(
        61,
        "journal-forgery",
        "Подделка журнала администратором",
        "Запись журнала изменена или удалена в базе.",
        "обнаруживается сверкой и проверкой цепочки, запись названа",
        "цепочка хешей записей, подписанные корни суток вне узла",
        nothing,
        Surface.ELSEWHERE,
        "из сети не проверяется: hub journal verify",
    ),
)
