"""Signature wrapping: every known way to show a reader something else than what was signed.

Each attack changes an honestly signed message. The signature stays mathematically true wherever
that is possible; what must stop it is the question *what* was signed. `ATTACKS` names each one with
the reason it is refused for; None is a message that is no envelope any more.
"""

from collections.abc import Callable
from copy import deepcopy

from envelopes import DS, PAYMENT, Message
from lxml import etree

from gateway.security.document import WSU_ID, XML_ID
from gateway.security.errors import Reason
from gateway.security.token import TOKEN
from gateway.security.wsse import TIMESTAMP
from gateway.soap.parse import MESSAGE_HEADER, SECURITY_HEADER

Attack = Callable[[Message], None]
ATTACKS: dict[str, tuple[Attack, Reason | None]] = {}


def refused_for(reason: Reason | None) -> Callable[[Attack], Attack]:
    def enter(attack: Attack) -> Attack:
        ATTACKS[attack.__name__] = (attack, reason)
        return attack

    return enter


def evil_body(message: Message, **ids: str) -> etree._Element:
    body = etree.Element(message.soap("Body"), ids)
    payment = etree.SubElement(body, f"{{{PAYMENT}}}Pay")
    etree.SubElement(payment, f"{{{PAYMENT}}}amount").text = "1000000.00"
    return body


def replace_body(message: Message, evil: etree._Element) -> etree._Element:
    """Put the evil Body where the reader looks; return the signed one, which is nowhere now."""
    body = message.body
    message.root.replace(body, evil)
    return body


def wrapper(parent: etree._Element, *content: etree._Element) -> etree._Element:
    wrapped = etree.SubElement(parent, "{urn:evil}Wrapper")
    wrapped.extend(content)
    return wrapped


def same_id(message: Message) -> dict[str, str]:
    return {WSU_ID: message.body.get(WSU_ID)}


# The signed Body moved away, an evil one in its place.


@refused_for(Reason.NOT_BODY)
def body_moved_to_header_evil_body_has_no_id(message: Message) -> None:
    message.header.append(replace_body(message, evil_body(message)))


@refused_for(Reason.NOT_BODY)
def body_moved_to_header_evil_body_has_another_id(message: Message) -> None:
    message.header.append(replace_body(message, evil_body(message, **{WSU_ID: "evil"})))


@refused_for(Reason.REFERENCE_AMBIGUOUS)
def body_moved_to_header_evil_body_has_the_same_id(message: Message) -> None:
    message.header.append(replace_body(message, evil_body(message, **same_id(message))))


@refused_for(Reason.NOT_BODY)
def body_moved_to_wrapper_in_header_evil_body_has_no_id(message: Message) -> None:
    wrapper(message.header, replace_body(message, evil_body(message)))


@refused_for(Reason.NOT_BODY)
def body_moved_to_wrapper_in_header_evil_body_has_another_id(message: Message) -> None:
    wrapper(message.header, replace_body(message, evil_body(message, **{WSU_ID: "evil"})))


@refused_for(Reason.REFERENCE_AMBIGUOUS)
def body_moved_to_wrapper_in_header_evil_body_has_the_same_id(message: Message) -> None:
    wrapper(message.header, replace_body(message, evil_body(message, **same_id(message))))


@refused_for(Reason.REFERENCE_AMBIGUOUS)
def evil_body_has_the_same_id_spelled_id(message: Message) -> None:
    evil = evil_body(message, Id=message.body.get(WSU_ID))
    wrapper(message.header, replace_body(message, evil))


@refused_for(Reason.REFERENCE_AMBIGUOUS)
def evil_body_has_the_same_id_spelled_in_capitals(message: Message) -> None:
    evil = evil_body(message, ID=message.body.get(WSU_ID))
    wrapper(message.header, replace_body(message, evil))


@refused_for(Reason.REFERENCE_AMBIGUOUS)
def evil_body_has_the_same_id_in_small_letters(message: Message) -> None:
    evil = evil_body(message, id=message.body.get(WSU_ID))
    wrapper(message.header, replace_body(message, evil))


@refused_for(Reason.REFERENCE_AMBIGUOUS)
def evil_body_has_the_same_xml_id(message: Message) -> None:
    evil = evil_body(message, **{XML_ID: message.body.get(WSU_ID)})
    wrapper(message.header, replace_body(message, evil))


@refused_for(Reason.STRUCTURE)
def body_moved_to_object_of_the_signature(message: Message) -> None:
    held = etree.SubElement(message.signature, f"{DS}Object")
    held.append(replace_body(message, evil_body(message)))


@refused_for(Reason.KEY_INFO)
def body_moved_to_key_info(message: Message) -> None:
    message.signature.find(f"{DS}KeyInfo").append(replace_body(message, evil_body(message)))


