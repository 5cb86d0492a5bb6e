import threading

import pytest
from lxml import etree

from gateway.kernel import xml
from gateway.kernel.malformed import explain_malformed, find_foreign_encoding


def test_a_comment_does_not_cut_a_text_in_two():
    assert etree.fromstring(b"<a>1<!-- x -->00</a>", xml.parser()).text == "100"


def test_a_processing_instruction_does_not_cut_a_text_in_two():
    assert etree.fromstring(b"<a>1<?x y?>00</a>", xml.parser()).text == "100"


def test_an_external_entity_is_not_fetched(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    data = f'<!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}">]><a>&e;</a>'
    root = etree.fromstring(data.encode(), xml.parser())
    assert root.text is None
    assert xml.has_doctype(root)


def test_a_document_without_doctype_has_none():
    assert not xml.has_doctype(etree.fromstring(b"<a/>", xml.parser()))


def test_depth_is_limited():
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(b"<a>" * 300 + b"</a>" * 300, xml.parser())


def test_each_thread_has_its_own_parser():
    seen = [xml.parser()]
    thread = threading.Thread(target=lambda: seen.append(xml.parser()))
    thread.start()
    thread.join()
    assert seen[0] is xml.parser()
    assert seen[0] is not seen[1]


@pytest.mark.parametrize(
    ("data", "rule", "place"),
    [
        (b"", "ERR_DOCUMENT_EMPTY", "Строка 1, позиция 1."),
        (b"<a>\n<b></a>", "ERR_TAG_NAME_MISMATCH", "Строка 2, позиция 8."),
        (b"<a>", "ERR_TAG_NOT_FINISHED", "Строка 1, позиция 4."),
        (b"<a/><b/>", "ERR_DOCUMENT_END", "Строка 1, позиция 5."),
        (b"<a>\n\n &x;</a>", "ERR_UNDECLARED_ENTITY", "Строка 3, позиция 5."),
        (b"<a>Alpha & Omega</a>", "ERR_NAME_REQUIRED", "Строка 1, позиция 11."),
        (b"<a>\xff</a>", "ERR_INVALID_ENCODING", "Строка 1, позиция 4."),
        (b"<p:a/>", "NS_ERR_UNDEFINED_NAMESPACE", "Строка 1, позиция 5."),
        (b"<a>\x01</a>", "ERR_INVALID_CHAR", "Строка 1, позиция 4."),
    ],
)
def test_malformed_xml_is_explained_with_its_place(data, rule, place):
    with pytest.raises(etree.XMLSyntaxError) as caught:
        etree.fromstring(data, xml.make_parser())
    finding = explain_malformed(caught.value)
    assert finding.rule == rule
    assert finding.text.endswith(place)
    assert finding.advice


@pytest.mark.parametrize(
    "head",
    [
        b"<a/>",
        b"\xef\xbb\xbf<a/>",
        b'<?xml version="1.0" encoding="UTF-8"?><a/>',
        b"\xef\xbb\xbf<?xml version='1.0' encoding='utf-8' ?><a/>",
        b'<?xml version="1.0" encoding="windows-1251"?><a/>',
        b'<?xml version="1.0"?><a/>',
    ],
)
def test_encoding_is_accepted(head):
    assert find_foreign_encoding(head) is None


@pytest.mark.parametrize(
    "head",
    [
        "<a/>".encode("utf-16"),
        "<a/>".encode("utf-16-le"),
        "<a/>".encode("utf-16-be"),
        "<a/>".encode("utf-32"),
        b'<?xml version="1.0" encoding="UTF-7"?>+ADw-a/+AD4-',
        b'<?xml version="1.0" encoding="koi8-r"?><a/>',
        b'\xef\xbb\xbf<?xml version="1.0" encoding="windows-1251"?><a/>',
    ],
)
def test_encoding_is_refused(head):
    finding = find_foreign_encoding(head)
    assert finding is not None
    assert "windows-1251" in (finding.advice or "")
