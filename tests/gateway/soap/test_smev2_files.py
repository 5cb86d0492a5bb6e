"""Files of a SMEV 2 message: packed, listed, taken out, put where the payload names them."""

import hashlib
import io
import zipfile
from base64 import b64decode, b64encode
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gateway.kernel.errors import TooLarge
from gateway.kernel.message import Attachment
from gateway.soap import smev2_files
from gateway.soap.archive import ArchiveRefused
from gateway.soap.smev2_files import APPLIED, COMMON, DocumentRefused, Enclosure

MEBIBYTE = 1024 * 1024
LISTED = "<r:AppliedDocument><r:Name>{0}</r:Name><r:URL>{0}</r:URL></r:AppliedDocument>"
names = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zs", "Zl", "Zp"]), min_size=1, max_size=30
)


def kept(octets: bytes) -> Attachment:
    @contextmanager
    def opened():
        yield io.BytesIO(octets)

    return Attachment("", "application/zip", len(octets), hashlib.sha256(octets).digest(), opened)


def is_digest_of(digest, source):
    return hashlib.sha256(source.read()).digest() == digest


def unpacked(octets: bytes, code="req_1", most=MEBIBYTE):
    return smev2_files.unpack(kept(octets), code, is_digest_of, most)


def archive(**files: bytes) -> bytes:
    """A zip as others make it; `list_` is the description."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as made:
        for name, octets in files.items():
            made.writestr("req_1.xml" if name == "list_" else name, octets)
    return body.getvalue()


def listed(*documents: str, space: str = APPLIED) -> bytes:
    inside = "".join(documents)
    return f'<r:AppliedDocuments xmlns:r="{space}">{inside}</r:AppliedDocuments>'.encode()


def payload(*files: tuple[str, str]) -> etree._Element:
    """A payload whose attachments are named and coded."""
    inside = "".join(
        f"<attachment><code>{code}</code><file><c:fileName>{name}</c:fileName></file></attachment>"
        for name, code in files
    )
    return etree.fromstring(f'<p xmlns:c="{COMMON}">{inside}</p>')


def contents(root: etree._Element) -> list[str]:
    return [b64decode(one.text).decode() for one in root.iter(f"{{{COMMON}}}content")]


def token(octets: bytes) -> str:
    return f"sha256:{hashlib.sha256(octets).hexdigest()}"


@given(st.lists(st.tuples(names, st.none() | names, st.binary(max_size=200)), max_size=5))
def test_files_come_out_as_they_went_in(files):
    sent = [
        Enclosure(name, code, "application/pdf", lambda octets=octets: octets)
        for name, code, octets in files
    ]
    found = unpacked(smev2_files.pack(sent, "req_1"))
    seen = []
    for file in found:
        with file.content.open() as source:
            seen.append((file.name, file.code, source.read()))
        assert file.media_type == "application/pdf"
    assert seen == files


def test_same_files_make_the_same_archive():
    sent = [Enclosure("a.pdf", "1", "application/pdf", lambda: b"a")]
    assert smev2_files.pack(sent, "req_1") == smev2_files.pack(sent, "req_1")


def test_slash_at_the_start_of_a_path_and_a_missing_type_are_overlooked():
    text = "<r:AppliedDocument><r:Name>a.pdf</r:Name><r:URL>/a.pdf</r:URL></r:AppliedDocument>"
    octets = archive(**{"list_": listed(text), "a.pdf": b"a"})
    [file] = unpacked(octets)
    assert (file.name, file.media_type) == ("a.pdf", "application/octet-stream")


def test_list_in_the_namespace_of_the_envelope_is_read():
    text = LISTED.format("a.pdf")
    octets = archive(
        **{"list_": listed(text, space="http://smev.gosuslugi.ru/rev120315"), "a.pdf": b"a"}
    )
    assert [file.name for file in unpacked(octets)] == ["a.pdf"]


def test_request_code_may_be_the_name_of_the_archive():
    assert unpacked(archive(list_=listed()), "req_1.zip") == ()


def test_signatures_beside_the_files_are_let_alone():
    octets = archive(**{"list_": listed(LISTED.format("a.pdf")), "a.pdf": b"a", "a.pdf.sig": b"s"})
    assert len(unpacked(octets)) == 1


@pytest.mark.parametrize(
    "files",
    [
        {"a.pdf": b"a"},
        {"list_": listed(LISTED.format("a.pdf"))},
        {"list_": b"<a/>"},
        {"list_": b"<a"},
        {"list_": b'<!DOCTYPE a [<!ENTITY b "c">]><AppliedDocuments/>'},
    ],
    ids=["no list", "no file", "other root", "broken", "doctype"],
)
def test_archive_that_does_not_fit_its_list_is_refused(files):
    with pytest.raises(DocumentRefused):
        unpacked(archive(**files))


def test_digest_of_a_file_is_held_against_it():
    def described(octets):
        digest = b64encode(hashlib.sha256(octets).digest()).decode()
        return listed(
            "<r:AppliedDocument><r:Name>a</r:Name><r:URL>a</r:URL>"
            f"<r:DigestValue>{digest}</r:DigestValue></r:AppliedDocument>"
        )

    assert unpacked(archive(list_=described(b"a"), a=b"a"))
    with pytest.raises(DocumentRefused):
        unpacked(archive(list_=described(b"b"), a=b"a"))


@pytest.mark.parametrize("name", ["../a", "a/../../b", "c:\\a", "/a"])
def test_path_that_leads_out_is_refused(name):
    with pytest.raises(ArchiveRefused):
        unpacked(archive(**{"list_": listed(), name: b"a"}))


def test_bomb_is_refused_while_it_comes_out():
    octets = archive(list_=listed(LISTED.format("a")), a=b" " * (3 * MEBIBYTE))
    with pytest.raises(TooLarge):
        unpacked(octets)


def test_allowance_is_of_all_files_together():
    half = bytes(range(256)) * (MEBIBYTE // 512)
    text = listed(LISTED.format("a"), LISTED.format("b"))
    octets = archive(list_=text, a=half, b=half + b"more")
    with pytest.raises(TooLarge):
        unpacked(octets)


def test_what_is_no_archive_is_refused():
    with pytest.raises(ArchiveRefused):
        unpacked(b"PK")


def applied(name: str, octets: bytes, code: str | None = None):
    sent = [Enclosure(name, code, "application/pdf", lambda: octets)]
    return unpacked(smev2_files.pack(sent, "req_1"))


def test_file_goes_where_its_name_is():
    root = payload(("a.pdf", "1"), ("b.pdf", "2"))
    found = smev2_files.fill_in(root, applied("b.pdf", b"b"))
    assert contents(root) == [token(b"b")]
    assert list(found) == [token(b"b").encode()]
    assert root[1].find(f"file/{{{COMMON}}}content") is not None


def test_code_decides_between_equal_names():
    root = payload(("a.pdf", "1"), ("a.pdf", "2"))
    smev2_files.fill_in(root, applied("a.pdf", b"b", "2"))
    assert root[1].find(f"file/{{{COMMON}}}content") is not None


def test_code_finds_the_place_of_a_renamed_file():
    root = payload(("a.pdf", "1"))
    smev2_files.fill_in(root, applied("other.pdf", b"b", "1"))
    assert contents(root) == [token(b"b")]


@pytest.mark.parametrize(
    "places", [(), (("x.pdf", "1"),), (("a.pdf", "1"), ("a.pdf", "1"))], ids=["no", "other", "two"]
)
def test_file_without_its_one_place_is_refused(places):
    with pytest.raises(DocumentRefused):
        smev2_files.fill_in(payload(*places), applied("a.pdf", b"a"))


def test_content_that_is_there_already_is_not_replaced():
    root = payload(("a.pdf", "1"))
    smev2_files.fill_in(root, applied("a.pdf", b"a"))
    with pytest.raises(DocumentRefused):
        smev2_files.fill_in(root, applied("a.pdf", b"b"))