@refused_for(Reason.KEY_INFO)
def body_moved_into_the_token_reference(message: Message) -> None:
    holder = message.signature.find(f"{DS}KeyInfo")[0][0]
    holder.append(replace_body(message, evil_body(message)))


@refused_for(Reason.STRUCTURE)
def body_moved_into_signed_info(message: Message) -> None:
    message.signed_info.append(replace_body(message, evil_body(message)))


@refused_for(Reason.TOKEN_FORMAT)
def body_moved_into_the_token(message: Message) -> None:
    message.security.find(TOKEN).append(replace_body(message, evil_body(message)))


@refused_for(Reason.SECURITY_CONTENT)
def body_moved_into_security(message: Message) -> None:
    message.security.append(replace_body(message, evil_body(message)))


@refused_for(Reason.NOT_BODY)
def body_moved_into_the_signed_timestamp(message: Message) -> None:
    message.security.find(TIMESTAMP).append(replace_body(message, evil_body(message)))


# More than one Body, Envelope, Header.


@refused_for(None)
def evil_body_before_the_signed_one(message: Message) -> None:
    message.body.addprevious(evil_body(message, **{WSU_ID: "evil"}))


@refused_for(None)
def evil_body_after_the_signed_one(message: Message) -> None:
    message.root.append(evil_body(message, **{WSU_ID: "evil"}))


@refused_for(None)
def evil_payload_beside_the_signed_one(message: Message) -> None:
    message.body.append(evil_body(message)[0])


@refused_for(Reason.NOT_BODY)
def body_nested_in_the_evil_payload(message: Message) -> None:
    evil = evil_body(message)
    evil[0].append(replace_body(message, evil))


@refused_for(Reason.NOT_BODY)
def envelope_nested_in_the_evil_payload(message: Message) -> None:
    original = deepcopy(message.root)
    evil = evil_body(message)
    original.remove(original.find(message.soap("Header")))
    evil[0].append(original)
    replace_body(message, evil)


@refused_for(Reason.NOT_BODY)
def envelope_nested_in_a_header_block(message: Message) -> None:
    body = replace_body(message, evil_body(message))
    nested = etree.SubElement(wrapper(message.header), message.soap("Envelope"))
    nested.append(body)


@refused_for(Reason.MISSING)
def whole_envelope_nested_in_an_evil_one(message: Message) -> None:
    original = deepcopy(message.root)
    for child in list(message.root):
        message.root.remove(child)
    wrapper(etree.SubElement(message.root, message.soap("Header")), original)
    message.root.append(evil_body(message))


@refused_for(None)
def second_header_before_the_signed_one(message: Message) -> None:
    message.root.insert(0, deepcopy(message.header))


@refused_for(None)
def wrapper_beside_header_and_body(message: Message) -> None:
    wrapper(message.root, replace_body(message, evil_body(message)))


# Parts of Security relocated.


@refused_for(Reason.NOT_TIMESTAMP)
def timestamp_moved_to_a_wrapper_evil_one_has_no_id(message: Message) -> None:
    timestamp = message.security.find(TIMESTAMP)
    evil = deepcopy(timestamp)
    del evil.attrib[WSU_ID]
    message.security.replace(timestamp, evil)
    wrapper(message.header, timestamp)


@refused_for(Reason.REFERENCE_AMBIGUOUS)
def timestamp_moved_to_a_wrapper_evil_one_has_the_same_id(message: Message) -> None:
    timestamp = message.security.find(TIMESTAMP)
    message.security.replace(timestamp, deepcopy(timestamp))
    wrapper(message.header, timestamp)


@refused_for(Reason.SECURITY_CONTENT)
def second_timestamp_beside_the_signed_one(message: Message) -> None:
    evil = deepcopy(message.security.find(TIMESTAMP))
    evil.set(WSU_ID, "evil")
    message.security.append(evil)


@refused_for(Reason.REFERENCE_PLACE)
def timestamp_moved_to_a_wrapper_and_none_left(message: Message) -> None:
    wrapper(message.header, message.security.find(TIMESTAMP))


@refused_for(Reason.TOKEN_PLACE)
def token_moved_to_a_header_block(message: Message) -> None:
    message.header.append(message.security.find(TOKEN))


@refused_for(Reason.TOKEN_PLACE)
def token_moved_to_a_wrapper(message: Message) -> None:
    wrapper(message.header, message.security.find(TOKEN))


@refused_for(Reason.TOKEN_PLACE)
def token_moved_to_the_payload(message: Message) -> None:
    message.body[0].append(message.security.find(TOKEN))


@refused_for(Reason.SECURITY_CONTENT)
def second_token_in_security(message: Message) -> None:
    evil = deepcopy(message.security.find(TOKEN))
    evil.set(WSU_ID, "evil")
    message.security.append(evil)


