"""Cursors: whatever a client sends in place of one is refused before a database sees it."""

import json
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.contracts import paging
from gateway.kernel.errors import ValidationError

KINDS = (paging.text, paging.number, date.fromisoformat, paging.moment, paging.identifier)
MOMENT = datetime(2026, 11, 16, 5, tzinfo=UTC)
KEY = UUID(int=7)
PLACE = ("Школа «№ 1»", 3, "2026-11-16", MOMENT.isoformat(), str(KEY))


def test_a_place_is_read_back():
    read = paging.place_after(paging.place(*PLACE), *KINDS)
    assert read == ("Школа «№ 1»", 3, date(2026, 11, 16), MOMENT, KEY)


def test_without_a_cursor_there_is_no_place():
    assert paging.place_after(None, *KINDS) is None


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (0, 1),
        (0, "a\0b"),
        (0, "\ud800"),
        (1, "3"),
        (1, 2**31),
        (1, 1.5),
        (2, 20261116),
        (2, "2026-02-30"),
        (3, "2026-11-16T10:00:00"),
        (3, "0001-01-01T00:00:00+14:00"),
        (4, 7),
        (4, "7"),
    ],
)
def test_a_value_of_another_kind_is_refused(place, value):
    values = list(PLACE)
    values[place] = value
    with pytest.raises(ValidationError) as refused:
        paging.place_after(json.dumps(values), *KINDS)
    assert refused.value.findings[0].rule == "cursor"


@given(st.text(max_size=40))
def test_any_other_text_is_refused(cursor):
    with pytest.raises(ValidationError):
        paging.place_after(cursor, *KINDS)
