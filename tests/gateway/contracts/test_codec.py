import datetime as dt
import traceback
from dataclasses import dataclass, field
from decimal import Decimal, Inexact
from enum import Enum, IntEnum

import pytest
from lxml import etree

from adapters.bank.messages.bank_payment import RegisterPaymentResponse, ResultCode
from adapters.bank.messages.payment_registry import (
    GetRegistryStatusRequest,
    LineStatus,
    RegistryLineType,
    SubmitRegistryRequest,
)
from gateway.contracts import codec
from gateway.contracts.errors import CodecMismatch
from gateway.contracts.messages.common import Page, PayChannel
from gateway.kernel.errors import ValidationError
from gateway.kernel.xml import make_parser

YEKATERINBURG = dt.timezone(dt.timedelta(hours=5))
NS = "urn:test"


class Colour(Enum):
    RED = "красный & <алый>"
    BLUE = "blue"


class Level(IntEnum):
    LOW = 0
    HIGH = 7


def element(name: str, **metadata):
    return {"name": name, "type": "Element", "namespace": NS, **metadata}


@dataclass(slots=True, kw_only=True)
class Everything:
    class Meta:
        name = "Everything"
        namespace = NS

    number: int | None = field(default=None, metadata={"type": "Attribute"})
    label: str | None = field(default=None, metadata={"type": "Attribute"})
    text: str | None = field(default=None, metadata=element("text"))
    token: str | None = field(default=None, metadata=element("token", white_space="collapse"))
    flag: bool | None = field(default=None, metadata=element("flag"))
    weight: Decimal | None = field(default=None, metadata=element("weight"))
    price: Decimal | None = field(default=None, metadata=element("price", fraction_digits=2))
    moment: dt.datetime | None = field(default=None, metadata=element("moment"))
    day: dt.date | None = field(default=None, metadata=element("day"))
    hour: dt.time | None = field(default=None, metadata=element("hour"))
    octets: bytes | None = field(default=None, metadata=element("octets"))
    colour: Colour | None = field(default=None, metadata=element("colour"))
    level: Level | None = field(default=None, metadata=element("level"))
    part: list["Everything"] = field(default_factory=list, metadata=element("part"))
    names: list[str] = field(default_factory=list, metadata=element("name"))


@dataclass(slots=True, kw_only=True)
class Amount:
    class Meta:
        name = "Amount"
        namespace = NS

    value: Decimal = field(metadata={"fraction_digits": 2})
    currency: str = field(metadata={"type": "Attribute", "required": True})


def read(inner: str) -> Everything:
    text = f"<Everything xmlns='{NS}'>{inner}</Everything>"
    return codec.decode(Everything, etree.fromstring(text.encode(), make_parser()))


def written(**values) -> str:
    root = codec.encode(Everything(**values))
    assert root.tag == f"{{{NS}}}Everything"
    return etree.tostring(root, encoding="unicode").partition(">")[2].removesuffix("</Everything>")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-09-01T08:30:00+05:00", dt.datetime(2026, 9, 1, 8, 30, tzinfo=YEKATERINBURG)),
        ("2026-09-01T03:30:00Z", dt.datetime(2026, 9, 1, 3, 30, tzinfo=dt.UTC)),
        ("2026-09-01T03:30:00.1Z", dt.datetime(2026, 9, 1, 3, 30, 0, 100000, dt.UTC)),
        ("2026-09-01T03:30:00.123456789Z", dt.datetime(2026, 9, 1, 3, 30, 0, 123456, dt.UTC)),
        ("2026-08-31T24:00:00Z", dt.datetime(2026, 9, 1, tzinfo=dt.UTC)),
        ("2026-08-31T24:00:00.000-11:30", dt.datetime(2026, 9, 1, 11, 30, tzinfo=dt.UTC)),
        ("\n 2026-09-01T03:30:00Z ", dt.datetime(2026, 9, 1, 3, 30, tzinfo=dt.UTC)),
        ("2026-09-01T03:30:00", dt.datetime(2026, 9, 1, 3, 30)),  # noqa: DTZ001 -- so it came
    ],
)
def test_a_moment_is_read(text, moment):
    assert read(f"<moment>{text}</moment>").moment == moment


