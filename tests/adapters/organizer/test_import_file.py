"""A batch as a file: streamed, in XML or a zip, failed whole when it is not what it must be."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from gateway.contracts.messages.common import Page
from gateway.kernel.errors import ValidationError

FILES = Path(__file__).parent / "files"
DAY = date(2026, 11, 16)


def zipped(content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("menu.xml", content)
    return target.getvalue()


@pytest.fixture
def content(kitchen, write_file) -> bytes:
    """Ten complexes, the fourth of them with an unknown dish."""
    rows = [kitchen.complex(f"OBED-{number}") for number in range(1, 11)]
    rows[3] = kitchen.complex("OBED-4", dishes=("NO-SUCH",))
    return write_file(*rows)


def test_every_row_of_a_file_is_answered(kitchen, content):
    receipt = kitchen.hand_in_file(content)

    assert kitchen.results(receipt) == [*["CREATED"] * 3, "REJECTED", *["CREATED"] * 6]
    result = kitchen.result(receipt)
    assert [one.row_no for one in result.item] == list(range(1, 11))
    assert (result.counts.total, result.counts.accepted) == (10, 9)


def test_a_zip_means_the_same_as_its_content(kitchen, content):
    assert kitchen.results(kitchen.hand_in_file(zipped(content)))[:4] == [
        *["CREATED"] * 3,
        "REJECTED",
    ]


def test_a_file_may_be_in_windows_1251(kitchen, write_file):
    text = write_file(kitchen.complex()).decode().replace("UTF-8", "windows-1251")

    assert kitchen.results(kitchen.hand_in_file(text.encode("windows-1251"))) == ["CREATED"]
    assert kitchen.catalogue().complex[0].name == "Обед № 1"


def test_results_come_in_pages(kitchen, content):
    receipt = kitchen.hand_in_file(content)
    kitchen.process()

    first = kitchen.result(receipt, page=Page(limit=7))
    second = kitchen.result(receipt, page=Page(limit=7, cursor=first.next_cursor))

    assert [one.row_no for one in (*first.item, *second.item)] == list(range(1, 11))
    assert second.next_cursor is None


@pytest.mark.parametrize(
    "name", ["not_xml.xml", "other_root.xml", "cut_off.xml", "doctype.xml", "late_error.xml"]
)
def test_a_file_that_is_not_what_it_must_be_fails_whole_and_changes_nothing(kitchen, name):
    receipt = kitchen.hand_in_file((FILES / name).read_bytes())
    kitchen.process()

    result = kitchen.result(receipt)
    assert (result.state.value, result.rejection.code) == ("FAILED", "VALIDATION_ERROR")
    assert (result.item, result.counts.total) == ([], 0)
    assert kitchen.catalogue().complex == []


def test_the_place_of_a_broken_rule_is_told(kitchen):
    receipt = kitchen.hand_in_file((FILES / "late_error.xml").read_bytes())
    kitchen.process()

    (detail,) = kitchen.result(receipt).rejection.detail
    assert detail.path == "/ComplexesFile/complex[4]/fullPrice"


def test_a_broken_archive_fails_whole(kitchen):
    receipt = kitchen.hand_in_file(b"PK\x03\x04 and nothing more")
    kitchen.process()

    assert kitchen.result(receipt).state.value == "FAILED"


def test_a_later_batch_goes_on_after_a_failed_one(kitchen):
    kitchen.hand_in_file((FILES / "not_xml.xml").read_bytes())

    assert kitchen.results(kitchen.hand_in(kitchen.complex())) == ["CREATED"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"size": 1}, "size"), ({"hash": b"\0" * 32}, "hash"), ({"content": None}, "content")],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_not_as_described_is_refused_at_once(kitchen, content, changes, field):
    with pytest.raises(ValidationError) as refused:
        kitchen.hand_in_file(content, **changes)
    (finding,) = refused.value.findings
    assert finding.path == f"/ImportComplexesRequest/file/{field}"


def test_more_rows_than_published_fail_the_file(kitchen, write_file):
    row = write_file(kitchen.complex())
    start = row.index(b"<complex>") if b"<complex>" in row else row.index(b"<complex ")
    end = row.index(b"</ComplexesFile>")
    kitchen.rules = type(kitchen.rules)(
        check_digits_are_errors=False,
        max_inline_lines=10,
        max_file_lines=10,
        batch_lines=20_000,
    )
    receipt = kitchen.hand_in_file(row[:start] + row[start:end] * 50_001 + row[end:])
    kitchen.process()

    result = kitchen.result(receipt)
    assert (result.state.value, result.rejection.code) == ("FAILED", "TOO_LARGE")
