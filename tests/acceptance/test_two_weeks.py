"""Two weeks of a school's life by SOAP alone, on a clock that is moved (issue 6, must show 1).

PostgreSQL lives them across the day of unity of 2026, five days a week; SQLite in 2025, six days a
week, across a working Saturday and a moved day off. The days at which choices freeze are written
out by hand, and what everybody pays stands in `school_cast`: no rule of the hub checks the hub.
"""

import datetime as dt
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal

import pytest
import school_cast as cast
import school_setup as setup
from hub_process import hub_on
from hub_thread import serving
from school_cast import BREAKFAST, DARYA, IVAN, LEV, LUNCH, MARIA, PAVEL, TIMUR
from school_days import SchoolDay, Told
from school_world import World, enter_everybody, new_id
from school_year import control, control_papers
from soap_program import period

from gateway import bootstrap
from gateway.kernel.settings import load

MENU, ORDER = "meals/menu-import", "meals/order"


@dataclass(frozen=True)
class Year:
    """Which two weeks they are, and what the calendar has to make of them."""

    settled: dt.date
    weekdays: range
    """With meals; Monday is 1."""
    chosen_on: tuple[dt.date, ...]
    """When families sit down to choose."""
    frozen_on: dict[dt.date, dt.date]
    """By the day of the meal: at whose midnight its choice freezes."""

    @property
    def days(self) -> list[dt.date]:
        """The days with meals."""
        return sorted(self.frozen_on)


def november(year: int, frozen_on: dict[int, tuple[int, int]]) -> dict[dt.date, dt.date]:
    return {
        dt.date(year, 11, day): dt.date(year, month, at) for day, (month, at) in frozen_on.items()
    }


HOLIDAY = Year(
    settled=dt.date(2026, 10, 26),
    weekdays=range(1, 6),
    chosen_on=(dt.date(2026, 10, 26), dt.date(2026, 10, 30), dt.date(2026, 11, 6)),
    frozen_on=november(
        2026,  # Wednesday 4 November is a holiday
        {
            5: (10, 28),
            6: (10, 29),
            9: (10, 30),
            10: (11, 2),
            11: (11, 3),
            12: (11, 5),
            13: (11, 6),
            16: (11, 9),
            17: (11, 10),
            18: (11, 11),
        },
    ),
)
WORKING_SATURDAY = Year(
    settled=dt.date(2025, 10, 27),
    weekdays=range(1, 7),
    chosen_on=(dt.date(2025, 10, 27), dt.date(2025, 10, 31), dt.date(2025, 11, 7)),
    frozen_on=november(
        2025,  # Saturday 1 November works, Monday 3 November does not, nor does the 4th
        {
            5: (10, 28),
            6: (10, 29),
            7: (10, 30),
            8: (10, 31),
            10: (10, 31),
            11: (11, 1),
            12: (11, 5),
            13: (11, 6),
            14: (11, 7),
            15: (11, 10),
            17: (11, 10),
            18: (11, 11),
        },
    ),
)


@pytest.fixture(
    params=[
        pytest.param(("postgresql", HOLIDAY), marks=pytest.mark.postgres, id="holiday"),
        pytest.param(("sqlite", WORKING_SATURDAY), id="working-saturday"),
    ]
)
def year_and_world(request, tmp_path, clock):
    engine, year = request.param
    clock.now = dt.datetime.combine(year.settled, dt.time(3), dt.UTC)
    with hub_on(engine, tmp_path, request.getfixturevalue) as process:
        hub = bootstrap.assemble(load(process.environment), clock)
        with closing(hub), serving(hub):
            world = enter_everybody(hub, clock)
            yield year, world
            for program in (world.organizer, world.school, world.omsu, world.bank):
                program.close()