@pytest.mark.parametrize("text", ["2026-09-01", " 2026-09-01 ", "2026-09-01Z", "2026-09-01+05:00"])
def test_a_day_is_read(text):
    assert read(f"<day>{text}</day>").day == dt.date(2026, 9, 1)


@pytest.mark.parametrize("text", ["09:20:00", " 09:20:00 ", "09:20:00Z", "09:20:00+05:00"])
def test_a_time_of_day_is_read(text):
    assert read(f"<hour>{text}</hour>").hour == dt.time(9, 20)


@pytest.mark.parametrize(
    ("text", "flag"),
    [("true", True), ("1", True), ("false", False), ("0", False), (" true\n", True)],
)
def test_a_flag_is_read(text, flag):
    assert read(f"<flag>{text}</flag>").flag is flag


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("a", "a"),
        (" a \t\n b ", "a b"),
        ("  ", ""),
        ("", ""),
        ("\u00a0№ \n1", "\u00a0№ 1"),
        ("a\u2003\u2003b", "a\u2003\u2003b"),
    ],
)
def test_spaces_of_a_token_are_collapsed_as_xml_understands_spaces(text, token):
    assert read(f"<token>{text}</token>").token == token


def test_a_text_keeps_its_spaces():
    assert read("<text> a  b\n</text>").text == " a  b\n"


def test_an_empty_text_is_not_an_absent_one():
    assert read("<text/>").text == ""
    assert read("").text is None


def test_numbers_and_octets_are_read():
    message = read("<weight> +1.500 </weight><octets>AQ I=\n</octets>")
    assert str(message.weight) == "1.500"
    assert message.octets == b"\1\2"


def test_enumerations_are_read():
    message = read("<colour> красный &amp; &lt;алый&gt; </colour><level>07</level>")
    assert message.colour is Colour.RED
    assert message.level is Level.HIGH


def test_a_message_inside_itself_is_read():
    message = read("<part><part><name>a</name><name>b</name></part></part><name>c</name>")
    assert message.part[0].part[0].names == ["a", "b"]
    assert message.names == ["c"]
    assert codec.decode(Everything, codec.encode(message)) == message


def test_an_attribute_is_read_and_written():
    root = codec.encode(Everything(number=5, label='a"<&\n\tb'))
    assert root.get("label") == 'a"<&\n\tb'
    assert codec.decode(Everything, root) == Everything(number=5, label='a"<&\n\tb')


def test_a_value_with_an_attribute_is_read_and_written():
    root = codec.encode(Amount(value=Decimal(5), currency="RUB"))
    assert etree.tostring(root) == b'<Amount xmlns="urn:test" currency="RUB">5.00</Amount>'
    assert codec.decode(Amount, root) == Amount(value=Decimal("5.00"), currency="RUB")


@pytest.mark.parametrize(
    ("amount", "text"),
    [("0", "0.00"), ("1", "1.00"), ("1.5", "1.50"), ("1E+3", "1000.00"), ("-2.10", "-2.10")],
)
def test_an_amount_has_exactly_two_places(amount, text):
    assert written(price=Decimal(amount)) == f"<price>{text}</price>"


def test_an_amount_is_never_rounded():
    with pytest.raises(Inexact):
        written(price=Decimal("0.005"))


def test_a_binary_float_is_not_an_amount():
    with pytest.raises(TypeError):
        written(price=1.5)


