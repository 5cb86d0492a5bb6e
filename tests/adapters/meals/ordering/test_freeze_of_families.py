"""What families have chosen at the freeze, through the jobs that freeze and debit (JOB-03)."""

from datetime import date

from nights import Night
from town import BREAKFAST, HOME_SET, IVAN, JUICE, LUNCH, MOTHER, MOTHER_OF_PAVEL, PAVEL

from adapters.meals import models

LUNCH_2 = "BASIC-LUNCH-AGE_7_11-2"
DAY = "2026-11-16"


def test_confirmed_orders_are_fixed_and_unconfirmed_choices_give_way(family):
    family.save((DAY, LUNCH, LUNCH_2, JUICE, 1), (DAY, BREAKFAST, "BASIC-BREAKFAST-AGE_7_11-2"))
    confirmed = family.confirm(DAY, DAY)
    family.save((DAY, BREAKFAST, "BASIC-BREAKFAST-AGE_7_11-2", JUICE, 2))
    family.of(PAVEL, MOTHER_OF_PAVEL).save((DAY, LUNCH, None, HOME_SET, 2))
    family.confirm(DAY, DAY)
    family.save(("2026-11-17", LUNCH, None, HOME_SET, 2))
    night = Night(family.database).at(date(2026, 11, 9), "00:00")
    night.run("meal.default_complex")
    family.at(date(2026, 11, 9))
    (home,) = family.orders(DAY, DAY)
    assert (home.frozen, home.chosen.state.value, str(home.chosen.to_pay)) == (
        True,
        "FROZEN",
        "240.00",
    )
    breakfast, lunch = family.of(IVAN, MOTHER).orders(DAY, DAY)
    assert (lunch.chosen.state.value, lunch.order_id, str(lunch.chosen.to_pay)) == (
        "FROZEN",
        confirmed.order_id,
        "198.33",
    )
    assert (
        breakfast.chosen.state.value,
        breakfast.chosen.source.value,
        breakfast.order_id,
        breakfast.chosen.item,
    ) == ("DEFAULTED", "DEFAULT", None, [])
    mine = [row for row in family.table(models.order_change) if row.account == IVAN.account]
    assert [(r.kind, r.meal_type) for r in mine] == [
        ("CONFIRMED", "BREAKFAST"),
        ("CONFIRMED", "LUNCH"),
        ("CANCELLED", "BREAKFAST"),
        ("DEFAULTED", "BREAKFAST"),
    ]
    assert family.not_saved((DAY, LUNCH, LUNCH_2)).code == "FROZEN"