def test_two_weeks_of_a_school(year_and_world):
    year, world = year_and_world
    settle(world, year)
    hand_the_menu_in(world, year)
    mistakes_are_refused_whole(world, year)
    day, last = year.settled, year.days[-1]
    while day <= last:
        if day > year.settled:
            freeze(world, year, day)
        if day in year.chosen_on:
            choose(world, year, day)
        if day in year.frozen_on:
            live(world, year, day)
        control(world, year.days[0], last)
        day += dt.timedelta(days=1)
    control_papers(world, year.days[0], last)


def settle(world: World, year: Year) -> None:
    """Let everybody tell what they know, in the order in which it is asked for."""
    world.at(year.settled, "08:00:00")
    setup.keep_directories(world, year.settled)
    setup.tell_of_the_school(world, year.settled)
    setup.set_terms(world, year.settled, year.weekdays)
    told = world.parent("GetAccount", MARIA)
    assert (told["schoolCode"], told["className"]) == (cast.SCHOOL, "3А")
    assert (told["pchvrCode"], told["menuTypeCode"]) == (cast.FULL, cast.BASIC)
    assert (told["balance"], told["creditLimit"]) == (Decimal("0.00"), cast.CREDIT_LIMIT)
    foreign = world.school.refused(ORDER, "GetAccount", cast.MOTHER, account=world.accounts[MARIA])
    assert foreign == "NOT_ALLOWED"


def hand_the_menu_in(world: World, year: Year) -> None:
    """Publish only what leaves families a choice: two complexes, one of them of the day."""
    first, last = year.days[0], year.days[-1]
    setup.import_dishes(world)
    setup.import_complexes(world, year.days, other=False, is_default=True)
    _, state, problems = setup.publish(world, first, last)
    assert (state, problems) == ("REJECTED", {"MENU_MIN_COMPLEXES"})
    assert not meals_shown(world, first)
    setup.import_complexes(world, year.days, other=True, is_default=True)
    _, state, problems = setup.publish(world, first, last)
    assert (state, problems) == ("REJECTED", {"MENU_DEFAULT_COMPLEX"})
    setup.import_complexes(world, year.days, other=True, is_default=False)
    name, state, problems = setup.publish(world, first, last)
    assert (state, problems) == ("PUBLISHED", set())
    world.publication = name
    assert meals_shown(world, first) == {BREAKFAST: 2, LUNCH: 2}


def meals_shown(world: World, day: dt.date) -> dict[str, int]:
    """Return how many complexes Ivan is shown by the meal."""
    (shown,) = world.parent("GetMenu", IVAN, period=period(day, day))["day"]
    return {meal["mealType"]: len(meal["complex"]) for meal in shown["meal"] if meal["complex"]}


def mistakes_are_refused_whole(world: World, year: Year) -> None:
    day = year.days[0]
    late = year.settled + dt.timedelta(days=15)
    lunch = cast.complex_code(LUNCH, cast.YOUNGER)
    good = line(day, lunch)
    juice = [{"itemCode": cast.JUICE, "qty": 1}]
    for wrong, code in (
        (line(late, lunch), "OUT_OF_WINDOW"),
        (line(day, cast.complex_code(LUNCH, cast.OLDER), BREAKFAST), "COMPLEX_NOT_AVAILABLE"),
        (line(day, None, BREAKFAST, juice), "ADDITIONAL_WITHOUT_COMPLEX"),
        (line(day, lunch, BREAKFAST), "COMPLEX_NOT_AVAILABLE"),
    ):
        refused = world.parent_refused("SaveChoice", IVAN, choiceId=new_id(), item=[good, wrong])
        assert refused == code
    set_of_home = [{"itemCode": cast.HOME_SET, "qty": 1}]
    wrong = line(day, lunch, additional=set_of_home)
    refused = world.parent_refused("SaveChoice", IVAN, choiceId=new_id(), item=[wrong])
    assert refused == "ITEM_NOT_AVAILABLE"
    assert not world.parent("GetOrders", IVAN, period=period(day, day))["order"]
    nothing = world.parent_refused(
        "ConfirmOrder", IVAN, confirmId=new_id(), period=period(day, day)
    )
    assert nothing == "NOTHING_TO_CONFIRM"


