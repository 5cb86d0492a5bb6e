"""PublishMenu and WithdrawMenu: parents see a menu that leaves a choice (MEAL-CAT-08, 09, 12)."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
import town

from adapters.meals import models
from adapters.meals.repository import menu
from adapters.organizer import errors
from adapters.organizer.messages import MenuSchoolType
from gateway.contracts.periods import PeriodInvalid
from gateway.kernel.errors import DuplicateConflict, IllegalTransition, NotAllowed, NotFound

FROZEN_DAY, DAY, NEXT = date(2026, 11, 10), date(2026, 11, 16), date(2026, 11, 17)
SUNDAY = date(2026, 11, 15)


@pytest.fixture
def offered(kitchen):
    """Offer all of the town's complexes on days; nothing is published."""

    def offer(*days: date) -> None:
        with kitchen.database.writing() as transaction:
            town.publish(transaction, days, [town.SCHOOL_1])
            transaction.execute(sa.update(models.offer).values(publication=None))

    offer(DAY)
    return offer


def drop(kitchen, *codes: str) -> None:
    with kitchen.database.writing() as transaction:
        transaction.execute(sa.delete(models.offer).where(models.offer.c.code.in_(codes)))


def seen(kitchen, pupil=town.IVAN, day: date = DAY) -> int:
    """Return how many complexes the parent of a pupil sees."""
    with kitchen.database.reading() as transaction:
        return len(menu.offers_to(transaction, pupil.account, day))


def problems(answer) -> list[tuple[str, str, str, str | None]]:
    return [
        (one.code.value, one.meal_type, one.age_category_code, one.pchvr_category_code)
        for one in answer.problem
    ]


def test_a_menu_with_a_choice_for_everybody_is_shown_to_parents(kitchen, offered):
    assert seen(kitchen) == 0

    answer = kitchen.publish()

    assert (answer.state.value, answer.problem) == ("PUBLISHED", [])
    assert answer.published_at == kitchen.clock()
    assert seen(kitchen) == 4


def test_one_complex_is_no_choice(kitchen, offered):
    other = town.complex_of(town.LUNCH, town.YOUNGER, other=True)
    drop(kitchen, other.code)

    answer = kitchen.publish()

    assert answer.state.value == "REJECTED"
    assert {code for code, *_ in problems(answer)} == {"MENU_MIN_COMPLEXES"}
    assert ("MENU_MIN_COMPLEXES", town.LUNCH, town.YOUNGER, None) in problems(answer)
    assert seen(kitchen) == 0


def test_a_complex_for_one_category_is_a_choice_for_that_category_only(kitchen, offered):
    other = town.complex_of(town.LUNCH, town.YOUNGER, other=True)
    with kitchen.database.writing() as transaction:
        transaction.execute(
            sa.insert(models.complex_pchvr).values(
                complex_id=town.complex_id(transaction, other), pchvr=town.FULL
            )
        )

    told = problems(kitchen.publish())

    assert {category for *_, category in told} == {None, town.HALF, town.SUM}
    assert {code for code, *_ in told} == {"MENU_MIN_COMPLEXES"}


@pytest.mark.parametrize("other", [True, False], ids=["two defaults", "no default"])
def test_there_is_exactly_one_default_complex(kitchen, offered, other):
    changed = town.complex_of(town.LUNCH, town.YOUNGER, other=other)
    with kitchen.database.writing() as transaction:
        transaction.execute(
            sa.update(models.complex_revision)
            .where(models.complex_revision.c.id == town.complex_id(transaction, changed))
            .values(is_default=other)
        )

    answer = kitchen.publish()

    assert {code for code, *_ in problems(answer)} == {"MENU_DEFAULT_COMPLEX"}
    assert {meal for _, meal, *_ in problems(answer)} == {town.LUNCH}


def test_pupils_without_any_complex_on_a_day_of_meals_are_told(kitchen, offered):
    drop(
        kitchen,
        *[town.complex_of(town.BREAKFAST, town.OLDER, other=other).code for other in (True, False)],
    )

    assert problems(kitchen.publish()) == [("NO_MENU", town.BREAKFAST, town.OLDER, town.SUM)]


