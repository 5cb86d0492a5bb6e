"""Several processes and parents at once: one order, and a feed that tells the same."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from town import JUICE, LUNCH

from adapters.meals import models
from adapters.meals.handlers.choices import save_choice
from adapters.meals.handlers.confirmations import confirm_order
from gateway.kernel.errors import GatewayError
from gateway.storage.database import is_race

LUNCHES = ("BASIC-LUNCH-AGE_7_11-1", "BASIC-LUNCH-AGE_7_11-2")
DAY, NEXT = "2026-11-16", "2026-11-17"
WRITERS = 6


def test_same_choice_from_many_processes_is_saved_once(family):
    request = family.choice((DAY, LUNCH, LUNCHES[0], JUICE, 1))
    answers = together([lambda: family.send(save_choice, request)] * WRITERS)
    assert Counter(one.duplicate for one in answers) == {False: 1, True: WRITERS - 1}
    assert len(family.table(models.meal_order)) == 1


def test_of_many_confirmations_one_confirms_and_the_organizer_hears_once(family):
    family.save((DAY, LUNCH, LUNCHES[0]), (NEXT, LUNCH, LUNCHES[0]))
    requests = [family.confirmation(DAY, NEXT) for _ in range(WRITERS)]
    answers = together([lambda one=one: answer(family, confirm_order, one) for one in requests])
    assert Counter(answers) == {"OK": 1, "NOTHING_TO_CONFIRM": WRITERS - 1}
    assert [row[0] for row in family.changes()] == ["CONFIRMED", "CONFIRMED"]


def test_edits_and_confirmations_at_once_leave_a_feed_that_tells_the_orders(family):
    family.save((DAY, LUNCH, LUNCHES[0]), (NEXT, LUNCH, LUNCHES[0]))
    calls = []
    for number in range(WRITERS):
        days = (DAY, NEXT) if number % 2 else (NEXT, DAY)
        edit = family.choice(*((day, LUNCH, LUNCHES[number % 2]) for day in days))
        confirm = family.confirmation(DAY, NEXT)
        calls += [
            lambda edit=edit: answer(family, save_choice, edit),
            lambda confirm=confirm: answer(family, confirm_order, confirm),
        ]
    assert set(together(calls)) <= {"OK", "NOTHING_TO_CONFIRM"}
    cooked = {}
    for kind, day, meal, code, _ in family.changes():
        if kind == "CANCELLED":
            assert cooked.pop((day, meal)) == code
        else:
            assert (day, meal) not in cooked
            cooked[day, meal] = code
    assert cooked == {
        (row.day.isoformat(), row.meal_type): row.complex_code
        for row in family.table(models.meal_order)
        if row.state == "CONFIRMED"
    }


def answer(family, handler, request) -> str:
    try:
        family.send(handler, request)
    except GatewayError as refusal:
        return refusal.code
    return "OK"


def together(calls):
    """Make all calls at the same moment, each again for as long as it loses a race."""
    start = Barrier(len(calls))

    def insist(call):
        start.wait(timeout=30)
        while True:
            try:
                return call()
            except Exception as error:
                if not is_race(error):
                    raise

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(insist, calls))