def line(day, code, meal=LUNCH, additional=()):
    return {"date": day, "mealType": meal, "complexCode": code, "additional": list(additional)}


def choose(world: World, year: Year, today: dt.date) -> None:
    """Let families choose what is open: Darya's confirms, Timur's does not, Pavel's wants sets."""
    if today > year.settled:
        world.until(today, "06:30:00")
    horizon = today + dt.timedelta(days=14)
    waiting = [
        day
        for day, at in sorted(year.frozen_on.items())
        if at > today and day <= horizon and (DARYA, day, LUNCH) not in world.ordered
    ]
    older = cast.complex_code(LUNCH, cast.OLDER, other=True)
    saved = save(world, DARYA, [line(day, older) for day in waiting])
    assert saved["topUpSuggested"] is True
    assert saved["suggestedAmount"] > 0
    assert world.parent("GetOrders", DARYA, period=period(today, horizon))["order"]
    assert not heard_of(world, DARYA, waiting[-1])
    confirm(world, DARYA, waiting)
    assert heard_of(world, DARYA, waiting[-1])

    younger = cast.complex_code(LUNCH, cast.YOUNGER, other=True)
    save(world, TIMUR, [line(day, younger) for day in waiting])
    assert not heard_of(world, TIMUR, waiting[-1])

    if today == year.settled:
        sets = [{"itemCode": cast.HOME_SET, "qty": 1}]
        save(world, PAVEL, [line(day, None, additional=sets) for day in waiting[:2]])
        confirm(world, PAVEL, waiting[:2])


def save(world: World, pupil, items):
    """Save a choice, and see the three sums of each line (MEAL-PAR-08)."""
    answer = world.parent("SaveChoice", pupil, choiceId=new_id(), item=items)
    price = cast.CHOSEN[pupil, LUNCH]
    for one in answer["saved"]:
        assert (one["fullPrice"], one["discount"], one["toPay"]) == (*price, price.to_pay)
        assert one["state"] == "CHOSEN"
    assert answer["total"]["toPay"] == price.to_pay * len(items)
    assert answer["balance"] == world.books.balances[pupil]
    return answer


def confirm(world: World, pupil, days) -> None:
    """Confirm, with whatever money there is (MEAL-PAR-10, 11)."""
    asked = {"confirmId": new_id(), "period": period(days[0], days[-1])}
    answer = world.parent("ConfirmOrder", pupil, **asked)
    assert [one["date"] for one in answer["item"]] == list(days)
    again = world.parent("ConfirmOrder", pupil, **asked)
    assert (again["orderId"], again["duplicate"]) == (answer["orderId"], True)
    world.ordered.update({(pupil, day, LUNCH): cast.CHOSEN[pupil, LUNCH] for day in days})


def heard_of(world: World, pupil, day) -> bool:
    """Tell whether the organizer sees an order of a pupil on a day (MEAL-ORG-01)."""
    answer = world.organizer.ask(
        "meals/organizer", "GetParentOrders", period=period(day, day), detail="ACCOUNT"
    )
    return world.accounts[pupil] in {row["account"] for row in answer["row"] or []}


