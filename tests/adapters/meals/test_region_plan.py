"""An invented region before it is entered anywhere."""

from collections import Counter
from decimal import Decimal
from hashlib import sha256
from itertools import pairwise

import pytest

from adapters.meals.region import REGION, TOWN, VILLAGE, Region, dishes, names
from gateway.kernel import identifiers


@pytest.fixture(scope="module")
def town():
    return list(Region(1, TOWN, 2026).schools())


def digest(region):
    hashed = sha256()
    for school in region.schools():
        hashed.update(repr(school).encode())
    return hashed.hexdigest()


def pupils(schools):
    return [pupil for school in schools for pupil in school.pupils]


def guardians(schools):
    return {who.id: who for pupil in pupils(schools) for who in pupil.guardians}.values()


def staff(schools):
    return [
        who
        for school in schools
        for who in (school.administrator, *(c.teacher for c in school.classes))
    ]


def test_the_same_seed_makes_the_same_region():
    assert digest(Region(5, VILLAGE, 2026)) == digest(Region(5, VILLAGE, 2026))


def test_another_seed_makes_another_region():
    assert digest(Region(5, VILLAGE, 2026)) != digest(Region(6, VILLAGE, 2026))


def test_a_school_does_not_depend_on_which_was_made_before():
    region = Region(5, TOWN, 2026)
    last = region.school(TOWN.schools - 1)
    assert list(region.schools())[-1] == last


@pytest.mark.parametrize("size", [VILLAGE, TOWN, REGION], ids=lambda size: size.name)
def test_a_region_has_as_many_pupils_as_its_size_says(size):
    assert sum(Region(7, size, 2026)._headcounts) == size.pupils
    assert len(Region(7, size, 2026)._headcounts) == size.schools


def test_every_school_has_the_pupils_that_were_meant_for_it(town):
    assert [len(school.pupils) for school in town] == list(Region(1, TOWN, 2026)._headcounts)


def test_every_number_of_a_person_holds_and_is_nobody_elses(town):
    everybody = [*pupils(town), *guardians(town), *staff(town)]
    numbers = [who.snils for who in everybody]
    assert all(identifiers.check_snils(number).passed for number in numbers)
    assert len(set(numbers)) == len(numbers)
    oids = [who.oid for who in (*guardians(town), *staff(town))]
    assert len(set(oids)) == len(oids)


def test_every_account_and_taxpayer_number_holds(town):
    accounts = [pupil.account for pupil in pupils(town)]
    assert all(identifiers.check_personal_account(number).passed for number in accounts)
    assert len(set(accounts)) == len(accounts)
    inns = [school.inn for school in town] + [
        organizer.inn for organizer in Region(1, REGION, 2026).organizers
    ]
    assert all(identifiers.check_inn(inn).passed for inn in inns)
    assert len(set(inns)) == len(inns)


def test_regions_of_other_seeds_and_sizes_share_nobody(town):
    others = [Region(2, TOWN, 2026).school(0), Region(1, VILLAGE, 2026).school(0)]
    others.append(Region(1, REGION, 2026).school(0))
    seen = {pupil.account for pupil in pupils(town)} | {who.snils for who in guardians(town)}
    for school in others:
        assert seen.isdisjoint(pupil.account for pupil in school.pupils)
        assert seen.isdisjoint(who.snils for who in guardians([school]))
        assert school.organizer.inn not in {one.organizer.inn for one in town}


def test_the_last_person_of_the_largest_region_stays_within_the_seed():
    region = Region(1, REGION, 2026)
    last = region.school(REGION.schools - 1)
    assert max(who.snils for who in guardians([last])) < "90200000000"
    assert max(pupil.account for pupil in last.pupils) < identifiers.issue_account(2_000_000)


def test_no_two_pupils_have_the_same_name_and_birthday(town):
    alike = Counter((pupil.name, pupil.born) for pupil in pupils(town))
    assert max(alike.values()) == 1


