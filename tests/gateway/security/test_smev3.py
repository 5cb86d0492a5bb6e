import copy
from base64 import b64encode

import pytest
from certified import certified
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gateway.kernel import xml
from gateway.security import smev3, smev3_transform
from gateway.security.algorithms import Scheme
from gateway.security.errors import Reason, SignatureRefused
from gateway.security.keys import KeyCache
from gateway.security.policy import (
    EXCLUSIVE_C14N,
    PRODUCTION,
    PRODUCTION_GOST,
    SMEV3_TRANSFORM,
    Limits,
)
from gateway.security.provider import Providers
from gateway.security.providers.gost_pure import PureGost
from gateway.security.providers.rsa import RsaProvider
from gateway.security.token import DS

TYPES = "urn://x-artefacts-smev-gov-ru/services/message-exchange/types/1.1"
BASIC = "urn://x-artefacts-smev-gov-ru/services/message-exchange/types/basic/1.1"
REQUEST = f"""\
<typ:SendRequestRequest xmlns:typ="{TYPES}" xmlns:b="{BASIC}" xmlns:unused="urn:unused">
  <typ:SenderProvidedRequestData Id="SIGNED_BY_CALLER">
    <typ:MessageID>db0486d0-3c08-11e5-95e2-d4c9eff07b77</typ:MessageID>
    <b:MessagePrimaryContent>
      <e:Request xmlns:e="urn://example/1.0.0" e:kind="new" number="7"
        ><e:Sum>100.00</e:Sum><e:Note>a &gt; b &amp; "c"</e:Note><e:None/></e:Request>
    </b:MessagePrimaryContent>
    <typ:PersonalSignature/>
    <typ:TestMessage/>
  </typ:SenderProvidedRequestData>
  <typ:CallerInformationSystemSignature/>
</typ:SendRequestRequest>""".encode()
PROVIDERS = Providers.of((RsaProvider(), PureGost()))
SIGNERS = {
    scheme: certified(PROVIDERS.by_scheme[scheme], scheme)
    for scheme in (Scheme.GOST_256, Scheme.GOST_512, Scheme.RSA_SHA256, Scheme.ECDSA_SHA256)
}
GOST = SIGNERS[Scheme.GOST_256]


def parts(root):
    """Return what is signed and where the signature goes."""
    return root[0], root[-1]


def signed(scheme=Scheme.GOST_256, message=REQUEST) -> bytes:
    root = etree.fromstring(message, xml.make_parser())
    target, container = parts(root)
    signer = SIGNERS[scheme]
    smev3.sign(container, target, signer.key, signer.certificate, scheme, PROVIDERS)
    return etree.tostring(root)


SIGNED = signed()


def verify(octets: bytes, policy=PRODUCTION):
    message = smev3.read(octets, Limits())
    target, container = parts(message.root)
    return smev3.verify(container, target, message, policy, PROVIDERS, KeyCache(PROVIDERS))


def refused(octets: bytes, policy=PRODUCTION) -> Reason:
    with pytest.raises(SignatureRefused) as caught:
        verify(octets, policy)
    return caught.value.reason


def changed(change) -> bytes:
    """Return the signed message after `change` of its tree."""
    root = etree.fromstring(SIGNED, xml.make_parser())
    change(root)
    return etree.tostring(root)


@pytest.mark.parametrize("scheme", SIGNERS, ids=lambda scheme: scheme.name)
def test_signed_request_is_verified(scheme):
    proven = verify(signed(scheme))
    assert (proven.scheme, proven.certificate) == (scheme, SIGNERS[scheme].certificate)


def test_what_is_believed_are_the_octets_that_were_digested():
    message = smev3.read(SIGNED, Limits())
    target, container = parts(message.root)
    proven = smev3.verify(
        container, target, message, PRODUCTION_GOST, PROVIDERS, KeyCache(PROVIDERS)
    )
    assert proven.octets_of(target) == smev3_transform.transform(target)
    assert proven.octets_of(container) is None


def test_signature_names_both_transforms_and_has_no_line_breaks():
    signature = parts(etree.fromstring(SIGNED, xml.parser()))[1][0]
    uris = [step.get("Algorithm") for step in signature.iter(f"{{{DS}}}Transform")]
    assert uris == [EXCLUSIVE_C14N, SMEV3_TRANSFORM]
    assert b"\n" not in etree.tostring(signature)


def test_indented_message_with_other_prefixes_is_verified():
    root = etree.fromstring(SIGNED.replace(b"typ:", b"t:").replace(b":typ=", b":t="), xml.parser())
    etree.indent(root[0], "\t")
    verify(etree.tostring(root))


def test_sender_who_escapes_every_greater_sign_is_verified(monkeypatch):
    always = smev3_transform.Greater.ALWAYS
    plain = smev3_transform.transform
    with monkeypatch.context() as patched:
        patched.setattr(smev3_transform, "transform", lambda element: plain(element, always))
        octets = signed()
    assert verify(octets).parts[0].octets == plain(parts(etree.fromstring(octets))[0], always)


def test_comment_inside_changes_nothing():
    octets = SIGNED.replace(b"100.00", b"100<!-- one hundred -->.00")
    assert b"100.00" in verify(octets).parts[0].octets


