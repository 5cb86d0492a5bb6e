"""GetCatalogue: an organizer's own catalogue, whole, in pages, and what has changed since."""

from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
import town

from adapters.meals import models
from adapters.organizer.messages import MenuSchoolType
from gateway.contracts.messages.common import Page
from gateway.contracts.periods import PeriodInvalid
from gateway.kernel.errors import NotAllowed, ValidationError

DAY, NEXT, LATER = date(2026, 11, 16), date(2026, 11, 17), date(2026, 12, 1)


def told_codes(answer) -> list[str]:
    return [
        *(one.dish_code for one in answer.dish),
        *(one.complex_code for one in answer.complex),
        *(one.item_code for one in answer.additional),
    ]


def test_a_catalogue_holds_dishes_complexes_of_the_period_and_items(kitchen):
    kitchen.results(kitchen.hand_in(kitchen.complex("C-1"), kitchen.complex("C-2", LATER)))

    assert told_codes(kitchen.catalogue()) == ["CHAI", "KASHA", "SUP", "C-1", "NABOR", "SOK"]


def test_what_is_inactive_or_out_of_date_is_not_in_the_whole_catalogue(kitchen):
    kitchen.results(
        kitchen.hand_in_dishes(
            kitchen.dish("OFF", active=False),
            kitchen.dish("PAST", valid_to=date(2026, 11, 15)),
            kitchen.dish("LATE", valid_from=NEXT),
        )
    )

    assert [one.dish_code for one in kitchen.catalogue().dish] == ["CHAI", "KASHA", "SUP"]
    assert "LATE" in told_codes(kitchen.catalogue(DAY, NEXT))


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_pages_together_are_the_whole(kitchen, limit):
    kitchen.results(
        kitchen.hand_in(
            kitchen.complex("C-1", DAY),
            kitchen.complex("C-2", DAY),
            kitchen.complex("C-1", NEXT, full_price=Decimal("1.00")),
        )
    )
    whole = kitchen.catalogue(DAY, NEXT)

    pages = [kitchen.catalogue(DAY, NEXT, page=Page(limit=limit))]
    while pages[-1].next_cursor is not None:
        cursor = pages[-1].next_cursor
        pages.append(kitchen.catalogue(DAY, NEXT, page=Page(limit=limit, cursor=cursor)))

    assert [one for page in pages for one in page.complex] == whole.complex
    assert [code for page in pages for code in told_codes(page)] == told_codes(whole)
    assert all(len(told_codes(page)) <= limit for page in pages)


def test_every_page_carries_the_version_of_the_first(kitchen):
    first = kitchen.catalogue(page=Page(limit=2))
    kitchen.results(kitchen.hand_in_dishes(kitchen.dish()))

    second = kitchen.catalogue(page=Page(limit=2, cursor=first.next_cursor))

    assert second.version == first.version
    assert told_codes(kitchen.catalogue(since_version=first.version)) == ["BORSCH"]


def test_nothing_has_changed_since_the_last_version(kitchen):
    version = kitchen.catalogue().version

    assert told_codes(kitchen.catalogue(since_version=version)) == []


def test_unchanged_rows_do_not_make_a_new_version(kitchen):
    kitchen.results(kitchen.hand_in(kitchen.complex("C-1")))
    version = kitchen.catalogue().version

    kitchen.results(kitchen.hand_in(kitchen.complex("C-1")))

    assert kitchen.catalogue().version == version


def test_a_complex_taken_off_all_days_is_told_as_deleted(kitchen):
    kitchen.results(kitchen.hand_in(kitchen.complex("C-1", DAY, NEXT), kitchen.complex("C-2")))
    version = kitchen.catalogue().version
    kitchen.results(kitchen.hand_in(kitchen.complex("C-1", DAY, NEXT, active=False)))

    (told,) = kitchen.catalogue(DAY, NEXT, since_version=version).complex
    assert (told.complex_code, told.deleted, told.date, told.school_code) == ("C-1", True, [], [])
    assert told.version > version


def test_a_complex_moved_out_of_the_period_is_told_without_days(kitchen):
    kitchen.results(kitchen.hand_in(kitchen.complex("C-1", DAY, LATER)))
    version = kitchen.catalogue().version
    kitchen.results(kitchen.hand_in(kitchen.complex("C-1", DAY, active=False)))

    (told,) = kitchen.catalogue(since_version=version).complex
    assert (told.complex_code, told.deleted, told.date) == ("C-1", False, [])


def test_publishing_is_a_change(kitchen):
    with kitchen.database.writing() as transaction:
        town.publish(transaction, [DAY], [town.SCHOOL_1])
        transaction.execute(sa.update(models.offer).values(publication=None))
    version = kitchen.catalogue().version

    kitchen.publish()

    told = kitchen.catalogue(since_version=version).complex
    assert len(told) == 16
    assert {tuple(one.published_date) for one in told} == {(DAY,)}


def test_a_school_narrows_complexes_and_items_to_what_is_offered_there(kitchen):
    kitchen.results(kitchen.hand_in(kitchen.complex("C-1")))
    kitchen.results(kitchen.hand_in_items(kitchen.item(school_code=[town.SCHOOL_1.code])))

    told = kitchen.catalogue(school_code=town.SCHOOL_1.code)

    assert [one.complex_code for one in told.complex] == ["C-1"]
    assert [one.item_code for one in told.additional] == ["BULKA", "NABOR", "SOK"]


def test_places_that_differ_by_days_are_records_of_their_own(kitchen):
    in_b = [MenuSchoolType(code=town.SCHOOL_1.code, building_code=["B"])]
    kitchen.results(
        kitchen.hand_in(
            kitchen.complex("C-1", DAY, LATER), kitchen.complex("C-1", NEXT, school_code=in_b)
        )
    )

    told = kitchen.catalogue(DAY, LATER).complex

    assert [(one.date, one.school_code[0].building_code) for one in told] == [
        ([DAY, LATER], []),
        ([NEXT], ["B"]),
    ]


def test_an_organizer_sees_nothing_of_another(kitchen):
    kitchen.results(kitchen.hand_in(kitchen.complex("C-1")))

    assert kitchen.catalogue(sender=town.OTHER_ORGANIZER).complex == []
    with pytest.raises(NotAllowed):
        kitchen.catalogue(school_code=town.SCHOOL_2.code)


def test_a_period_turned_round_is_refused(kitchen):
    with pytest.raises(PeriodInvalid):
        kitchen.catalogue(NEXT, DAY)


@pytest.mark.parametrize("cursor", ["x", "1.2", "1.3.0.A", "1.-1.0.A", "1.1.²."])
def test_a_cursor_that_the_hub_never_gave_is_refused(kitchen, cursor):
    with pytest.raises(ValidationError):
        kitchen.catalogue(page=Page(limit=5, cursor=cursor))
