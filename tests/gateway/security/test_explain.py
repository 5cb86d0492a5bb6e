"""The explanation of a verification says what the verifier says, and where a message differs."""

from base64 import b64decode, b64encode
from datetime import timedelta
from uuid import uuid4

import pytest
from certified import certified
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.hashes import SHA256
from envelopes import BOTH_VERSIONS, DS, NOW, PROVIDERS, Message, plain, signed, verify
from hypothesis import given
from hypothesis import strategies as st
from identities import Identity
from lxml import etree
from test_surgery import OPERATIONS
from wrapping import ATTACKS

from gateway.kernel import xml
from gateway.kernel.errors import GatewayError
from gateway.kernel.verdict import Outcome
from gateway.security import smev3_transform, wsse
from gateway.security.algorithms import Hash, Scheme
from gateway.security.canonical import canonical
from gateway.security.certificates import CertificateReader
from gateway.security.document import WSU_ID
from gateway.security.errors import Reason, SignatureRefused
from gateway.security.explain import explain, version_of
from gateway.security.explanation import Explanation, Step
from gateway.security.keys import KeyCache
from gateway.security.policy import PRODUCTION_GOST, TEST, Policy
from gateway.security.provider import Providers
from gateway.security.providers.gost_pure import PureGost
from gateway.security.providers.rsa import RsaProvider
from gateway.soap.parse import Version, parse

EVERY = Providers.of((RsaProvider(), PureGost()))
READER = CertificateReader(EVERY)

both_versions = pytest.mark.parametrize("version", BOTH_VERSIONS, ids=lambda v: v.name.lower())


def explained(octets: bytes, policy: Policy = TEST, providers=PROVIDERS, now=NOW) -> Explanation:
    return explain(octets, policy, providers, READER, now)


def code_of(octets: bytes, version: Version, **options) -> str | None:
    """Return the code with which the verifier itself refuses."""
    try:
        verify(octets, version, **options)
    except SignatureRefused as refusal:
        return refusal.reason.code
    except GatewayError as refusal:
        return refusal.code
    return None


def assert_agrees(octets: bytes, version: Version, **options) -> None:
    """Hold the law: the verdict is the verifier's, and no step contradicts it."""
    told = explained(octets, **options)
    code = code_of(octets, version, **options)
    assert (told.refusal and told.refusal.code) == code
    if code is None:
        assert {step.outcome for step in told.steps} == {Outcome.PASSED}
    else:
        assert code in told.failed_codes


def steps(told: Explanation, name: str) -> list[Step]:
    return [step for step in told.steps if step.name == name]


def facts(step: Step) -> dict[str, object]:
    return {fact.key: fact.value for fact in step.facts}


def causes(step: Step) -> set[str]:
    return {hint.cause for hint in step.hints}


def with_digest(message: Message, octets: bytes, algorithm: Hash = Hash.SHA256) -> bytes:
    """Let the first reference, which is the Body's, claim the digest of other bytes."""
    value = message.references[0].find(f"{DS}DigestValue")
    value.text = b64encode(PROVIDERS.digest(algorithm, octets))
    return message.octets()


def causes_for(make, identity: Identity) -> set[str]:
    """Return the causes told when a sender has digested what `make` gives for the Body."""
    message = signed(identity)
    octets = with_digest(message, make(message.body))
    return causes(steps(explained(octets), "reference")[0])


@both_versions
def test_honest_message_passes_every_step(identity, version):
    told = explained(signed(identity, version).octets())
    assert told.refusal is None
    assert [step.name for step in told.steps] == [
        *("octets", "envelope", "security", "markup", "token", "signed-info"),
        *("reference", "reference", "reference"),
        *("coverage", "value", "timestamp"),
    ]
    assert {step.outcome for step in told.steps} == {Outcome.PASSED}


@both_versions
@pytest.mark.parametrize("name", ATTACKS)
def test_wrapped_message_is_explained_as_the_verifier_refuses_it(ec, version, name):
    message = signed(ec, version)
    ATTACKS[name][0](message)
    assert_agrees(message.octets(), version)


