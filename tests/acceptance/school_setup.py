"""How a school, its terms and its menu come to the hub: SVC-09, SVC-08, SVC-04."""

import datetime as dt
from decimal import Decimal
from typing import Any

import school_cast as cast
from school_cast import Class, Pupil
from school_world import INN, World, new_id
from soap_program import Behalf

SEPTEMBER_FIRST = (9, 1)


def tell_of_the_school(world: World, today: dt.date) -> None:
    """Let the school system tell of the school and who is in it; keep the accounts it is given."""
    begun = dt.date(today.year, *SEPTEMBER_FIRST)
    building = {"buildingCode": cast.BUILDING, "name": "Корпус А", "address": "ул. Выдуманная, 7"}
    _sync(
        world,
        "Institutions",
        "institution",
        {
            cast.SCHOOL: {
                "schoolCode": cast.SCHOOL,
                "fullName": "Выдуманная школа № 7",
                "shortName": "Школа № 7",
                "municipalityCode": cast.OKTMO,
                "building": [building],
            }
        },
    )
    _sync(world, "Classes", "class", {one.code: _class(one) for one in cast.CLASSES})
    results = _sync(world, "Pupils", "pupil", {one.id: _pupil(one, begun) for one in cast.PUPILS})
    issued = {one["externalId"]: one["account"] for one in results}
    world.accounts.update({pupil: issued[pupil.id] for pupil in cast.PUPILS})
    guardians = {
        parent.esia_oid: {
            "guardianId": parent.esia_oid,
            "name": {"lastName": "Выдуманный", "firstName": "Родитель"},
            "esiaOid": parent.esia_oid,
            "pupilId": [pupil.id for pupil in pupils],
            "relation": "PARENT",
        }
        for parent, pupils in cast.CHILDREN.items()
    }
    _sync(world, "Guardians", "guardian", guardians)
    staff = [(cast.MEAL_ADMIN, []), *((who, [one.code]) for one, who in cast.TEACHERS.items())]
    _sync(world, "Staff", "staff", {who.esia_oid: _employee(who, led) for who, led in staff})


def mark(world: World, today: dt.date, marks: dict[Pupil, bool], lesson: int = 1) -> dict[str, Any]:
    """Let the class journal say who is there."""
    return world.school.ask(
        "school/data",
        "SyncAttendance",
        batchId=new_id(),
        date=today,
        mark=[
            {"pupilId": pupil.id, "lessonNo": lesson, "present": there, "at": world.clock()}
            for pupil, there in marks.items()
        ],
    )


def keep_directories(world: World, today: dt.date) -> None:
    """Let the authority say which menus, ages and categories there are (MEAL-CAT-04, 05)."""
    directories: dict[str, dict[str, dict[str, Any]]] = {
        "MENU_TYPES": {cast.BASIC: {}, cast.DIET: {}},
        "AGE_CATEGORIES": {
            cast.YOUNGER: {"ageFrom": 7, "ageTo": 11},
            cast.OLDER: {"ageFrom": 12, "ageTo": 18},
        },
        "PCHVR_CATEGORIES": {
            cast.FULL: {"mode": "FULL"},
            cast.HALF: {"mode": "PERCENT", "value": Decimal("50.00")},
            cast.SUM: {"mode": "AMOUNT", "value": Decimal("30.00")},
        },
    }
    for directory, items in directories.items():
        rows = [
            {"code": code, "name": f"Выдуманное {code}", "validFrom": today, **more}
            for code, more in items.items()
        ]
        asked = {"directory": directory, "municipalityCode": cast.OKTMO, "item": rows}
        assert world.omsu.ask("meals/admin", "UpsertDirectory", **asked)["version"] == 1


def set_terms(world: World, today: dt.date, weekdays: range) -> None:
    """Let the meal administrator say who feeds the school, when, on credit, and whom with what."""
    contract = {"number": cast.CONTRACT, "date": today, "menuTypeCode": [cast.BASIC, cast.DIET]}
    bound = {"schoolCode": cast.SCHOOL, "organizerInn": INN, "validFrom": today}
    world.administrator("BindSchool", bindId=new_id(), contract=contract, **bound)
    again = {"bindId": new_id(), "contract": contract, **bound}
    refused = world.school.refused("meals/admin", "BindSchool", cast.MEAL_ADMIN, **again)
    assert refused == "BINDING_OVERLAP"
    world.administrator(
        "SetCreditLimit", schoolCode=cast.SCHOOL, amount=cast.CREDIT_LIMIT, validFrom=today
    )
    meals = [
        {"mealType": meal, "weekday": list(weekdays), "startTime": start}
        for meal, start in cast.STARTS.items()
    ]
    world.administrator("SetMealSchedule", schoolCode=cast.SCHOOL, meal=meals)
    settings = [
        {
            "account": world.accounts[pupil],
            "pchvrCode": pupil.pchvr,
            "mealType": list(pupil.meals),
            "menuTypeCode": cast.BASIC,
            "homeStudy": pupil.is_home_study,
            "validFrom": today,
        }
        for pupil in cast.PUPILS
    ]
    answer = world.administrator("SetPupilMealSettings", setId=new_id(), item=settings)
    assert {one["result"] for one in answer["result"]} == {"CREATED"}