def test_another_decimal_is_written_without_exponent():
    assert written(weight=Decimal("1E-9")) == "<weight>0.000000001</weight>"


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (dt.datetime(2026, 9, 1, 3, 30, tzinfo=dt.UTC), "2026-09-01T08:30:00+05:00"),
        (dt.datetime(2026, 9, 1, 3, 30, 0, 120999, dt.UTC), "2026-09-01T08:30:00.120+05:00"),
        (dt.datetime(2026, 9, 1, 3, 30, 0, 999, dt.UTC), "2026-09-01T08:30:00+05:00"),
    ],
)
def test_a_moment_is_written_in_local_time(moment, text):
    assert written(moment=moment) == f"<moment>{text}</moment>"


def test_a_moment_without_offset_is_refused():
    with pytest.raises(ValueError, match="offset"):
        written(moment=dt.datetime(2026, 9, 1))  # noqa: DTZ001 -- what is refused


@pytest.mark.parametrize("hour", [dt.time(8, 30, tzinfo=dt.UTC), dt.time(8, 30, 0, 1)])
def test_a_time_of_day_with_a_zone_or_a_part_of_a_second_is_refused(hour):
    with pytest.raises(ValueError, match="time of day"):
        written(hour=hour)


def test_other_values_are_written():
    assert written(hour=dt.time(8, 30)) == "<hour>08:30:00</hour>"
    assert written(flag=True) == "<flag>true</flag>"
    assert written(day=dt.date(2026, 9, 1)) == "<day>2026-09-01</day>"
    assert written(octets=b"\1\2") == "<octets>AQI=</octets>"
    assert written(level=Level.LOW) == "<level>0</level>"
    assert written(colour=Colour.RED) == "<colour>красный &amp; &lt;алый&gt;</colour>"
    assert written(names=["a", "b"]) == "<name>a</name><name>b</name>"


def test_a_carriage_return_survives():
    root = etree.fromstring(etree.tostring(codec.encode(Everything(text="a\r\nb]]>"))))
    assert codec.decode(Everything, root).text == "a\r\nb]]>"


def test_markup_in_a_text_stays_a_text():
    root = codec.encode(Everything(text="</text><flag>true</flag>"))
    assert len(root) == 1


def test_a_character_that_xml_cannot_carry_is_refused():
    with pytest.raises(etree.XMLSyntaxError):
        codec.encode(Everything(text="\0"))


def test_a_required_value_must_be_there():
    with pytest.raises(TypeError):
        codec.encode(Page(limit=None))


@pytest.mark.parametrize(
    "inner",
    [
        "<limit>1</limit><more/>",
        "<cursor>x</cursor><limit>1</limit>",
        "<cursor>x</cursor>",
        "<limit>1</limit><limit>1</limit>",
        "",
    ],
)
def test_a_tree_that_does_not_fit_is_not_guessed_at(inner):
    tree = f"<page xmlns='urn://x-artefacts-citto-72/common/1.0'>{inner}</page>"
    with pytest.raises(CodecMismatch):
        codec.decode(Page, etree.fromstring(tree, make_parser()))


@pytest.mark.parametrize("inner", ["<cursor>x</cursor>", "<limit>1</limit><limit>1</limit>x", ""])
def test_an_item_with_another_number_of_children_is_not_guessed_at(inner):
    tree = f"<page xmlns='urn://x-artefacts-citto-72/common/1.0'><limit>1</limit><cursor/>{inner}"
    with pytest.raises(CodecMismatch):
        codec.item_decoder(Page)(etree.fromstring(f"{tree}<extra/></page>", make_parser()))


def test_an_item_reads_alike_by_place_and_by_tag():
    tree = "<page xmlns='urn://x-artefacts-citto-72/common/1.0'>{}</page>"
    for inner in ("<limit>1</limit><cursor>x</cursor>", "<limit>1</limit>"):
        element = etree.fromstring(tree.format(inner), make_parser())
        assert codec.item_decoder(Page)(element) == codec.decode(Page, element)


def test_a_value_beyond_python_is_refused_with_its_place():
    text = "<Everything xmlns='urn:test'><part/><part><day>12026-09-01</day></part></Everything>"
    with pytest.raises(ValidationError) as caught:
        codec.decode(Everything, etree.fromstring(text, make_parser()))
    (finding,) = caught.value.findings
    assert finding.path == "/Everything/part[2]/day"
    assert finding.line == 1


