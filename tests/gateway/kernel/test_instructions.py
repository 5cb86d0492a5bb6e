import pytest

from gateway.kernel.xml import has_instructions


@pytest.mark.parametrize(
    "data",
    [
        b"<?x?><a/>",
        b"<?xml-stylesheet href='x'?><a/>",
        b"<?xml version='1.0'?><?x?><a/>",
        b"\xef\xbb\xbf<?xml version='1.0'?><a><?x?></a>",
        b"<a><b>1<?x y?>2</b></a>",
        b"<a/><?x?>",
        b"<a/><!-- <?y?> --><?x?>",
    ],
)
def test_instruction_is_seen_wherever_it_stands(data):
    assert has_instructions(data)


@pytest.mark.parametrize(
    "data",
    [
        b"<a/>",
        b"<?xml version='1.0' encoding='UTF-8'?><a/>",
        b"\xef\xbb\xbf<?xml\tversion='1.0'?>\n<a/>",
        b"<a><!-- <?x?> --></a>",
        b"<a><![CDATA[<?x?>]]></a>",
        b"<a b='?>'>?></a>",
    ],
)
def test_declaration_and_text_are_no_instructions(data):
    assert not has_instructions(data)
