"""Attached archives that would harm whoever unpacks them: each attack by its name."""

import contextlib
import io
import struct
import tracemalloc
import warnings
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.soap import archive
from gateway.soap.archive import AttachedArchiveRefused


def packed(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        warnings.simplefilter("ignore")  # zipfile warns of names that repeat
        for name, content in entries:
            made.writestr(name, content)
    return target.getvalue()


def special(name: str, mode: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = mode << 16
    return entry


def encrypted() -> bytes:
    data = bytearray(packed(("a.txt", b"x")))
    for start, place in ((data.index(b"PK\3\4"), 6), (data.index(b"PK\1\2"), 8)):
        struct.pack_into("<H", data, start + place, 1)
    return bytes(data)


def overlapping() -> bytes:
    """Many names for one and the same compressed bytes (Fifield)."""
    data = packed(("a", bytes(range(256)) * 40))
    central, end = data.index(b"PK\1\2"), data.index(b"PK\5\6")
    line = data[central:end]
    table = b"".join(line[:46] + bytes([97 + number]) + line[47:] for number in range(20))
    tail = bytearray(data[end:])
    struct.pack_into("<HHL", tail, 8, 20, 20, len(table))
    return data[:central] + table + bytes(tail)


def many_behind_a_small_count(members: int = 50_000) -> bytes:
    """A table of contents of megabytes, of which the end says that it has one line."""
    data = packed(("a", b""))
    central, end = data.index(b"PK\1\2"), data.index(b"PK\5\6")
    table = data[central:end] * members
    tail = bytearray(data[end:])
    struct.pack_into("<L", tail, 12, len(table))
    return data[:central] + table + bytes(tail)


def hidden_end() -> bytes:
    """As before, with another end inside the last fields of the one that is read."""
    data = bytearray(many_behind_a_small_count())
    data[-6:-2] = b"PK\5\6"
    return bytes(data)


INNER = packed(("a.txt", b"x"))
SAFE = packed(("a.txt", b"x"), ("папка/файл.pdf", b"%PDF-"), ("empty/", b""))
ATTACKS = {
    "nested zip": (packed(("inner.dat", INNER)), "ещё один архив"),
    "nested gzip": (packed(("a.txt", b"x"), ("b", b"\x1f\x8b\x08")), "ещё один архив"),
    "bomb of zeros": (packed(("a", bytes(20_000_000))), "100 раз"),
    "bomb of many members": (
        packed(*((f"{number}", bytes(500_000)) for number in range(100))),
        "100 раз",
    ),
    "overlapping members": (overlapping(), "перекрываются"),
    "too many members": (packed(*((f"{n}", b"") for n in range(1001))), "больше 1000"),
    "many members behind a small count": (many_behind_a_small_count(), "больше 1000"),
    "an end inside the end": (hidden_end(), "больше 1000"),
    "absolute path": (packed(("/etc/passwd", b"x")), "за пределы"),
    "path to a parent": (packed(("a/../../x", b"x")), "за пределы"),
    "backslashes": (packed(("..\\x", b"x")), "за пределы"),
    "drive": (packed(("c:x", b"x")), "за пределы"),
    "nothing but dots": (packed(("..", b"x")), "за пределы"),
    "symbolic link": (packed((special("a", 0o120777), b"/etc/passwd")), "особый"),
    "device": (packed((special("a", 0o060644), b"")), "особый"),
    "encrypted": (encrypted(), "зашифрован"),
    "same name twice": (packed(("a", b"x"), ("a", b"y")), "повторяются"),
    "same name in capitals": (packed(("a", b"x"), ("A", b"y")), "повторяются"),
    "cut in half": (SAFE[: len(SAFE) // 2], "повреждён"),
    "zip64": (SAFE[:-22] + b"PK\6\7" + bytes(16) + SAFE[-22:], "ZIP64"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_and_called_by_its_name(name):
    data, told = ATTACKS[name]
    with pytest.raises(AttachedArchiveRefused, match=told):
        archive.control(io.BytesIO(data))


def test_an_attack_on_memory_costs_none():
    data = io.BytesIO(many_behind_a_small_count(200_000))
    tracemalloc.start()
    with pytest.raises(AttachedArchiveRefused):
        archive.control(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1024 * 1024


def test_a_decent_archive_is_told_by_its_names():
    names = archive.control(io.BytesIO(SAFE))
    assert names == {"a.txt", "папка/файл.pdf", "empty/"}


def test_a_document_may_hold_another_one():
    assert archive.control(io.BytesIO(packed(("word/embeddings/1.xlsx", INNER))), nested=True)


@given(
    entries=st.dictionaries(
        st.from_regex(r"[a-z]{1,8}(/[a-z]{1,8}){0,3}", fullmatch=True),
        st.binary(max_size=200).map(lambda octets: b"." + octets),
        max_size=10,
    )
)
def test_whatever_is_packed_in_order_is_taken(entries):
    assert archive.control(io.BytesIO(packed(*entries.items()))) == set(entries)


@given(place=st.integers(0, len(SAFE) - 1), octet=st.integers(0, 255))
def test_a_changed_byte_is_taken_or_refused_and_nothing_else(place, octet):
    data = bytearray(SAFE)
    data[place] = octet
    with contextlib.suppress(AttachedArchiveRefused):
        archive.control(io.BytesIO(data))
