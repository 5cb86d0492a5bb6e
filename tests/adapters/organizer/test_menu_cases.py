"""Every sample of ORG-MENU gets what its case says, and a negative one for no other reason."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
import town
from lxml import etree
from suite_samples import CATALOG, handed_out, suite_of

from adapters import meals, organizer
from adapters.meals.ledger import MealsLedger
from adapters.organizer import errors
from adapters.organizer.handlers.directories import get_directories
from adapters.organizer.handlers.imports import (
    import_additional_menu,
    import_complexes,
    import_dishes,
)
from adapters.organizer.messages import (
    GetDirectoriesRequest,
    ImportAdditionalMenuRequest,
    ImportComplexesRequest,
    ImportDishesRequest,
)
from gateway.contracts.codec import decode
from gateway.trial_data import Preparation

PLAN = "organizer-menu"
CONTRACT = CATALOG.contract("meals/menu-import/1.0")
MENU = f"{{{CONTRACT.namespace}}}"
HANDLERS = {
    "ImportDishesRequest": (import_dishes, ImportDishesRequest),
    "ImportComplexesRequest": (import_complexes, ImportComplexesRequest),
    "ImportAdditionalMenuRequest": (import_additional_menu, ImportAdditionalMenuRequest),
}
UNKNOWN_CATEGORIES = {
    1: ("menuTypeCode", "menu_type"),
    2: ("mealType", "meal_type"),
    3: ("ageCategoryCode", "age_category"),
    4: ("pchvrCategoryCode", None),
}


class Session:
    """What a session of the plan works with, and how its samples are sent."""

    def __init__(self, kitchen) -> None:
        self.kitchen = kitchen
        suite = suite_of(PLAN)
        with kitchen.database.writing() as transaction:
            preparation = Preparation(
                participant=replace(town.ORGANIZER, name="Комбинат"),
                wanted={param.name for param in suite.params},
                given={},
                now=kitchen.clock(),
                calendar=kitchen.calendar,
                ledger=MealsLedger(transaction),
                identifiers=uuid4,
                choose=lambda most: most // 3,
            )
            self.params = meals.ADAPTER.test_data.prepare(transaction, preparation)

    def sample(self, code: str, row: int = 0):
        payload = handed_out(PLAN, code, row, self.kitchen.clock(), self.params)
        assert CONTRACT.validate(payload), CONTRACT.last_error()
        return payload

    def hand_in(self, payload):
        """Send a package and have it processed; return its receipt."""
        handler, kind = HANDLERS[etree.QName(payload).localname]
        receipt = self.kitchen.send(handler, decode(kind, payload))
        self.kitchen.process()
        return receipt

    def results(self, payload) -> list[str]:
        return self.kitchen.results(self.hand_in(payload))

    def errors(self, payload) -> list[tuple[str, str | None]]:
        return self.kitchen.errors(self.hand_in(payload))

    def publish(self, day: str):
        one = date.fromisoformat(self.params[day])
        school = self.params["school"]
        return self.kitchen.publish(one, one, school, publication=f"PUB-{uuid4()}")

    def state(self, name: str, **where: str) -> int:
        ask = organizer.ADAPTER.test_data.states[name]
        with self.kitchen.database.reading() as transaction:
            return len(ask(transaction, town.ORGANIZER.code, where))


@pytest.fixture
def session(kitchen) -> Session:
    return Session(kitchen)


@pytest.fixture
def with_dishes(session) -> Session:
    assert session.results(session.sample("OM-02")) == ["CREATED"] * 3
    return session


def batch_of(payload) -> str:
    return payload.findtext(f"{MENU}batchId")


def codes(publication) -> set[str]:
    return {problem.code.value for problem in publication.problem}


def test_directories_name_what_the_samples_use_and_no_other_school(session):
    payload = session.sample("OM-01")
    told = session.kitchen.send(get_directories, decode(GetDirectoriesRequest, payload))
    params = session.params
    assert [school.school_code for school in told.school] == [params["school"]]
    assert params["menu_type"] in {one.code for one in told.menu_type}
    assert params["age_category"] in {one.code for one in told.age_category}
    assert params["meal_type"] in {one.code for one in told.meal_type}


def test_the_dishes_are_taken_with_their_prices(session):
    payload = session.sample("OM-02")
    assert session.results(payload) == ["CREATED"] * 3
    assert session.state("dishes", batch_id=batch_of(payload)) == 3
    assert session.state("dishes", batch_id=batch_of(payload), price="48.50") == 1


def test_a_second_attempt_at_the_dishes_finds_them_unchanged(with_dishes):
    payload = with_dishes.sample("OM-02")
    assert with_dishes.results(payload) == ["UNCHANGED"] * 3
    assert with_dishes.state("dishes", batch_id=batch_of(payload)) == 3


def test_the_complexes_are_taken_and_published(with_dishes):
    payload = with_dishes.sample("OM-03")
    assert with_dishes.results(payload) == ["CREATED"] * 2
    found = {"batch_id": batch_of(payload), "day": with_dishes.params["open_day"]}
    assert with_dishes.state("complexes", **found, school=with_dishes.params["school"]) == 2
    assert with_dishes.state("complexes", **found, price="152.40") == 1
    assert with_dishes.state("complexes", **found, published="true") == 0

    assert with_dishes.publish("open_day").state.value == "PUBLISHED"
    assert with_dishes.state("complexes", **found, published="true") == 2


@pytest.mark.parametrize(("code", "kind"), [("OM-04", "STANDARD"), ("OM-05", "HOME_STUDY")])
def test_both_kinds_of_additional_menu_are_taken(with_dishes, code, kind):
    payload = with_dishes.sample(code)
    assert with_dishes.results(payload) == ["CREATED"] * 2
    assert with_dishes.state("additional_items", batch_id=batch_of(payload), kind=kind) == 2


@pytest.mark.parametrize("row", UNKNOWN_CATEGORIES)
def test_an_unknown_category_is_refused_and_its_mended_row_is_taken(with_dishes, row):
    element, name = UNKNOWN_CATEGORIES[row]
    path = suite_of(PLAN).case("OM-06").rows[row - 1].values["path"]
    payload = with_dishes.sample("OM-06", row)
    # A type of menu stands neither in the directory nor in the contract: one rule, told twice.
    assert set(with_dishes.errors(payload)) == {("CATEGORY_UNKNOWN", path)}
    assert with_dishes.state("complexes", batch_id=batch_of(payload)) == 0

    mended = with_dishes.sample("OM-06", row)
    wrong = mended.find(f"{MENU}complex/{MENU}{element}")
    wrong.text = "MANY_CHILDREN" if name is None else with_dishes.params[name]
    assert with_dishes.results(mended) == ["CREATED"]


def test_one_complex_alone_is_not_published_and_with_a_second_one_it_is(with_dishes):
    payload = with_dishes.sample("OM-07")
    assert with_dishes.results(payload) == ["CREATED"]
    told = with_dishes.publish("second_open_day")
    assert codes(told) == {"MENU_MIN_COMPLEXES"}
    assert with_dishes.state("publications", publication_id=told.publication_id) == 1
    refused = {"publication_id": told.publication_id, "state": "PUBLISHED"}
    assert with_dishes.state("publications", **refused) == 0

    second = with_dishes.sample("OM-07")
    second.find(f"{MENU}complex/{MENU}complexCode").text += "-BIS"
    second.find(f"{MENU}complex/{MENU}isDefault").text = "false"
    assert with_dishes.results(second) == ["CREATED"]
    assert with_dishes.publish("second_open_day").state.value == "PUBLISHED"


def test_without_a_default_nothing_is_published_and_with_one_it_is(with_dishes):
    assert with_dishes.results(with_dishes.sample("OM-08")) == ["CREATED"] * 2
    assert codes(with_dishes.publish("third_open_day")) == {"MENU_DEFAULT_COMPLEX"}

    mended = with_dishes.sample("OM-08")
    mended.find(f"{MENU}complex/{MENU}isDefault").text = "true"
    assert with_dishes.results(mended) == ["UPDATED", "UNCHANGED"]
    assert with_dishes.publish("third_open_day").state.value == "PUBLISHED"


def test_a_repeated_package_is_the_first_one(session):
    payload = session.sample("OM-02")
    first, again = session.hand_in(payload), session.hand_in(payload)
    assert (first.duplicate, again.duplicate) == (False, True)
    assert again.import_id == first.import_id
    assert session.state("menu_imports", batch_id=batch_of(payload)) == 1


def test_a_frozen_complex_stays_and_on_an_open_day_it_changes(session):
    payload = session.sample("OM-11")
    assert session.errors(payload) == [("FROZEN", "date[1]")]
    kept = {"batch_id": batch_of(payload), "day": session.params["frozen_day"]}
    assert session.state("complexes", **kept, price="150.00") == 1
    with pytest.raises(errors.Frozen):
        session.publish("frozen_day")

    mended = session.sample("OM-11")
    mended.find(f"{MENU}complex/{MENU}date").text = session.params["open_day"]
    assert session.results(mended) == ["CREATED"]


def test_a_complex_for_a_foreign_school_is_refused_and_for_the_own_one_taken(with_dishes):
    payload = with_dishes.sample("OM-12")
    assert with_dishes.errors(payload) == [("SCHOOL_NOT_BOUND", "schoolCode[1]/code")]
    assert with_dishes.state("complexes", batch_id=batch_of(payload)) == 0

    mended = with_dishes.sample("OM-12")
    mended.find(f"{MENU}complex/{MENU}schoolCode/{MENU}code").text = with_dishes.params["school"]
    assert with_dishes.results(mended) == ["CREATED"]


def test_what_a_session_has_imported_goes_with_it(with_dishes):
    payload = with_dishes.sample("OM-03")
    with_dishes.hand_in(payload)
    with with_dishes.kitchen.database.writing() as transaction:
        meals.ADAPTER.test_data.purge(transaction, [with_dishes.params])
    assert with_dishes.state("complexes", batch_id=batch_of(payload)) == 0
    assert with_dishes.state("dishes") == 0
    assert with_dishes.state("menu_imports", batch_id=batch_of(payload)) == 1


def test_another_organizer_is_told_nothing_of_them(with_dishes):
    ask = organizer.ADAPTER.test_data.states["dishes"]
    with with_dishes.kitchen.database.reading() as transaction:
        assert ask(transaction, town.ORGANIZER.code, {}) != []
        assert ask(transaction, "ORG-OTHER", {}) == []
        with pytest.raises(KeyError, match="colour"):
            ask(transaction, town.ORGANIZER.code, {"colour": "red"})
