"""Each role tries everything outside its scope on every operation of the meals services.

A request is made of the published sample; what it names is put in twice: once as something that
exists in a foreign scope, once as something that does not exist. Both are answered in the same
words after the same statements, so that neither text nor time tells which it was. A service takes
part as soon as its slice gives it.
"""

import importlib
import importlib.util
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

import admin_counter
import pytest
import sqlalchemy as sa
import town
from admin_counter import Caller
from counting import CountingTransaction
from lxml import etree

from adapters.meals import models
from adapters.meals.messages import BalanceLevel, GetBalancesRequest, ListBindingsRequest
from gateway.adapter import Mode, Operation, Received, Service
from gateway.contracts import codec, sample
from gateway.contracts.catalog import load_catalog
from gateway.contracts.outline import read_outline
from gateway.kernel.errors import GatewayError
from gateway.kernel.identifiers import issue_account
from gateway.security.proof import digest_of

MODULES = (
    *("adapters.meals.ordering", "adapters.meals.requesting", "adapters.meals.administering"),
    *("adapters.organizer.importing", "adapters.organizer.exchanging"),
)
ANY_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""New identifiers differ from answer to answer."""
MORNING = datetime(2026, 9, 1, 3, tzinfo=UTC)
"""The samples speak of this day."""


@dataclass(frozen=True)
class Things:
    """What a message may name, by kind."""

    school: str
    class_code: str
    account: str
    pupil: str
    municipality: str
    binding: str
    request: str


def _things(school: town.School, pupil: town.Pupil, municipality: str, request: int) -> Things:
    return Things(
        school.code,
        pupil.school_class.code,
        pupil.account,
        pupil.id,
        municipality,
        str(town.binding_id(school)),
        str(UUID(int=request)),
    )


OF_SCHOOL_1 = _things(town.SCHOOL_1, town.IVAN, town.MUNICIPALITY, 301)
OF_CLASS_7B = _things(town.SCHOOL_1, town.LEV, town.MUNICIPALITY, 302)
OF_SCHOOL_2 = _things(town.SCHOOL_2, town.ALINA, town.FOREIGN_MUNICIPALITY, 303)
ELSEWHERE = Things(
    "SCH-9",
    "SCH-9/1A",
    issue_account(720_900),
    "P-900",
    town.FOREIGN_MUNICIPALITY,
    str(UUID(int=9)),
    str(UUID(int=304)),
)
NOWHERE = Things(
    "SCH-404",
    "SCH-404/1A",
    issue_account(999_999),
    "P-404",
    "71999999",
    str(UUID(int=404)),
    str(UUID(int=404)),
)
FIELDS = {
    "schoolCode": "school",
    "classCode": "class_code",
    "account": "account",
    "pupilId": "pupil",
    "municipalityCode": "municipality",
    "bindingId": "binding",
    "requestId": "request",
}
"""Elements that name a thing of somebody's scope."""


@dataclass(frozen=True)
class Role:
    """Who calls, what lies in the scope and what does not."""

    caller: Caller
    own: Things
    foreign: Things


ROLES = {
    "PARENT": Role(admin_counter.PARENT, OF_SCHOOL_1, OF_SCHOOL_2),
    "CLASS_TEACHER": Role(
        admin_counter.TEACHER, OF_SCHOOL_1, replace(OF_CLASS_7B, school=town.SCHOOL_2.code)
    ),
    "MEAL_ADMIN": Role(admin_counter.MEAL_ADMIN, OF_SCHOOL_1, OF_SCHOOL_2),
    "ORGANIZER": Role(admin_counter.ORGANIZER, OF_SCHOOL_1, OF_SCHOOL_2),
    "OMSU": Role(admin_counter.OMSU, OF_SCHOOL_1, ELSEWHERE),
    "DON": Role(admin_counter.DON, OF_SCHOOL_1, OF_SCHOOL_1),
    "SCHOOL_SYSTEM": Role(admin_counter.SCHOOL_SYSTEM, OF_SCHOOL_1, OF_SCHOOL_1),
    "ADMIN": Role(admin_counter.OPERATOR, OF_SCHOOL_1, OF_SCHOOL_1),
}
REGION = {"DON", "ADMIN"}
"""Roles whose scope is the region: for them only what their role may not do at all is foreign."""
PERIOD = "<period><c:from>2026-09-01</c:from><c:to>2026-09-01</c:to></period>"
MEAL = "<meal><mealType>LUNCH</mealType><startTime>12:00:00</startTime></meal>"
MORE = {
    "meals/admin/1.0/GetMoneyMovement": [f"<schoolCode/>{PERIOD}", f"<municipalityCode/>{PERIOD}"],
    "meals/admin/1.0/GetBalances": [
        "<level>SCHOOL</level><municipalityCode/>",
        "<level>CLASS</level><schoolCode/><classCode/>",
        "<level>ACCOUNT</level><account/>",
    ],
    "meals/admin/1.0/SetMealSchedule": [
        f"<schoolCode/><classCode/>{MEAL}",
    ],
}
"""Further requests of an operation beside its sample: other branches, what a sample leaves out."""