def test_only_days_of_meals_of_the_school_are_checked(kitchen, offered):
    assert kitchen.publish(date(2026, 11, 14), DAY).state.value == "PUBLISHED"


def test_a_rejected_publication_shows_nothing_of_its_other_days(kitchen, offered):
    answer = kitchen.publish(DAY, NEXT)

    assert {one.date for one in answer.problem} == {NEXT}
    assert seen(kitchen) == 0


def test_a_period_with_a_frozen_day_is_refused(kitchen, offered):
    with pytest.raises(errors.Frozen) as refused:
        kitchen.publish(FROZEN_DAY, DAY)
    assert refused.value.findings[0].text == "Первый незамороженный день — 11.11.2026."


@pytest.mark.parametrize(
    ("first", "last"), [(NEXT, DAY), (DAY, date(2027, 2, 16))], ids=["turned round", "too long"]
)
def test_a_wrong_period_is_refused(kitchen, first, last):
    with pytest.raises(PeriodInvalid):
        kitchen.publish(first, last)


def test_a_foreign_school_and_one_that_does_not_exist_are_refused_alike(kitchen, offered):
    told = []
    for school in (town.SCHOOL_2.code, "SCH-UNKNOWN"):
        with pytest.raises(NotAllowed) as refused:
            kitchen.publish(DAY, DAY, town.SCHOOL_1.code, school)
        told.append((refused.value.code, refused.value.text, refused.value.findings))
    assert told[0] == told[1]


def test_the_same_publication_again_gets_the_first_answer_even_a_refusal(kitchen, offered):
    first = kitchen.publish(DAY, NEXT)
    offered(NEXT)

    assert kitchen.publish(DAY, NEXT) == first
    assert kitchen.publish(DAY, NEXT, publication="PUB-2").state.value == "PUBLISHED"


def test_other_content_under_a_publication_id_is_a_conflict(kitchen, offered):
    kitchen.publish()

    with pytest.raises(DuplicateConflict):
        kitchen.publish(DAY, NEXT)


def test_a_withdrawn_menu_is_hidden_and_stays_in_the_catalogue(kitchen, offered):
    kitchen.publish()

    answer = kitchen.withdraw()

    assert (answer.state.value, seen(kitchen)) == ("WITHDRAWN", 0)
    assert len(kitchen.catalogue().complex) == 16
    assert kitchen.publish(publication="PUB-2").state.value == "PUBLISHED"


def test_withdrawing_again_gets_the_first_answer(kitchen, offered):
    kitchen.publish()
    first = kitchen.withdraw()
    kitchen.clock.advance(hours=1)

    assert kitchen.withdraw() == first


def test_a_menu_with_a_frozen_day_is_not_withdrawn(kitchen, offered):
    kitchen.publish()
    kitchen.clock.now = datetime(2026, 11, 8, 18, 59, 59, tzinfo=UTC)
    offered_until = seen(kitchen)
    kitchen.clock.advance(seconds=1)

    with pytest.raises(errors.Frozen):
        kitchen.withdraw()
    assert seen(kitchen) == offered_until == 4


def test_what_was_not_published_cannot_be_withdrawn(kitchen, offered):
    with pytest.raises(NotFound):
        kitchen.withdraw()
    drop(kitchen, town.complex_of(town.LUNCH, town.YOUNGER).code)
    kitchen.publish()
    with pytest.raises(IllegalTransition):
        kitchen.withdraw()


def test_imported_complexes_are_published_end_to_end(kitchen):
    kitchen.results(
        kitchen.hand_in(
            *[
                kitchen.complex(
                    f"{menu_type}-{meal}-{age}-{number}",
                    menu_type_code=menu_type,
                    meal_type=meal,
                    age_category_code=age,
                    is_default=number == 1,
                    school_code=[MenuSchoolType(code=town.SCHOOL_1.code)],
                )
                for menu_type in (town.BASIC, town.DIET)
                for meal in (town.BREAKFAST, town.LUNCH)
                for age in (town.YOUNGER, town.OLDER)
                for number in (1, 2)
            ]
        )
    )

    assert kitchen.publish().problem == []
    assert [seen(kitchen, pupil) for pupil in (town.IVAN, town.TIMUR, town.DARYA)] == [4, 4, 4]
