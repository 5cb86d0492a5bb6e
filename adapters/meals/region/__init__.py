"""An invented region for demonstrations, tests and benchmarks: schools, people, two weeks of menus.

    region = Region(seed=1, size=TOWN, year=2026)
    fill(database, region, now)
    with database.writing() as transaction:
        publish_days(transaction, region, first, last, calendar, now)

Nobody here exists. The same seed gives the same region; regions of other seeds and sizes share no
school and no person, so that several may stand side by side.
"""

from adapters.meals.region.day import fill_day, order_day, top_up
from adapters.meals.region.fill import fill
from adapters.meals.region.plan import LAST_SEED, REGION, SIZES, TOWN, VILLAGE, Region, school_year
from adapters.meals.region.publish import publish_days

__all__ = [
    "LAST_SEED",
    "REGION",
    "SIZES",
    "TOWN",
    "VILLAGE",
    "Region",
    "fill",
    "fill_day",
    "order_day",
    "publish_days",
    "school_year",
    "top_up",
]
