import pytest
from lxml import etree

from gateway.kernel import xml
from gateway.security import document
from gateway.security.document import WSU, WSU_ID, XML_ID, survey
from gateway.security.errors import Reason, SignatureRefused
from gateway.security.policy import Limits

LIMITS = Limits()


def tree(text: str) -> etree._Element:
    return etree.fromstring(text.encode(), xml.make_parser(instructions=True))


def refusal(text: str, limits: Limits = LIMITS) -> SignatureRefused:
    with pytest.raises(SignatureRefused) as refused:
        survey(tree(text), limits)
    return refused.value


def nested(depth: int) -> str:
    return "<a>" * depth + "</a>" * depth


def declaring(count: int, start: int = 0) -> str:
    return "".join(f' xmlns:p{n}="urn:{n}"' for n in range(start, start + count))


def attributes(count: int) -> str:
    return "".join(f' a{n}=""' for n in range(count))


@pytest.mark.parametrize(
    "text",
    [
        nested(64),
        f"<a{declaring(32)}/>",
        "<a>" + "".join(f"<b{declaring(32, 32 * n)}/>" for n in range(4)) + "</a>",
        f"<a{attributes(64)}/>",
        f"<a><{'n' * 256}/><b/></a>",
        f"<a {'n' * 256}=''/>",
        f"<a xmlns='urn:{'u' * 300}'/>",
        "<a>" + "<b/>" * 99 + "</a>",
        "<a>" + "<b xmlns='urn:b'/>" * 99 + "</a>",
    ],
    ids=[
        "depth",
        "ns",
        "all ns",
        "attributes",
        "name",
        "attribute name",
        "namespace",
        "elements",
        "lines",
    ],
)
def test_markup_at_the_limit_is_taken(text):
    survey(tree(text), Limits(elements=100))


@pytest.mark.parametrize(
    "text",
    [
        nested(65),
        f"<a{declaring(33)}/>",
        f"<a><b{declaring(33)}/></a>",
        "<a>" + "".join(f"<b{declaring(26, 26 * n)}/>" for n in range(5)) + "</a>",
        f"<a{attributes(65)}/>",
        f"<a><{'n' * 257}/><b/></a>",
        f"<a><b><p:{'n' * 257} xmlns:p='urn:p'/></b><c/></a>",
        f"<a {'n' * 257}=''/>",
        "<a>" + "<b/>" * 100 + "</a>",
    ],
    ids=[
        *["depth", "ns", "inner ns", "all ns", "attributes"],
        *["name", "local name", "attribute name", "elements"],
    ],
)
def test_markup_beyond_the_limit_is_refused(text):
    assert refusal(text, Limits(elements=100)).reason is Reason.LIMIT


@pytest.mark.parametrize(
    "text",
    ["<a><?x?></a>", "<a><b><?x y?></b></a>", "<?xml-stylesheet href='a'?><a/>", "<a/><?x?>"],
)
def test_processing_instructions_are_refused(text):
    assert refusal(text).reason is Reason.INSTRUCTION


SPELLINGS = {"wsu:Id": WSU_ID, "xml:id": XML_ID, "Id": "Id", "ID": "ID", "id": "id"}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_of_an_id_is_found(spelling):
    root = tree(f'<a xmlns:wsu="{WSU}"><b/><c {spelling}="x-1"/></a>')
    assert survey(root, LIMITS).find("#x-1") is root[1]


@pytest.mark.parametrize("first", SPELLINGS)
@pytest.mark.parametrize("second", SPELLINGS)
def test_one_id_on_two_elements_is_never_resolved(first, second):
    root = tree("<a><b/><c/></a>")
    root[0].set(SPELLINGS[first], "x")
    root[1].set(SPELLINGS[second], "x")
    with pytest.raises(SignatureRefused) as refused:
        survey(root, LIMITS).find("#x")
    assert refused.value.reason is Reason.REFERENCE_AMBIGUOUS


def test_one_element_may_not_carry_one_id_in_two_spellings():
    text = f'<a xmlns:wsu="{WSU}" Id="x" wsu:Id="x"/>'
    assert refusal(text).reason is Reason.REFERENCE_AMBIGUOUS


@pytest.mark.parametrize("spelling", ["Id", "ID", "id", "wsu:Id"])
@pytest.mark.parametrize("true_id_first", [True, False])
def test_id_of_web_services_security_is_nobody_elses_whoever_asks(spelling, true_id_first):
    one, other = '<b wsu:Id="x"/>', f'<c {spelling}="x"/>'
    inner = one + other if true_id_first else other + one
    text = f'<a xmlns:wsu="{WSU}">{inner}</a>'
    assert refusal(text).reason is Reason.REFERENCE_AMBIGUOUS


def test_plain_ids_of_a_payload_may_repeat_while_nobody_asks_for_them():
    root = tree('<a><b id="1"/><b id="1"/><c Id="x"/></a>')
    assert survey(root, LIMITS).find("#x") is root[2]


@pytest.mark.parametrize(
    "uri",
    [
        *[None, "", "#", "x", "#x y", "#1", "##x", "#x#x", "#-x", "#x:y", "#xpointer(/)"],
        *["#xpointer(id('x'))", "http://x/#x", "file:///x", "cid:x", " #x", "#x\n", "?#x", "#%78"],
    ],
)
def test_nothing_but_a_bare_name_is_followed(uri):
    with pytest.raises(SignatureRefused) as refused:
        survey(tree('<a id="x"/>'), LIMITS).find(uri)
    assert refused.value.reason is Reason.REFERENCE_URI


def test_a_name_that_nobody_has_is_unknown():
    with pytest.raises(SignatureRefused) as refused:
        survey(tree('<a id="x"/>'), LIMITS).find("#y")
    assert refused.value.reason is Reason.REFERENCE_UNKNOWN


def test_names_in_russian_are_names():
    root = tree('<a id="тело-1"/>')
    assert document.survey(root, LIMITS).find("#тело-1") is root