@given(data=st.data(), version=st.sampled_from(BOTH_VERSIONS))
def test_no_surgery_makes_explanation_and_verifier_disagree(ec: Identity, data, version):
    message = signed(ec, version)
    for _ in range(data.draw(st.integers(1, 3))):
        others = list(message.root.iter())[1:]
        if not others:
            break
        operation = data.draw(st.sampled_from(OPERATIONS))
        operation(data, message.root, data.draw(st.sampled_from(others)))
    assert_agrees(message.octets(), version)


@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
@given(data=st.data())
def test_no_changed_byte_makes_explanation_and_verifier_disagree(ec: Identity, data):
    octets = bytearray(signed(ec).octets())
    place = data.draw(st.integers(0, len(octets) - 1))
    octets[place] = data.draw(st.integers(0, 255))
    changed = bytes(octets)
    assert_agrees(changed, version_of(changed))


@pytest.mark.parametrize(
    "octets",
    [b"", b"no XML", b"<a/>", b"\xff\xfe<\x00a\x00/\x00>\x00", plain(Version.SOAP11)],
    ids=["empty", "text", "no envelope", "utf-16", "unsigned"],
)
def test_what_is_no_signed_envelope_is_explained_too(octets):
    assert_agrees(octets, version_of(octets))


def test_message_out_of_its_time_or_for_another_contour_is_explained_as_refused(ec):
    octets = signed(ec).octets()
    hour = timedelta(hours=1)
    for options, reason in (
        ({"now": NOW + hour}, Reason.TIMESTAMP_STALE),
        ({"now": NOW - hour}, Reason.TIMESTAMP_FUTURE),
        ({"policy": PRODUCTION_GOST}, Reason.ALGORITHM),
    ):
        assert_agrees(octets, Version.SOAP11, **options)
        assert explained(octets, **options).refusal.code == reason.code


def test_message_for_another_actor_is_looked_at_to_the_end(ec):
    told = explained(signed(ec, actor="urn:other").octets())
    assert told.refusal.code == Reason.SECURITY_ACTOR.code
    assert facts(steps(told, "security")[0])["actor"] == "urn:other"
    assert steps(told, "value")[0].outcome is Outcome.PASSED


def test_certificate_is_told_before_anybody_trusts_it(rsa):
    told = facts(steps(explained(signed(rsa).octets()), "token")[0])
    assert told["subject"] == told["issuer"] == "CN=Участник 1"
    assert told["key"] == "RSA, 2048 бит"
    assert {"inn", "ogrn", "serial", "not-before", "not-after", "thumbprint"} <= set(told)


def test_changed_body_is_told_by_place_digests_and_canonical_bytes(ec):
    message = signed(ec)
    message.body[0][0].text = "900.00"
    body, header, _ = steps(explained(message.octets()), "reference")
    told = facts(body)
    assert told["element"] == "Body"
    assert told["path"] == "/s:Envelope/s:Body"
    assert told["line"] == 2
    assert told["comparison"] == "РАСХОДИТСЯ"
    computed = PROVIDERS.digest(Hash.SHA256, canonical(message.body))
    assert b64decode(told["computed"]) == computed != b64decode(told["claimed"])
    assert "900.00" in "".join(told["canonical-head"])
    assert (body.octets, body.file) == (canonical(message.body), "reference-1.xml")
    assert causes(body) == {"unknown"}
    assert (header.outcome, facts(header)["comparison"]) == (Outcome.PASSED, "совпадает")


def test_elements_with_one_id_are_named_with_their_lines(ec):
    message = signed(ec)
    name = message.body.get(WSU_ID)
    etree.SubElement(message.header, "{urn:evil}Wrapper", {WSU_ID: name})
    holders = facts(steps(explained(message.octets()), "markup")[0])["holders"]
    assert len(holders) == 2
    assert "/s:Envelope/s:Body (строка 2)" in holders


