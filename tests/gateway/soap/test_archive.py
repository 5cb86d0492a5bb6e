import io
import random
import struct
import zipfile
import zlib

import psutil
import pytest

from gateway.kernel.errors import TooLarge
from gateway.soap.archive import ArchiveRefused, open_registry_file

XML = b"<PaymentRegistryFile xmlns='urn:x'/>"
PLENTY = 10**9


def packed(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return target.getvalue()


def unpacked(data: bytes, max_bytes: int = PLENTY) -> bytes:
    with open_registry_file(io.BytesIO(data), max_bytes=max_bytes) as stream:
        return stream.read()


def test_plain_xml_is_given_as_it_is():
    assert unpacked(XML) == XML


@pytest.mark.parametrize("data", [b"", b"P", b"PK", b"<a/>", b"\xef\xbb\xbf<a/>"])
def test_whatever_is_not_a_zip_is_left_to_the_reader_of_xml(data):
    assert unpacked(data) == data


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_the_only_file_of_a_zip_is_unpacked(method):
    assert unpacked(packed(("registry.xml", XML), method=method)) == XML


def test_a_zip_need_not_be_seekable():
    class Pipe(io.RawIOBase):
        def __init__(self, data):
            self._source = io.BytesIO(data)

        def readable(self):
            return True

        def readinto(self, buffer):
            return self._source.readinto(memoryview(buffer)[:100])

    content = random.Random(1).randbytes(1_000_000)
    with open_registry_file(Pipe(packed(("a.XML", content))), max_bytes=PLENTY) as stream:
        assert stream.read() == content


def test_the_given_stream_stays_open():
    source = io.BytesIO(XML)
    with open_registry_file(source, max_bytes=PLENTY) as stream:
        stream.read()
    assert not source.closed


@pytest.mark.parametrize(
    "name",
    [
        "a/b/c.xml",
        "реестр.xml",
        "a..b.xml",
    ],
)
def test_the_name_of_the_entry_is_never_a_place_on_disk(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert unpacked(packed((name, XML))) == XML
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/cron.d/x.xml",
        "a/../../x.xml",
        "/etc/passwd.xml",
        "C:\\x.xml",
        "C:x.xml",
        "..\\..\\x.xml",
        "\\\\server\\share\\x.xml",
        "\u202ex.xml",
        "a\nb.xml",
    ],
)
def test_a_name_that_leads_out_of_the_archive_is_refused(name):
    assert "за пределы" in refusal(packed((name, XML)))


def refusal(data: bytes) -> str:
    with pytest.raises(ArchiveRefused) as caught:
        unpacked(data)
    return caught.value.text


def test_two_files_are_refused():
    assert "в нём 2" in refusal(packed(("a.xml", XML), ("b.xml", XML)))


def test_an_empty_zip_is_refused():
    assert "в нём 0" in refusal(packed())


def test_a_zip_of_many_thousands_of_entries_is_refused_unread(monkeypatch):
    data = packed(*((f"{number}.xml", b"") for number in range(20_000)))
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert "больше одного" in refusal(data)


@pytest.mark.parametrize("name", ["a.txt", "a.xml.zip", "a", "a.xml/"])
def test_anything_but_an_xml_file_is_refused(name):
    assert ".xml" in refusal(packed((name, XML if not name.endswith("/") else b"")))


def with_flags(data: bytes, flags: int) -> bytes:
    changed = bytearray(data)
    central = data.index(b"PK\x01\x02")
    struct.pack_into("<H", changed, 6, flags)
    struct.pack_into("<H", changed, central + 8, flags)
    return bytes(changed)


def test_an_encrypted_zip_is_refused():
    assert "зашифрован" in refusal(with_flags(packed(("a.xml", XML)), 0x1))


def test_another_method_of_compression_is_refused():
    assert "deflate" in refusal(packed(("a.xml", XML), method=zipfile.ZIP_LZMA))


@pytest.mark.parametrize("inner", [packed(("a.xml", XML)), b"\x1f\x8b\x08\x00", packed()])
def test_an_archive_inside_the_archive_is_refused(inner):
    assert "ещё один архив" in refusal(packed(("a.xml", inner)))


def test_a_zip_cut_in_half_is_refused():
    data = packed(("a.xml", bytes(range(256)) * 100))
    assert refusal(data[: len(data) // 2])


def test_a_damaged_content_is_refused_while_it_is_read():
    data = bytearray(packed(("a.xml", bytes(range(256)) * 1000)))
    data[60] ^= 0xFF
    assert "повреждён" in refusal(bytes(data))


def test_a_wrong_checksum_is_refused():
    data = packed(("a.xml", XML), method=zipfile.ZIP_STORED)
    assert "повреждён" in refusal(data.replace(b"Payment", b"payment"))


def bomb(megabytes: int) -> bytes:
    return packed(("a.xml", b" " * (megabytes * 1024 * 1024)))


def test_a_bomb_is_refused_before_it_is_in_memory():
    data = bomb(300)
    process = psutil.Process()
    before = process.memory_info().rss
    taken = 0

    def drain(stream):
        nonlocal taken
        while piece := stream.read(64 * 1024):
            taken += len(piece)

    with open_registry_file(io.BytesIO(data), max_bytes=PLENTY) as stream, pytest.raises(TooLarge):
        drain(stream)
    assert 0 < taken <= 100 * len(data)
    assert process.memory_info().rss - before < 16 * 1024 * 1024


def test_a_bomb_that_lies_about_its_size_is_refused():
    data = bytearray(bomb(200))
    central = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, 22, len(XML))
    struct.pack_into("<I", data, central + 24, len(XML))
    with pytest.raises((TooLarge, ArchiveRefused)):
        unpacked(bytes(data))


def test_a_short_file_of_equal_lines_may_be_packed_tightly():
    content = b"<line/>" * 100_000
    data = packed(("a.xml", content))
    assert len(content) > 100 * len(data)
    assert unpacked(data) == content


def test_content_beyond_the_limit_is_refused():
    content = zlib.compress(bytes(range(256)) * 40)
    data = packed(("a.xml", content))
    assert unpacked(data, len(content)) == content
    with pytest.raises(TooLarge):
        unpacked(data, len(content) - 1)


def test_a_zip_with_something_in_front_is_not_taken_for_a_zip():
    data = b"MZ" + packed(("a.xml", XML))
    assert unpacked(data) == data


def test_an_entry_count_that_lies_is_not_believed():
    data = bytearray(packed(*((f"{number}.xml", XML) for number in range(3))))
    end = data.rindex(b"PK\x05\x06")
    struct.pack_into("<HH", data, end + 8, 1, 1)
    assert refusal(bytes(data))
