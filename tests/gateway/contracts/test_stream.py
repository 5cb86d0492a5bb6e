import codecs
import io

import psutil
import pytest
from lxml import etree

from adapters.bank.messages import RegistryLineType
from gateway.contracts import codec
from gateway.contracts.stream import stream_elements
from gateway.kernel.errors import TooLarge, ValidationError

SPACE = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"
ROOT = f"{{{SPACE}}}PaymentRegistryFile"
LINE = f"{{{SPACE}}}line"
OPEN = f'<PaymentRegistryFile xmlns="{SPACE}">\n'
CLOSE = "</PaymentRegistryFile>"


def line(number: int, **changed: str) -> str:
    fields = {
        "lineNo": str(number),
        "bankPaymentId": f"P-{number}",
        "account": "1000007919",
        "amount": "100.00",
        "paymentTime": "2026-09-01T08:30:00+05:00",
        "channel": "ATM",
        "status": "PAID",
    } | changed
    return "<line>" + "".join(f"<{k}>{v}</{k}>" for k, v in fields.items()) + "</line>\n"


def document(*lines: str) -> bytes:
    return (OPEN + "".join(lines) + CLOSE).encode()


class Dribble(io.BytesIO):
    """Gives a few bytes at a time, as a slow network would."""

    def read(self, size=-1):
        return super().read(min(size, 37) if size > 256 and self.tell() else size)


@pytest.fixture
def stream(registry_contract):
    def read(data, *, max_items=1_000_000, max_bytes=10**9, root=ROOT, item=LINE):
        source = io.BytesIO(data) if isinstance(data, bytes) else data
        return stream_elements(
            source, registry_contract, root, item, max_items=max_items, max_bytes=max_bytes
        )

    return read


@pytest.fixture
def refused(stream):
    def read(data, **limits):
        with pytest.raises(ValidationError) as caught:
            list(stream(data, **limits))
        return caught.value.findings

    return read


def numbers(elements):
    return [int(element[0].text) for element in elements]


@pytest.mark.parametrize("count", [0, 1, 2, 499, 500, 501, 1000, 1001, 2345])
def test_every_line_is_given_once_and_in_order(stream, count):
    data = document(*(line(n) for n in range(1, count + 1)))
    assert numbers(stream(data)) == list(range(1, count + 1))


def test_lines_that_arrive_byte_by_byte_are_given_whole(stream):
    data = document(*(line(n) for n in range(1, 1200)))
    assert numbers(stream(Dribble(data))) == list(range(1, 1200))


def test_a_line_may_be_kept_by_who_asked_for_it(stream):
    kept = list(stream(document(*(line(n) for n in range(1, 1500)))))
    assert etree.tostring(kept[700], with_tail=False, encoding="unicode").endswith("</line>")
    assert kept[700][1].text == "P-701"


def test_comments_between_lines_and_inside_values_are_nothing(stream):
    data = document("<!-- начало -->", line(1).replace("100.00", "1<!-- x -->00.00"), "<!-- -->")
    (element,) = stream(data)
    assert element[3].text == "100.00"


def test_windows_1251_is_read_when_declared(stream):
    text = '<?xml version="1.0" encoding="windows-1251"?>\n' + OPEN
    text += line(1, bankPaymentId="Платёж №1") + CLOSE
    (element,) = stream(text.encode("cp1251"))
    assert element[1].text == "Платёж №1"


def test_a_byte_order_mark_is_allowed(stream):
    assert numbers(stream(codecs.BOM_UTF8 + document(line(1)))) == [1]


def test_the_lines_of_a_whole_request_are_given_too(stream, message):
    request = message("registry_valid")
    for number in range(3, 1500):
        request.append(etree.fromstring(f"<a xmlns='{SPACE}'>{line(number)}</a>")[0])
    root = f"{{{SPACE}}}SubmitRegistryRequest"
    assert numbers(stream(etree.tostring(request), root=root)) == list(range(1, 1500))