def import_dishes(world: World) -> None:
    """Hand the dishes in, and what is sold besides complexes (MEAL-CAT-01, 06, 07)."""
    dishes = [
        {"dishCode": code, "name": code, "yield": "200", "price": price, "active": True}
        for code, price in cast.DISHES.items()
    ]
    hand_in(world, "ImportDishes", mode="UPSERT", dish=dishes)
    today = world.clock().date()
    for kind, code, price in (
        ("STANDARD", cast.JUICE, cast.JUICE_PRICE),
        ("HOME_STUDY", cast.HOME_SET, cast.HOME_SET_PRICE),
    ):
        item = {"itemCode": code, "name": code, "productName": code, "unit": "шт", "price": price}
        hand_in(world, "ImportAdditionalMenu", kind=kind, item=[{**item, "validFrom": today}])


def import_complexes(world: World, days: list[dt.date], *, other: bool, is_default: bool) -> None:
    """Hand in the complexes of the day, or the other ones, for every meal and age."""
    rows = [
        {
            "complexCode": cast.complex_code(meal, age, other=other),
            "name": f"Комплекс {meal}",
            "menuTypeCode": cast.BASIC,
            "mealType": meal,
            "ageCategoryCode": age,
            "schoolCode": [{"code": cast.SCHOOL}],
            "date": days,
            "isDefault": is_default,
            "fullPrice": prices[other],
            "contractNumber": cast.CONTRACT,
            "dish": [{"dishCode": code, "portions": Decimal(1)} for code in cast.DISHES],
        }
        for (meal, age), prices in cast.PRICES.items()
    ]
    hand_in(world, "ImportComplexes", complex=rows)


def hand_in(world: World, operation: str, **rows: Any) -> None:
    """Hand a package in, let the hub work, and see that it took every row."""
    receipt = world.organizer.ask("meals/menu-import", operation, batchId=new_id(), **rows)
    assert receipt["state"] == "RECEIVED"
    world.background.work()
    result = world.organizer.ask(
        "meals/menu-import", "GetImportResult", importId=receipt["importId"]
    )
    assert (result["state"], result["counts"]["rejected"]) == ("DONE", 0), result


def publish(world: World, first: dt.date, last: dt.date) -> tuple[str, str, set[str]]:
    """Publish a period; return its name, the state and the codes of the problems."""
    name = new_id()
    asked = {"publicationId": name, "period": {"from": first, "to": last}}
    answer = world.organizer.ask("meals/menu-import", "PublishMenu", **asked)
    return name, answer["state"], {problem["code"] for problem in answer["problem"] or []}


def _sync(
    world: World, kind: str, element: str, records: dict[str, dict[str, Any]]
) -> list[dict[str, Any]]:
    items = [
        {"externalId": key, "action": "UPSERT", element: record} for key, record in records.items()
    ]
    answer = world.school.ask(
        "school/data", f"Sync{kind}", batchId=new_id(), mode="DELTA", item=items
    )
    assert {one["result"] for one in answer["result"]} == {"CREATED"}, answer
    return answer["result"]


def _class(one: Class) -> dict[str, Any]:
    return {
        "classCode": one.code,
        "className": one.name,
        "schoolCode": cast.SCHOOL,
        "buildingCode": cast.BUILDING,
        "parallel": one.parallel,
    }


def _pupil(one: Pupil, begun: dt.date) -> dict[str, Any]:
    return {
        "pupilId": one.id,
        "name": {"lastName": one.surname, "firstName": one.name},
        "birthDate": dt.date(begun.year - one.school_class.parallel - 7, 5, 17),
        "classCode": one.school_class.code,
        "from": begun,
        "homeStudy": one.is_home_study,
    }


def _employee(who: Behalf, led: list[str]) -> dict[str, Any]:
    return {
        "staffId": who.esia_oid,
        "name": {"lastName": "Выдуманный", "firstName": "Работник"},
        "esiaOid": who.esia_oid,
        "role": who.role,
        "schoolCode": cast.SCHOOL,
        "classCode": led,
    }