def _services() -> list[Service]:
    """Return the services of the meals slices that are there."""
    found = [
        importlib.import_module(name).SERVICE
        for name in MODULES
        if importlib.util.find_spec(name) is not None
    ]
    for name in ("meals", "organizer"):
        adapter = getattr(importlib.import_module(f"adapters.{name}"), "ADAPTER", None)
        found += () if adapter is None else adapter.services
    return list({service.contract: service for service in found}.values())


OPERATIONS = [
    pytest.param(service, operation, id=f"{service.contract}-{operation.name}")
    for service in _services()
    for operation in service.operations
    # What lies in the participant registry is the sender's own: no other thing can be named.
    if operation.mode is not Mode.REGISTRY
]


@cache
def _contract(name: str) -> Any:
    contract = load_catalog().contracts[name]
    return contract, read_outline(contract)


def requests(service: Service, operation: Operation) -> list[etree._Element]:
    """Return the sample of an operation's request and the further ones."""
    contract, outline = _contract(service.contract)
    tag = next(one.request for one in contract.operations if one.name == operation.name)
    root = etree.QName(tag)
    common = "urn://x-artefacts-citto-72/common/1.0"
    return [
        sample.payload(contract, outline, tag),
        *(
            etree.fromstring(
                f'<{root.localname} xmlns="{root.namespace}" xmlns:c="{common}">{text}'
                f"</{root.localname}>"
            )
            for text in MORE.get(f"{service.contract}/{operation.name}", ())
        ),
    ]


def named(request: etree._Element) -> list[str]:
    """Return which kinds of things a request names."""
    inner = (element for element in request.iterdescendants(etree.Element))
    tags = (etree.QName(element).localname for element in inner if _is_of_a_scope(element))
    return sorted({FIELDS[tag] for tag in tags if tag in FIELDS})


def _is_of_a_scope(element: etree._Element) -> bool:
    """Tell whether an element names what scopes are about; a bank's account is another thing."""
    return etree.QName(element.getparent()).localname != "bankDetails"


def filled(request: etree._Element, things: Things) -> etree._Element:
    """Return the request about these things."""
    copy = etree.fromstring(etree.tostring(request))
    for element in copy.iter(etree.Element):
        tag = etree.QName(element).localname
        if tag in FIELDS and _is_of_a_scope(element):
            code = element if len(element) == 0 else element[0]
            code.text = getattr(things, FIELDS[tag])
        if tag == "buildingCode":
            element.text = "A"
        if tag == "value" and element.getprevious().text == "SCHOOL_CODE":
            element.text = things.school
    return copy


class World:
    """The town and a school elsewhere; every message is undone after its answer."""

    def __init__(self, database: Any, clock: Any) -> None:
        self.counter = admin_counter.AdminCounter(database, clock)
        self.database = database

    def ask(
        self, service: Service, operation: Operation, request: etree._Element, caller: Caller
    ) -> tuple[Any, list[str]]:
        """Return what a request is answered with, and the statements that it took."""
        contract, _ = _contract(service.contract)
        assert contract.validate(request), contract.last_error()
        decode = codec.decoder(getattr(service.messages, f"{operation.name}Request"))
        received = Received(
            request=decode(request),
            sender=caller.sender,
            entry=10,
            received_at=self.counter.clock(),
            digest=digest_of(request),
            message_id=None,
            attachments={},
            wake=lambda _: None,
            on_behalf=caller.on_behalf,
        )
        with self._undone() as transaction:
            return self._answer(operation, received, transaction), transaction.statements

    def _answer(
        self, operation: Operation, received: Received[Any], transaction: CountingTransaction
    ) -> Any:
        work = self.counter.work(transaction)
        try:
            if operation.handle_batch is None:
                answer = operation.handle(received, work)
            else:
                (answer,) = operation.handle_batch([received], work)
        except GatewayError as error:
            answer = error
        if isinstance(answer, GatewayError):
            return (answer.code, answer.text, answer.action, answer.findings)
        return etree.tostring(codec.encode(answer), encoding="UTF-8")

    @contextmanager
    def _undone(self) -> Iterator[CountingTransaction]:
        with self.database.writing() as transaction:
            yield CountingTransaction(transaction)
            transaction.connection.get_transaction().rollback()


@pytest.fixture
def world(contour_database, clock):
    clock.now = MORNING
    with contour_database.writing() as transaction:
        town.settle(transaction)
        _settle_elsewhere(transaction)
    return World(contour_database, clock)