def test_a_broken_line_is_named_by_its_true_place(refused):
    data = document(*(line(n) for n in range(1, 3000)), line(3000, amount="x"), line(3001))
    (finding,) = refused(data)
    assert finding.path == "/PaymentRegistryFile/line[3000]/amount"
    assert finding.line == 3001
    assert finding.rule == "Money"
    assert finding.advice


def test_lines_beyond_65535_are_counted_too(refused):
    data = document("\n" * 70_000, line(1, amount="x"))
    (finding,) = refused(data)
    assert finding.line == 70_002


def test_all_errors_of_neighbouring_lines_are_named(refused):
    found = refused(document(line(1, amount="x", channel="Y"), line(2), line(3, status="Z")))
    assert [finding.path for finding in found] == [
        "/PaymentRegistryFile/line[1]/amount",
        "/PaymentRegistryFile/line[1]/channel",
        "/PaymentRegistryFile/line[3]/status",
    ]


def test_more_than_fifty_errors_are_cut(stream):
    data = document(*(line(n, amount="x") for n in range(1, 61)))
    with pytest.raises(ValidationError) as caught:
        list(stream(data))
    assert len(caught.value.findings) == 50
    assert caught.value.truncated


def test_lines_before_the_broken_one_were_given_in_good_faith(stream):
    elements = stream(document(*(line(n) for n in range(1, 2000)), line(2000, amount="x")))
    assert next(elements)[0].text == "1"
    with pytest.raises(ValidationError):
        list(elements)


def test_a_foreign_element_between_lines_is_named(refused):
    lines = [line(n) for n in range(1, 800)]
    (finding,) = refused(document(*lines[:700], "<total>5</total>", *lines[700:]))
    assert finding.path == "/PaymentRegistryFile/total"
    assert finding.rule == "unknown-element"


def test_a_foreign_attribute_of_the_root_is_named_first(stream):
    data = document(*(line(n) for n in range(1, 2000))).replace(b" xmlns", b' number="5" xmlns', 1)
    elements = stream(data)
    with pytest.raises(ValidationError) as caught:
        next(elements)
    assert [f.rule for f in caught.value.findings] == ["unknown-attribute"]


def test_another_root_is_refused(refused):
    (finding,) = refused(b"<Envelope>" + b"<line/>" * 100_000 + b"</Envelope>")
    assert finding.rule == "root"
    assert "PaymentRegistryFile" in finding.advice


def test_another_namespace_is_another_root(refused):
    (finding,) = refused(document(line(1)).replace(SPACE.encode(), b"urn:other"))
    assert SPACE in finding.advice


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "ERR_DOCUMENT_EMPTY"),
        (b"PK", "ERR_DOCUMENT_EMPTY"),
        (document(line(1)).removesuffix(CLOSE.encode()), "ERR_TAG_NOT_FINISHED"),
        (document(line(1))[:-3], "ERR_GT_REQUIRED"),
        (document(line(1)) + b"<more/>", "ERR_DOCUMENT_END"),
        (document(line(1, amount="&euro;")), "ERR_UNDECLARED_ENTITY"),
        (document(line(1, bankPaymentId="\x01")), "ERR_INVALID_CHAR"),
        (document(line(1)).replace(b"P-1", b"\xff"), "ERR_INVALID_ENCODING"),
    ],
)
def test_malformed_xml_is_refused_with_line_and_rule(refused, data, rule):
    (finding,) = refused(data)
    assert finding.rule == rule
    assert finding.line is not None


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-7", "koi8-r"])
def test_other_encodings_are_refused(refused, encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + document(line(1)).decode()
    (finding,) = refused(text.encode(encoding))
    assert finding.rule == "encoding"


def test_windows_1251_without_declaration_is_refused(refused):
    (finding,) = refused(document(line(1)).replace(b"P-1", "Счёт".encode("cp1251")))
    assert finding.rule == "ERR_INVALID_ENCODING"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE PaymentRegistryFile SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE PaymentRegistryFile [<!ENTITY a "b">]>',
        "<!DOCTYPE PaymentRegistryFile>",
    ],
)
def test_a_doctype_is_refused(refused, doctype):
    (finding,) = refused(doctype.encode() + document(line(1)))
    assert finding.rule == "DOCTYPE"


