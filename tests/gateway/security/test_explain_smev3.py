"""The explanation of a SMEV 3 signature says what the verifier says."""

import copy
from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_smev3 import PROVIDERS, REQUEST, SIGNED, changed, parts, signed, verify

from gateway.kernel.verdict import Outcome
from gateway.security.algorithms import Hash, Scheme
from gateway.security.canonical import canonical
from gateway.security.certificates import CertificateReader
from gateway.security.errors import Reason, SignatureRefused
from gateway.security.explain_smev3 import explain_smev3, is_smev3
from gateway.security.policy import PRODUCTION, PRODUCTION_GOST
from gateway.security.token import DS

READER = CertificateReader(PROVIDERS)


def explained(octets, policy=PRODUCTION):
    return explain_smev3(octets, policy, PROVIDERS, READER)


def code_of(octets, policy):
    try:
        verify(octets, policy)
    except SignatureRefused as refusal:
        return refusal.reason.code
    return None


def assert_agrees(octets, policy=PRODUCTION):
    told = explained(octets, policy)
    code = code_of(octets, policy)
    assert (told.refusal and told.refusal.code) == code
    if code is None:
        assert {step.outcome for step in told.steps} == {Outcome.PASSED}
    else:
        assert code in told.failed_codes


def reference(octets):
    return next(step for step in explained(octets).steps if step.name == "reference")


@pytest.mark.parametrize("scheme", [Scheme.GOST_256, Scheme.ECDSA_SHA256], ids=lambda s: s.name)
def test_honest_message_passes_every_step(scheme):
    assert_agrees(signed(scheme))
    told = explained(signed(scheme))
    assert [step.name for step in told.steps] == [
        *("octets", "markup", "container", "token", "signed-info", "reference"),
        *("coverage", "value"),
    ]


@pytest.mark.parametrize(
    "octets",
    [
        REQUEST,
        b"<!DOCTYPE x>" + SIGNED,
        SIGNED + b"<?x?>",
        SIGNED.replace(b"100.00", b"900.00"),
        changed(lambda root: root[-1].append(copy.deepcopy(root[-1][0]))),
        changed(lambda root: root[0].set("{http://www.w3.org/XML/1998/namespace}lang", "ru")),
    ],
    ids=["unsigned", "doctype", "instruction", "changed", "two signatures", "xml:lang"],
)
def test_what_the_verifier_refuses_is_explained_so(octets):
    assert is_smev3(octets)
    assert explained(octets).refusal is not None
    assert_agrees(octets)


def test_scheme_that_the_contour_refuses_is_explained_so():
    assert_agrees(signed(Scheme.RSA_SHA256), PRODUCTION_GOST)


@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
@given(data=st.data())
def test_no_changed_byte_makes_explanation_and_verifier_disagree(data):
    octets = bytearray(SIGNED)
    # The names of the two parts, by which tests find them, are left alone.
    place = data.draw(st.integers(octets.index(b"<b:MessagePrimary"), len(octets) - 1))
    octets[place] ^= data.draw(st.sampled_from([1, 2, 4, 8, 16]))
    if is_smev3(bytes(octets)) and len(explained(bytes(octets)).steps) > 3:
        assert_agrees(bytes(octets))


def test_target_that_is_not_known_is_never_believed():
    def double(root):
        other = copy.deepcopy(root[0])
        other.set("Id", "OTHER")
        root.insert(0, other)

    told = explained(changed(double))
    assert told.refusal.code == Reason.NOT_TARGET.code


def test_digest_without_the_transform_is_named():
    def digest(root):
        target = parts(root)[0]
        value = next(root.iter(f"{{{DS}}}DigestValue"))
        value.text = b64encode(PROVIDERS.digest(Hash.STREEBOG256, canonical(target)))

    assert "exclusive" in {hint.cause for hint in reference(changed(digest)).hints}


def test_signature_of_a_person_is_named_and_not_verified():
    octets = changed(lambda root: root[0][2].append(copy.deepcopy(root[-1][0])))
    container = next(step for step in explained(octets).steps if step.name == "container")
    personal = next(fact for fact in container.facts if fact.key == "personal")
    assert len(personal.value) == 1


def test_other_files_are_no_message_of_smev3():
    assert not is_smev3(b"no XML")
    assert not is_smev3(b"<CallerInformationSystemSignature/>")