def freeze(world: World, year: Year, today: dt.date) -> None:
    """Let Ivan's mother choose in the last second of a day, and find it shut in the next."""
    freezing = [day for day, at in sorted(year.frozen_on.items()) if at == today]
    other = cast.complex_code(LUNCH, cast.YOUNGER, other=True)
    juices = [{"itemCode": cast.JUICE, "qty": cast.JUICES}]
    if freezing:
        world.until(today - dt.timedelta(days=1), "23:59:55")
        save(world, IVAN, [line(day, other, additional=juices) for day in freezing])
        confirm(world, IVAN, freezing)
        world.at(today - dt.timedelta(days=1), "23:59:59")
        save_again = [line(day, other, additional=juices) for day in freezing]
        world.parent("SaveChoice", IVAN, choiceId=new_id(), item=save_again)
        world.at(today - dt.timedelta(days=1), "23:59:59")
        confirm(world, IVAN, freezing)
    for day in freezing:
        # The clock shuts the day; the job of midnight has not run yet.
        world.at(today, "00:00:00")
        shut = world.parent_refused("SaveChoice", IVAN, choiceId=new_id(), item=[line(day, other)])
        assert shut == "FROZEN"
    world.until(today, "00:10:30")
    for day in freezing:
        control_frozen(world, day)
    if freezing and world.publication:
        refused = world.organizer.refused(
            MENU, "WithdrawMenu", publicationId=world.publication, reason="Не успеваем"
        )
        assert refused == "FROZEN"
        world.publication = ""


def control_frozen(world: World, day: dt.date) -> None:
    """See that every pupil has a meal: what was confirmed, else the complex of the day."""
    for pupil in cast.PUPILS:
        found = world.parent("GetOrders", pupil, period=period(day, day))["order"] or []
        got = {
            one["mealType"]: (one["chosen"]["state"], one["chosen"]["source"], one["chosen"])
            for one in found
        }
        for meal in pupil.meals:
            price = world.price(pupil, day, meal)
            if price is None:
                assert meal not in got
                continue
            was_chosen = (pupil, day, meal) in world.ordered
            state, source, chosen = got[meal]
            expected = ("FROZEN", "PARENT") if was_chosen else ("DEFAULTED", "DEFAULT")
            assert (state, source) == expected, (pupil, day, meal)
            sums = (chosen["fullPrice"], chosen["discount"], chosen["toPay"])
            assert sums == (*price, price.to_pay)


def live(world: World, year: Year, today: dt.date) -> None:
    """Live one day: what is special about it is told by its number."""
    number = year.days.index(today)
    if number == 0:
        pay(world, IVAN, Decimal("1000.00"))
    if number == 3:
        pay(world, LEV, Decimal("1000.00"))
    told = {
        0: Told(absent=(TIMUR,), ate=(TIMUR,), prints_at="08:10:00"),
        1: Told(absent=(MARIA,), prints_at="11:30:00"),
        2: Told(ate=(LEV,)),
        3: Told(left_early=(IVAN,)),
        4: Told(unformed=(cast.CLASS_7B,)),
        5: Told(did_not_eat=(DARYA,)),
        6: Told(hub_sleeps=True),
    }.get(number, Told())
    if told.unformed:
        world.unformed = today
    SchoolDay(world, today, told).live()


def pay(world: World, pupil, amount: Decimal) -> None:
    """Pay at a bank, which learns no more than it needs (MEAL-BANK, MEAL-ADM-07)."""
    account = world.accounts[pupil]
    now = world.clock()
    asked = {"account": account, "channel": "ATM", "requestTime": now}
    known = world.bank.ask("meals/bank-payment", "CheckAccount", **asked)
    assert (known["resultCode"], known["pupilMask"]) == (0, f"{pupil.name} {pupil.surname[0]}.")
    payment = {
        "bankPaymentId": new_id(),
        "account": account,
        "currency": "RUB",
        "paymentTime": now,
        "channel": "ATM",
    }
    much = {**payment, "bankPaymentId": new_id(), "amount": Decimal("2000.01")}
    refused = world.bank.ask("meals/bank-payment", "RegisterPayment", **much)
    assert refused["reason"] == "LIMIT_EXCEEDED"
    for repeated in (False, True):
        paid = world.bank.ask("meals/bank-payment", "RegisterPayment", amount=amount, **payment)
        assert (paid["resultCode"], paid["state"]) == (0, "CREDITED"), paid
        assert bool(paid["duplicate"]) is repeated
    world.books.pay(payment["bankPaymentId"], pupil, amount)