def test_changed_value_is_refused():
    assert refused(SIGNED.replace(b"100.00", b"900.00")) is Reason.DIGEST


def test_instruction_anywhere_is_refused():
    assert refused(SIGNED.replace(b"100.00", b"100<?x?>.00")) is Reason.INSTRUCTION
    assert refused(SIGNED + b"<?x?>") is Reason.INSTRUCTION


def test_doctype_is_refused():
    assert refused(b"<!DOCTYPE x>" + SIGNED) is Reason.DOCTYPE


def test_container_without_a_signature_is_refused():
    assert refused(REQUEST) is Reason.MISSING


def test_two_signatures_in_one_container_are_refused():
    assert refused(changed(lambda root: root[-1].append(copy.deepcopy(root[-1][0])))) is (
        Reason.STRUCTURE
    )


def test_signature_over_another_element_than_expected_is_refused():
    def wrap(root):
        genuine = root[0]
        forged = copy.deepcopy(genuine)
        forged.set("Id", "OTHER")
        next(forged.iter("{urn://example/1.0.0}Sum")).text = "900.00"
        root.insert(0, forged)

    assert refused(changed(wrap)) is Reason.NOT_TARGET


def test_two_elements_with_the_id_are_refused():
    def double(root):
        root.insert(0, copy.deepcopy(root[0]))

    assert refused(changed(double)) is Reason.REFERENCE_AMBIGUOUS


def test_signature_that_names_other_transforms_is_refused():
    for uris in ([EXCLUSIVE_C14N], [SMEV3_TRANSFORM], [EXCLUSIVE_C14N] * 2):

        def rename(root, uris=uris):
            steps = next(root.iter(f"{{{DS}}}Transforms"))
            steps[:] = [etree.Element(f"{{{DS}}}Transform", Algorithm=uri) for uri in uris]

        assert refused(changed(rename)) is Reason.TRANSFORM


def test_transform_with_parameters_is_refused():
    def add(root):
        etree.SubElement(list(root.iter(f"{{{DS}}}Transform"))[1], f"{{{DS}}}XPath").text = "0"

    assert refused(changed(add)) is Reason.TRANSFORM


def test_binary_content_that_was_not_put_back_is_refused():
    def include(root):
        etree.SubElement(root[0], "{http://www.w3.org/2004/08/xop/include}Include", href="cid:1")

    assert refused(changed(include)) is Reason.TRANSFORM


def test_attribute_that_the_transform_cannot_carry_is_refused():
    name = "{http://www.w3.org/XML/1998/namespace}lang"
    assert refused(changed(lambda root: root[0].set(name, "ru"))) is Reason.TRANSFORM


def test_rsa_is_refused_where_only_gost_counts():
    assert refused(signed(Scheme.RSA_SHA256), PRODUCTION_GOST) is Reason.ALGORITHM


def test_signature_by_another_key_is_refused():
    other = certified(PureGost(), Scheme.GOST_256, serial=2)

    def swap(root):
        holder = next(root.iter(f"{{{DS}}}X509Certificate"))
        holder.text = b64encode(other.certificate).decode()

    assert refused(changed(swap)) is Reason.VALUE


@given(st.data())
def test_any_changed_byte_of_the_signed_part_is_refused_or_does_not_count(data):
    start, end = SIGNED.index(b"<typ:Sender"), SIGNED.index(b"<typ:Caller")
    place = data.draw(st.integers(start, end - 1))
    octets = bytearray(SIGNED)
    octets[place] ^= data.draw(st.sampled_from([1, 2, 4, 8, 16, 32, 64]))
    try:
        proven = verify(bytes(octets))
    except (SignatureRefused, etree.XMLSyntaxError):
        return
    # White space between elements may be other white space; what is believed is the same.
    assert proven.parts[0].octets == verify(SIGNED).parts[0].octets


@pytest.mark.parametrize(
    "spoil",
    [
        lambda target, container: target.attrib.pop("Id"),
        lambda target, container: etree.SubElement(container, "x"),
        lambda target, container: target.append(container),
    ],
    ids=["no id", "container not empty", "container inside"],
)
def test_elements_that_do_not_fit_are_not_signed(spoil):
    target, container = parts(etree.fromstring(REQUEST, xml.make_parser()))
    spoil(target, container)
    with pytest.raises(ValueError, match="SMEV 3 signs"):
        smev3.sign(container, target, GOST.key, GOST.certificate, Scheme.GOST_256, PROVIDERS)


def test_personal_signature_certifies_the_content_and_the_system_signs_it_too():
    root = etree.fromstring(REQUEST, xml.make_parser())
    target, container = parts(root)
    content, personal = target[1][0], target[2]
    content.set("Id", "PERSONAL_SIGNATURE")
    for place, element in ((personal, content), (container, target)):
        smev3.sign(place, element, GOST.key, GOST.certificate, Scheme.GOST_256, PROVIDERS)
    message = smev3.read(etree.tostring(root), Limits())
    keys = KeyCache(PROVIDERS)
    target, container = parts(message.root)
    for place, element in ((target[2], target[1][0]), (container, target)):
        smev3.verify(place, element, message, PRODUCTION_GOST, PROVIDERS, keys)