def test_midnight_of_the_last_day_is_refused():
    with pytest.raises(ValidationError):
        read("<moment>9999-12-31T24:00:00Z</moment>")


def test_a_choice_is_whichever_came(message):
    text = (
        "<GetRegistryStatusRequest xmlns='urn://x-artefacts-citto-72/meals/payment-registry/1.0'>"
        "<hubRegistryId>00000000-0000-4000-8000-000000000001</hubRegistryId>"
        "</GetRegistryStatusRequest>"
    )
    request = codec.decode(GetRegistryStatusRequest, etree.fromstring(text, make_parser()))
    assert request.registry_id is None
    assert request.hub_registry_id == "00000000-0000-4000-8000-000000000001"


def test_a_registry_is_decoded(message):
    request = codec.decode(SubmitRegistryRequest, message("registry_valid"))
    assert request.organizer_inn == "7203001200"
    assert request.total_amount == Decimal("350.5")
    assert request.file is None
    assert request.line[0] == RegistryLineType(
        line_no=1,
        bank_payment_id="P-1",
        account="1234567897",
        amount=Decimal("100.00"),
        payment_time=dt.datetime(2026, 9, 1, 8, 30, tzinfo=YEKATERINBURG),
        channel=PayChannel.TERMINAL,
        terminal_id="T-17",
        status=LineStatus.PAID,
    )


def test_the_prefixes_of_the_sender_do_not_matter(message):
    element = message("registry_prefixed")
    assert codec.decode(SubmitRegistryRequest, element).registry_number == "45"


def test_an_answer_uses_the_default_namespace(bank_contract):
    response = RegisterPaymentResponse(
        result_code=ResultCode.OK, result_text="Принято", bank_payment_id="P-1", duplicate=False
    )
    root = codec.encode(response)
    assert bank_contract.validate(root)
    assert root.prefix is None
    assert root[0].text == "0"


def test_a_message_of_two_namespaces_declares_both_at_its_root(registry_contract, message):
    root = codec.encode(codec.decode(SubmitRegistryRequest, message("registry_valid")))
    assert registry_contract.validate(root)
    assert root.nsmap == {
        None: "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
        "common": "urn://x-artefacts-citto-72/common/1.0",
    }


def test_the_generated_source_is_seen_in_a_traceback():
    with pytest.raises(TypeError) as caught:
        codec.encode(Page(limit=None))
    assert "message.limit" in "".join(traceback.format_exception(caught.value))


def test_a_codec_is_compiled_once():
    assert codec.decoder(Page) is codec.decoder(Page)
    assert codec.encoder(Page) is codec.encoder(Page)


@dataclass(frozen=True)
class Frozen:
    value: str


@dataclass
class Union:
    value: int | str = field(metadata=element("value"))


@dataclass
class Nillable:
    value: str | None = field(default=None, metadata=element("value", nillable=True))


@dataclass
class Outlandish:
    value: str = field(metadata={"type": "Attribute", "namespace": NS})


@pytest.mark.parametrize("cls", [Frozen, Union, Nillable, Outlandish, int])
def test_a_class_that_cannot_be_coded_is_told_at_once(cls):
    with pytest.raises(CodecMismatch):
        codec.encoder(cls)


@dataclass(kw_only=True)
class Unqualified:
    class Meta:
        name = "Unqualified"
        namespace = NS

    bare: str = field(metadata={"type": "Element"})
    part: Amount = field(metadata=element("part"))


def test_elements_without_a_namespace_are_read_and_written():
    message = Unqualified(bare="x", part=Amount(value=Decimal("1.00"), currency="RUB"))
    root = codec.encode(message)
    assert [child.tag for child in root] == ["bare", f"{{{NS}}}part"]
    assert codec.decode(Unqualified, root) == message