def test_children_bear_the_name_of_their_father_in_the_form_of_their_sex(town):
    of_fathers = [
        (pupil.name, who.name)
        for pupil in pupils(town)
        for who in pupil.guardians
        if who.relation == "FATHER"
    ]
    assert len(of_fathers) > len(pupils(town)) / 2
    for child, father in of_fathers:
        is_girl = child.middle.endswith("на")
        assert child.last == (names.feminine(father.last) if is_girl else father.last)
        assert child.middle[0] == father.first[0]


@pytest.mark.parametrize(
    ("man", "woman"),
    [
        ("Иванов", "Иванова"),
        ("Ильин", "Ильина"),
        ("Киселёв", "Киселёва"),
        ("Островский", "Островская"),
        ("Толстой", "Толстая"),
        ("Белый", "Белая"),
        ("Черных", "Черных"),
        ("Ковальчук", "Ковальчук"),
    ],
)
def test_a_woman_bears_a_surname_in_its_own_form(man, woman):
    assert names.feminine(man) == woman


def test_a_pupil_is_as_old_as_the_class(town):
    parallels = {led.code: led.parallel for school in town for led in school.classes}
    for pupil in pupils(town):
        age = 2026 - pupil.born.year - ((pupil.born.month, pupil.born.day) > (9, 1))
        assert parallels[pupil.class_code] + 5 <= age <= parallels[pupil.class_code] + 6


def test_brothers_and_sisters_are_twins_or_a_year_apart(town):
    families = {}
    for pupil in pupils(town):
        families.setdefault(pupil.guardians[0].id, []).append(pupil.born)
    siblings = [sorted(born) for born in families.values() if len(born) > 1]
    assert len(siblings) > 100
    for born in siblings:
        gaps = [(later - earlier).days for earlier, later in pairwise(born)]
        assert all(gap == 0 or gap > 300 for gap in gaps)


def test_classes_are_neither_empty_nor_crowded(town):
    sizes = Counter(pupil.class_code for pupil in pupils(town))
    assert sizes.keys() == {led.code for school in town for led in school.classes}
    assert all(9 <= size <= 30 for size in sizes.values())


def test_about_a_third_is_compensated_and_one_in_a_hundred_learns_at_home(town):
    everybody = pupils(town)
    assert 0.25 < sum(pupil.pchvr is not None for pupil in everybody) / len(everybody) < 0.36
    assert 0.004 < sum(pupil.is_home_study for pupil in everybody) / len(everybody) < 0.02


def test_some_schools_learn_on_saturdays_and_some_have_two_buildings(town):
    assert {school.is_six_day for school in town} == {True, False}
    assert {len(school.buildings) for school in town} == {1, 2}


@pytest.mark.parametrize("day", range(dishes.CYCLE_DAYS))
@pytest.mark.parametrize("age", [dishes.YOUNGER, dishes.ELDER])
@pytest.mark.parametrize("meal", [dishes.BREAKFAST, dishes.LUNCH])
def test_every_day_has_one_complex_of_the_day_and_another_at_another_price(day, age, meal):
    sets = [one for one in dishes.sets_of(day) if (one.age, one.meal_type) == (age, meal)]
    everybodys = [one for one in sets if not one.pchvr]
    assert len(everybodys) >= 2
    assert sum(one.is_default for one in sets) == 1
    assert len({one.price for one in everybodys}) == len(everybodys)


@pytest.mark.parametrize("day", range(dishes.CYCLE_DAYS))
def test_a_lunch_feeds_and_costs_what_a_lunch_does(day):
    for one in dishes.sets_of(day):
        energy = sum(served.dish.energy * served.portions for served in one.dishes)
        if one.meal_type == dishes.BREAKFAST:
            assert 300 < energy < 750
            assert Decimal(50) < one.price < Decimal(180)
        else:
            assert 600 < energy < 1400
            assert Decimal(120) < one.price < Decimal(260)


def test_every_dish_of_the_assortment_is_served_or_sold():
    served = {
        part.dish.code
        for day in range(dishes.CYCLE_DAYS)
        for one in dishes.sets_of(day)
        for part in one.dishes
    }
    sold = {item.dish for item in dishes.ADDITIONAL}
    assert dishes.ASSORTMENT.keys() == served | (sold - {None})
