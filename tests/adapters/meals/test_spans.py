"""Days that codes and settings hold for."""

from datetime import date

import pytest

from adapters.meals.spans import FOREVER, Span, cover, gaps


def days(first, last=None):
    return Span(date(2026, 11, first), FOREVER if last is None else date(2026, 11, last))


@pytest.mark.parametrize(
    ("spans", "uncovered"),
    [
        ([], []),
        ([days(1)], []),
        ([days(1, 9)], [days(10)]),
        ([days(10), days(1, 9)], []),
        ([days(1, 9), days(12)], [days(10, 11)]),
        ([days(1, 20), days(5, 9)], [days(21)]),
        ([days(1, 4), days(3, 9), days(11, 12)], [days(10, 10), days(13)]),
    ],
)
def test_gaps_are_the_days_after_the_first_that_nothing_covers(spans, uncovered):
    assert list(gaps(spans)) == uncovered


@pytest.mark.parametrize(
    ("spans", "covered"),
    [
        ([], False),
        ([days(5, 9)], True),
        ([days(6)], False),
        ([days(1, 8)], False),
        ([days(1, 6), days(7, 20)], True),
        ([days(1, 6), days(8, 20)], False),
        ([days(1, 20), days(30)], True),
    ],
)
def test_spans_cover_what_they_cover_together(spans, covered):
    assert cover(spans, days(5, 9)) is covered