@refused_for(None)
def second_security_for_the_same_actor(message: Message) -> None:
    evil = etree.SubElement(message.header, SECURITY_HEADER)
    evil.attrib.update(message.security.attrib)


@refused_for(Reason.MISSING)
def security_moved_to_the_payload(message: Message) -> None:
    message.body[0].append(message.security)


@refused_for(Reason.MISSING)
def security_moved_to_a_wrapper(message: Message) -> None:
    security = message.security
    wrapper(message.header, security)


@refused_for(Reason.SECURITY_CONTENT)
def second_signature_in_security(message: Message) -> None:
    message.security.append(deepcopy(message.signature))


# The hub's own header.


@refused_for(Reason.NOT_HEADER)
def message_header_moved_to_a_wrapper_evil_one_in_its_place(message: Message) -> None:
    header = message.header.find(MESSAGE_HEADER)
    evil = deepcopy(header)
    del evil.attrib[WSU_ID]
    evil[0].text = "MALLORY"
    message.header.replace(header, evil)
    wrapper(message.header, header)


@refused_for(None)
def second_message_header(message: Message) -> None:
    evil = deepcopy(message.header.find(MESSAGE_HEADER))
    del evil.attrib[WSU_ID]
    message.header.append(evil)


# References that point by other means.


@refused_for(Reason.REFERENCE_URI)
def reference_by_xpointer(message: Message) -> None:
    body = message.references[0]
    body.set("URI", f"#xpointer(id('{message.body.get(WSU_ID)}'))")


@refused_for(Reason.REFERENCE_URI)
def reference_by_xpointer_to_a_path(message: Message) -> None:
    message.references[0].set("URI", "#xpointer(/*/*[2])")


@refused_for(Reason.REFERENCE_URI)
def reference_to_the_whole_document(message: Message) -> None:
    message.references[0].set("URI", "")


@refused_for(Reason.REFERENCE_URI)
def reference_without_uri(message: Message) -> None:
    del message.references[0].attrib["URI"]


@refused_for(Reason.REFERENCE_URI)
def reference_to_an_address(message: Message) -> None:
    message.references[0].set("URI", "http://evil.example/body.xml")


@refused_for(Reason.REFERENCE_URI)
def reference_to_a_file(message: Message) -> None:
    message.references[0].set("URI", "file:///etc/passwd")


@refused_for(Reason.REFERENCE_UNKNOWN)
def reference_to_nothing(message: Message) -> None:
    message.references[0].set("URI", "#nothing")


# SAML's numbers (XSW1-8), the assertion being the Body and the response the Envelope.


@refused_for(Reason.STRUCTURE)
def xsw1_original_envelope_inside_the_signature(message: Message) -> None:
    original = deepcopy(message.root)
    original.remove(original.find(message.soap("Header")))
    replace_body(message, evil_body(message, **{WSU_ID: "evil"}))
    message.signature.append(original)


@refused_for(Reason.SECURITY_CONTENT)
def xsw2_original_envelope_before_the_detached_signature(message: Message) -> None:
    original = deepcopy(message.root)
    original.remove(original.find(message.soap("Header")))
    replace_body(message, evil_body(message, **{WSU_ID: "evil"}))
    message.signature.addprevious(original)


@refused_for(None)
def xsw3_evil_body_as_first_child(message: Message) -> None:
    message.root.insert(0, evil_body(message, **{WSU_ID: "evil"}))


@refused_for(Reason.NOT_BODY)
def xsw4_evil_body_around_the_signed_one(message: Message) -> None:
    evil = evil_body(message, **{WSU_ID: "evil"})
    evil[0].insert(0, replace_body(message, evil))


@refused_for(None)
def xsw5_changed_body_in_place_signed_copy_at_the_end(message: Message) -> None:
    copy = deepcopy(message.body)
    message.body.set(WSU_ID, "evil")
    message.body[0][0].text = "1000000.00"
    message.root.append(copy)


@refused_for(Reason.STRUCTURE)
def xsw6_changed_body_in_place_signed_copy_in_the_signature(message: Message) -> None:
    copy = deepcopy(message.body)
    message.body.set(WSU_ID, "evil")
    message.body[0][0].text = "1000000.00"
    message.signature.insert(0, copy)


@refused_for(Reason.REFERENCE_AMBIGUOUS)
def xsw7_evil_body_with_the_same_id_in_extensions(message: Message) -> None:
    wrapper(message.header, evil_body(message, **same_id(message)))


@refused_for(Reason.REFERENCE_AMBIGUOUS)
def xsw8_signed_body_in_object_evil_one_with_the_same_id(message: Message) -> None:
    held = etree.SubElement(message.signature, f"{DS}Object")
    held.append(replace_body(message, evil_body(message, **same_id(message))))