def test_a_doctype_behind_a_long_comment_is_refused(refused):
    data = b"<!--" + b"x" * 200_000 + b"--><!DOCTYPE PaymentRegistryFile>" + document(line(1))
    (finding,) = refused(data)
    assert finding.rule == "DOCTYPE"


def test_another_root_behind_a_long_comment_is_refused(refused):
    (finding,) = refused(b"<!--" + b"x" * 200_000 + b"--><other/>")
    assert finding.rule == "root"


def test_deep_nesting_is_refused(refused):
    (finding,) = refused(document("<line>" * 300 + "</line>" * 300))
    assert finding.rule == "ERR_RESOURCE_LIMIT"


def test_one_line_too_many_is_refused(stream):
    assert len(list(stream(document(line(1), line(2)), max_items=2))) == 2
    with pytest.raises(TooLarge, match="2"):
        list(stream(document(line(1), line(2), line(3)), max_items=2))


def test_one_byte_too_many_is_refused(stream):
    data = document(line(1))
    assert len(list(stream(data, max_bytes=len(data)))) == 1
    with pytest.raises(TooLarge):
        list(stream(data, max_bytes=len(data) - 1))


class Endless:
    """A file that never comes to an end and counts what was read of it."""

    def __init__(self, start: str, repeated: str) -> None:
        self._rest = start.encode()
        self._repeated = repeated.encode()
        self.given = 0

    def read(self, size: int) -> bytes:
        while len(self._rest) < size:
            self._rest += self._repeated * 100
        piece, self._rest = self._rest[:size], self._rest[size:]
        self.given += len(piece)
        return piece


@pytest.mark.parametrize(
    ("start", "repeated"),
    [
        (OPEN + "<line><lineNo>", "1"),
        (OPEN, " "),
        (OPEN, "<other/>"),
        (OPEN + "<line>", "<lineNo/>"),
        ("<!--", "x"),
        (f'<PaymentRegistryFile xmlns="{SPACE}" a="', "x"),
    ],
)
def test_what_never_ends_is_refused_soon(stream, start, repeated):
    source = Endless(start, repeated)
    with pytest.raises((TooLarge, ValidationError)):
        list(stream(source))
    assert source.given < 3 * 1024 * 1024


def test_foreign_elements_between_lines_do_not_pile_up(stream):
    source = Endless(OPEN, line(1) + "<other/>" * 5)
    with pytest.raises(ValidationError):
        list(stream(source))
    assert source.given < 1024 * 1024


def test_a_document_after_an_undeclared_entity_is_not_read(stream):
    hidden = document(*(line(n) for n in range(1, 400)))
    start = document(line(1, amount="&euro;"))[: -len(CLOSE)]
    padding = b" " * (64 * 1024 - len(start))
    with pytest.raises(ValidationError) as caught:
        list(stream(start + padding + hidden))
    assert [finding.rule for finding in caught.value.findings] == ["ERR_UNDECLARED_ENTITY"]


class Long(Endless):
    """A proper file of some 20 MB."""

    def read(self, size: int) -> bytes:
        if self.given < 20_000_000:
            return super().read(size)
        rest, self._rest = self._rest, b""
        return rest + CLOSE.encode() if rest else b""


def test_memory_does_not_grow_with_the_file(stream):
    decode = codec.decoder(RegistryLineType)
    decode(next(stream(document(line(1)))))
    process = psutil.Process()
    before = process.memory_info().rss
    peak = 0
    for number, element in enumerate(stream(Long(OPEN, line(1)))):
        decode(element)
        if number % 1000 == 0:
            peak = max(peak, process.memory_info().rss)
    assert number > 80_000
    assert peak - before < 16 * 1024 * 1024