def _settle_elsewhere(transaction: Any) -> None:
    entry = {"digest": b"", "entry": 1}
    place = {"school": ELSEWHERE.school, "building": ""}
    rows = {
        models.school: {
            "code": ELSEWHERE.school,
            "name": "Школа № 9",
            "municipality": ELSEWHERE.municipality,
        },
        models.school_class: {
            **place,
            "code": ELSEWHERE.class_code,
            "name": "1А",
            "parallel": 1,
            "entry": 1,
        },
        models.personal_account: {
            "number": ELSEWHERE.account,
            "status": "OPEN",
            "pupil_mask": "Пётр П.",
            "class_name": "1А",
            "school_code": ELSEWHERE.school,
            "organizer_inn": town.OTHER_INN,
        },
        models.pupil: {
            "id": ELSEWHERE.pupil,
            "account": ELSEWHERE.account,
            "name": "Примеров Пётр Петрович",
            "birth_date": "2019-05-17",
            "class_code": ELSEWHERE.class_code,
            "since": town.SINCE,
            **entry,
        },
        models.binding: {
            **place,
            "id": UUID(ELSEWHERE.binding),
            "bind_id": UUID(int=900),
            "organizer_inn": town.OTHER_INN,
            "contract_number": "ДП-9",
            "contract_date": town.SINCE,
            "valid_from": town.SINCE,
            **entry,
        },
    }
    for table, row in rows.items():
        transaction.execute(sa.insert(table), [row])
    for things in (OF_SCHOOL_1, OF_CLASS_7B, OF_SCHOOL_2, ELSEWHERE):
        transaction.execute(sa.insert(models.class_request), [_request_of(things)])


def _request_of(things: Things) -> dict[str, Any]:
    return {
        "id": UUID(things.request),
        "school": things.school,
        "building": "",
        "class_code": things.class_code,
        "day": MORNING.date(),
        "state": "FORMED",
        "version": 1,
        "formed_at": MORNING,
        "formed_by": town.TEACHER_3A.id,
        "entry": 1,
    }


def mixtures(own: Things, other: Things, kinds: list[str]) -> list[Things]:
    """Return things that are all of others, and those where one only is."""
    return [other, *(replace(own, **{kind: getattr(other, kind)}) for kind in kinds)]


def without_names(answer: Any, *things: Things) -> str:
    """Return an answer without the identifiers that it repeats from the request."""
    text = answer.decode() if isinstance(answer, bytes) else repr(answer)
    for one in things:
        for field in fields(one):
            text = text.replace(getattr(one, field.name), field.name)
    return ANY_ID.sub("id", text)


@pytest.mark.parametrize(("service", "operation"), OPERATIONS)
def test_what_is_foreign_and_what_is_not_there_are_told_alike(world, service, operation):
    for name, role in ROLES.items():
        for request in requests(service, operation):
            kinds = named(request)
            if not kinds:
                continue
            pairs = zip(
                mixtures(role.own, role.foreign, kinds),
                mixtures(role.own, NOWHERE, kinds),
                strict=True,
            )
            for foreign_things, missing_things in pairs:
                foreign, took = world.ask(
                    service, operation, filled(request, foreign_things), role.caller
                )
                missing, took_too = world.ask(
                    service, operation, filled(request, missing_things), role.caller
                )
                if name in REGION and foreign[0] != "NOT_ALLOWED":
                    continue
                told = without_names(foreign, role.foreign, NOWHERE)
                assert told == without_names(missing, role.foreign, NOWHERE), name
                assert took == took_too, name


@pytest.mark.parametrize(("service", "operation"), OPERATIONS)
def test_every_operation_is_open_to_somebody_in_his_own_scope(world, service, operation):
    (request, *_) = requests(service, operation)
    answers = [
        world.ask(service, operation, filled(request, role.own), role.caller)[0]
        for role in ROLES.values()
    ]
    assert any(isinstance(answer, bytes) or answer[0] != "NOT_ALLOWED" for answer in answers)


@pytest.mark.parametrize(("service", "operation"), OPERATIONS)
def test_who_only_looks_changes_nothing(world, service, operation):
    for request in requests(service, operation):
        answer, _ = world.ask(service, operation, filled(request, OF_SCHOOL_1), admin_counter.DON)
        assert operation.mode is Mode.READ or answer[0] == "NOT_ALLOWED"


@pytest.mark.parametrize("name", ["MEAL_ADMIN", "CLASS_TEACHER", "OMSU", "ORGANIZER"])
def test_what_happens_elsewhere_does_not_show_in_lists(world, name):
    def seen() -> list[Any]:
        asked = [GetBalancesRequest(level=level) for level in BalanceLevel]
        answers = []
        for request in (*asked, ListBindingsRequest()):
            try:
                answers.append(world.counter.send(replace(request), ROLES[name].caller))
            except GatewayError as error:
                answers.append(error.code)
        return answers

    before = seen()
    with world.database.writing() as transaction:
        pupil = town.PUPILS[0]._replace(
            account=ELSEWHERE.account,
            school_class=town.CLASS_4G,
        )
        town.top_up(transaction, pupil, "500.00")
        added = {"id": UUID(int=901), "bind_id": UUID(int=901), "building": "Z"}
        found = sa.select(models.binding).where(models.binding.c.id == UUID(ELSEWHERE.binding))
        row = dict(transaction.execute(found).mappings().one())
        transaction.execute(sa.insert(models.binding), [{**row, **added}])
    assert seen() == before