def test_body_that_is_not_covered_is_named(ec):
    message = signed(ec)
    ATTACKS["body_moved_to_header_evil_body_has_no_id"][0](message)
    coverage = steps(explained(message.octets()), "coverage")[0]
    assert facts(coverage)["body"] == "не подписан"
    assert facts(coverage)["message-header"] == "ссылка 2"


def test_missing_provider_is_told_and_is_no_broken_signature():
    signer = certified(PureGost(), Scheme.GOST_256)
    made = wsse.Signer(signer.key, signer.certificate, signer.scheme)
    octets = wsse.sign(plain(Version.SOAP11), made, EVERY, uuid4, NOW)
    assert explained(octets, providers=EVERY).refusal is None
    told = explained(octets)
    assert told.refusal.code == "provider.missing"
    assert steps(told, "value")[0].refusal == told.refusal


def test_digest_by_a_hash_that_the_contour_refuses_is_computed_all_the_same(ec):
    message = signed(ec)
    message.references[0].find(f"{DS}DigestMethod").set("Algorithm", Hash.SHA1.uri)
    body = steps(explained(with_digest(message, canonical(message.body), Hash.SHA1)), "reference")[
        0
    ]
    assert body.refusal.code == Reason.DIGEST_ALGORITHM.code
    assert facts(body)["comparison"] == "совпадает"


def causes_of(octets: bytes, digested: bytes) -> set[str]:
    """Return the causes told when the Body of a message claims the digest of `digested`."""
    message = Message(etree.fromstring(octets, xml.parser()), Version.SOAP11)
    return causes(steps(explained(with_digest(message, digested)), "reference")[0])


def test_values_that_were_trimmed_after_the_digest_are_named(ec):
    octets = wsse.sign(plain(Version.SOAP11, "1"), ec.signer(), PROVIDERS, uuid4, NOW)
    told = steps(explained(octets.replace(b">1<", b"> 1 <")), "reference")[0]
    assert "trimmed" in causes(told)


def test_another_encoding_of_the_digested_text_is_named(ec):
    octets = wsse.sign(plain(Version.SOAP11, "Обед"), ec.signer(), PROVIDERS, uuid4, NOW)
    body = canonical(etree.fromstring(octets)[-1]).decode().encode("windows-1251")
    assert "windows-1251" in causes_of(octets, body)


def test_another_list_of_prefixes_is_named(ec):
    octets = signed(ec).octets().replace(b"<s:Envelope ", b'<s:Envelope xmlns:o="urn:o" ')
    body = etree.fromstring(octets)[-1]
    assert "prefix-list" in causes_of(octets, canonical(body, ["o", "p", "s", "wsu"]))


def test_carriage_returns_that_the_sender_did_not_digest_are_named(ec):
    octets = wsse.sign(plain(Version.SOAP11, "1&#13;\n2"), ec.signer(), PROVIDERS, uuid4, NOW)
    body = canonical(etree.fromstring(octets)[-1]).replace(b"&#xD;", b"")
    assert "no-carriage-returns" in causes_of(octets, body)


def without_id(body):
    octets = canonical(body)
    start, end = octets.index(b" xmlns:wsu="), octets.index(b"><p:Pay")
    return octets[:start] + octets[end:]


def test_inclusive_canonicalization_is_named(ec):
    octets = signed(ec).octets().replace(b"<s:Envelope ", b'<s:Envelope xmlns:other="urn:o" ')
    message = Message(etree.fromstring(octets, xml.parser()), Version.SOAP11)
    made = with_digest(message, etree.tostring(message.body, method="c14n"))
    assert "inclusive" in causes(steps(explained(made), "reference")[0])


@pytest.mark.parametrize(
    ("make", "cause"),
    [
        (without_id, "no-id"),
        (lambda body: canonical(body[0]), "content"),
        (lambda body: b"\xef\xbb\xbf" + canonical(body), "bom"),
        (lambda body: canonical(body).decode().encode("utf-16"), "utf-16"),
        (
            lambda body: (
                canonical(body).replace(b"s:Body", b"soap:Body").replace(b":s=", b":soap=")
            ),
            "prefix",
        ),
        (smev3_transform.transform, "smev3"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_known_mistake_of_a_signing_program_is_named(ec, make, cause):
    assert cause in causes_for(make, ec)


def test_indentation_after_signing_is_named(ec):
    message = signed(ec)
    etree.indent(message.root)
    told = steps(explained(message.octets()), "reference")[0]
    assert "indented" in causes(told)


def test_carriage_returns_of_the_sender_are_named(ec):
    octets = wsse.sign(plain(Version.SOAP11, "1&#13;\n2"), ec.signer(), PROVIDERS, uuid4, NOW)
    told = steps(explained(octets.replace(b"&#xD;", b"\r")), "reference")[0]
    assert "carriage-returns" in causes(told)


def test_comments_that_were_digested_are_named(ec):
    message = signed(ec)
    octets = message.octets().replace(b">100.00<", b">100<!-- c -->.00<")
    root = etree.fromstring(octets, xml.make_parser(comments=True))
    body = etree.tostring(root[-1], method="c14n", exclusive=True, with_comments=True)
    claimed = b64encode(PROVIDERS.digest(Hash.SHA256, body))
    value = message.references[0].find(f"{DS}DigestValue").text.encode()
    told = steps(explained(octets.replace(value, claimed)), "reference")[0]
    assert "comments" in causes(told)


def test_bytes_of_the_file_digested_as_they_stand_are_named(ec):
    message = signed(ec)
    octets = message.octets().replace(b"<s:Body ", b"<s:Body  ")
    raw = octets[octets.index(b"<s:Body") : octets.index(b"</s:Envelope>")]
    claimed = b64encode(PROVIDERS.digest(Hash.SHA256, raw))
    value = message.references[0].find(f"{DS}DigestValue").text.encode()
    told = steps(explained(octets.replace(value, claimed)), "reference")[0]
    assert "raw" in causes(told)


def test_other_hash_and_reversed_digest_are_named(ec):
    message = signed(ec)
    octets = with_digest(message, canonical(message.body), Hash.SHA512)
    assert "other-hash" in causes(steps(explained(octets), "reference")[0])
    value = message.references[0].find(f"{DS}DigestValue")
    value.text = b64encode(PROVIDERS.digest(Hash.SHA256, canonical(message.body))[::-1])
    assert "reversed" in causes(steps(explained(message.octets()), "reference")[0])


def test_content_packed_after_signing_is_suspected(ec):
    message = signed(ec)
    include = "{http://www.w3.org/2004/08/xop/include}Include"
    etree.SubElement(message.body[0][0], include, href="cid:1")
    assert "mtom" in causes(steps(explained(message.octets()), "reference")[0])


def test_value_in_der_is_named(ec):
    message = signed(ec)
    value = message.signature.find(f"{DS}SignatureValue")
    value.text = b64encode(ec.key._key.sign(canonical(message.signed_info), ECDSA(SHA256())))
    step = steps(explained(message.octets()), "value")[0]
    assert (step.refusal.code, causes(step)) == (Reason.VALUE.code, {Reason.VALUE.code, "der"})


def test_value_of_cryptoapi_with_its_bytes_reversed_is_named(rsa):
    message = signed(rsa)
    value = message.signature.find(f"{DS}SignatureValue")
    value.text = b64encode(b64decode(value.text)[::-1])
    assert "reversed" in causes(steps(explained(message.octets()), "value")[0])


def test_value_over_indented_signed_info_is_named(ec):
    message = signed(ec)
    etree.indent(message.signed_info)
    step = steps(explained(message.octets()), "value")[0]
    assert "indented" in causes(step)


def test_explaining_leaves_the_message_as_it_was(ec):
    octets = signed(ec).octets()
    envelope = parse(octets, Version.SOAP11)
    explained(octets)
    verified = wsse.verify(envelope, TEST, PROVIDERS, KeyCache(PROVIDERS), NOW)
    assert verified.body == verify(octets).body
