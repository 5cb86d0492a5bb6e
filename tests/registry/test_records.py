"""Whatever is changed, the change log alone tells what stands, and no row ever goes away."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID

import enrolment
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from proofs import examples

from gateway.kernel.errors import GatewayError
from gateway.kernel.message import Contour
from registry import (
    acquirers,
    agreements,
    contacts,
    endpoints,
    entry,
    errors,
    history,
    models,
    organizations,
    records,
    schools,
    systems,
    users,
)
from registry.agreements import Agreement, AgreementKind
from registry.change import change_of
from registry.contacts import Contact, ContactRole
from registry.entry import Newcomer
from registry.kinds import Network, ParticipantKind, SubKind
from registry.onboarding import access
from registry.organizations import Organization
from registry.portal_services import Route, ServiceCard, desk, repository
from registry.roles import Grantor, Level

ORGANIZER, BANK, INSTITUTION = "ORG-1", "BANK-1", "SCHOOL-1"
EVERYBODY = (ORGANIZER, BANK, INSTITUTION)
BEGIN = datetime(2026, 3, 2, 7, tzinfo=UTC)
SERVICES = ("meals/organizer", "meals/bank-payment", "portal/events")

whose = st.sampled_from(EVERYBODY)
few = st.sampled_from(["а", "б", "в"])
days = st.dates(date(2026, 3, 1), date(2026, 3, 20))
STEPS_OF_JOINING = st.one_of(
    st.tuples(st.just("agreement"), whose, st.just(AgreementKind.JOIN), few),
    st.tuples(st.just("no agreement"), whose, st.just(AgreementKind.JOIN), few),
    st.tuples(st.just("join"), whose),
    st.tuples(st.just("suspend"), whose),
)
STEPS = st.one_of(
    STEPS_OF_JOINING,
    st.tuples(st.just("card"), whose, few, few),
    st.tuples(st.just("contact"), whose, st.sampled_from(ContactRole), few),
    st.tuples(st.just("no contact"), whose, st.sampled_from(ContactRole)),
    st.tuples(st.just("agreement"), whose, st.sampled_from(AgreementKind), few),
    st.tuples(st.just("no agreement"), whose, st.sampled_from(AgreementKind), few),
    st.tuples(st.just("sub-kind"), whose, st.sampled_from(SubKind)),
    st.tuples(st.just("system"), whose, st.sampled_from(["SYS1", "SYS2"]), few),
    st.tuples(st.just("no system"), st.sampled_from(["SYS1", "SYS2"])),
    st.tuples(st.just("endpoint"), whose, st.sampled_from(SERVICES), st.sampled_from(Contour), few),
    st.tuples(st.just("no endpoint"), whose, st.sampled_from(SERVICES), st.sampled_from(Contour)),
    st.tuples(st.just("acquirer"), few),
    st.tuples(st.just("no acquirer")),
    st.tuples(st.just("school"), few, st.sampled_from(["", "1"]), days, days),
    st.tuples(st.just("user"), whose, few),
    st.tuples(st.just("role"), whose, st.sampled_from(["PARENT", "ORGANIZER", "ADMIN"])),
    st.tuples(st.just("consent"), whose, few),
    st.tuples(st.just("no user"), whose),
    st.tuples(st.just("portal service"), whose, few),
    st.tuples(st.just("portal form"), st.sampled_from(["1.0", "2.0"]), days),
    st.tuples(st.just("no portal form"), st.sampled_from(["1.0", "2.0"])),
    st.tuples(st.just("route"), st.sampled_from(Contour), st.sampled_from(Route)),
    st.tuples(st.just("opened"), st.sampled_from(Contour)),
    st.tuples(st.just("closed"), st.sampled_from(Contour)),
    st.tuples(st.just("status code"), few, st.sampled_from([6, 7])),
    st.tuples(st.just("no status code"), few),
)
FORM = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
    targetNamespace="urn:example:form"><xs:element name="Data" type="xs:string"/></xs:schema>"""
SNILS = "112-233-445 95"
SUBSYSTEM_ADMIN = Grantor(Level.SUBSYSTEM_ADMIN, "CITTO")


def take(transaction, step, now, ids):
    """Do one step as an operator would."""
    actor = "оператор"
    match step:
        case "card", code, name, address:
            card = Organization(f"Полное {name}", name, address=address, head_name=f"Иванов {name}")
            organizations.change_card(transaction, code, card, now, actor)
        case "contact", code, role, name:
            person = Contact(role, f"Петров {name}", "8 (3452) 00-00-00", "a@example.org")
            contacts.name(transaction, code, person, now, actor)
        case "no contact", code, role:
            contacts.end(transaction, code, role, "приказ", now, actor)
        case "agreement", code, kind, number:
            agreements.register(transaction, code, Agreement(number, BEGIN, kind), now, actor)
        case "no agreement", code, kind, number:
            agreements.end(transaction, code, kind, number, "расторжение", now, actor)
        case "join", code:
            enrolment.join_within(transaction, code, now)
        case "suspend", code:
            change = change_of(transaction, now, actor, code)
            access.suspend(change, "решение")
            access.settle_state(change, "решение")
        case "sub-kind", code, sub_kind:
            entry.choose_sub_kind(transaction, code, sub_kind, now, actor)
        case "system", code, mnemonic, version:
            system = systems.System(mnemonic, "Система", code, version, "SYS-09")
            systems.register(transaction, system, now, actor)
        case "no system", mnemonic:
            systems.end(transaction, mnemonic, "вывод", now, actor)
        case "endpoint", code, service, contour, path:
            url = f"https://is.example.org/{path}"
            endpoint = endpoints.Endpoint(service, contour, url, Network.INTERNET, "1.0")
            endpoints.register(
                transaction, code, endpoint, now, actor, ids, services=lambda: SERVICES
            )
        case "no endpoint", code, service, contour:
            endpoints.end(transaction, code, service, contour, "вывод", now, actor)
        case "acquirer", number:
            notice = acquirers.AcquirerNotice(
                ORGANIZER, BANK, number, date(2026, 3, 1), "Сидоров", "8", "s@example.org"
            )
            acquirers.bind(transaction, notice, now, actor)
        case ("no acquirer",):
            acquirers.end(transaction, ORGANIZER, "расторжение", now, actor)
        case "school", school, building, since, until:
            binding = schools.SchoolBinding(school, ORGANIZER, "12", since, building, until)
            schools.bind(transaction, binding, now, actor)
        case "user", code, name:
            users.enter(transaction, code, f"Смирнов {name}", SNILS, now, actor, ids)
        case "role", code, role:
            user = users.find(transaction, code, SNILS)
            if user is not None:
                users.grant(transaction, user.user_id, role, SUBSYSTEM_ADMIN, now, actor)
        case "consent", code, version:
            user = users.find(transaction, code, SNILS)
            if user is not None:
                users.accept(transaction, user.user_id, version, now, actor)
        case "no user", code:
            user = users.find(transaction, code, SNILS)
            if user is not None:
                users.end(transaction, user.user_id, "увольнение", now, actor)
        case _:
            take_of_portal(transaction, step, now, actor)


def take_of_portal(transaction, step, now, actor):
    match step:
        case "portal service", code, title:
            desk.enter(transaction, ServiceCard("garden", title, code), now, actor)
        case "portal form", version, since:
            documents = {"form.xsd": FORM}
            desk.publish_form(transaction, "garden", version, documents, since, now, actor)
        case "no portal form", version:
            desk.end_form(transaction, "garden", version, now, actor)
        case "route", contour, route:
            desk.set_route(transaction, "garden", contour, route, now, actor)
        case "opened", contour:
            desk.open_service(transaction, "garden", contour, None, "приказ", now, actor)
        case "closed", contour:
            desk.close_service(transaction, "garden", contour, "приказ", now, actor)
        case "status code", org_code, tech_code:
            desk.set_code(transaction, "garden", org_code, tech_code, {6, 7}, now, actor)
        case "no status code", org_code:
            desk.end_code(transaction, "garden", org_code, now, actor)


@pytest.fixture
def parties(registry_database):
    with registry_database.writing() as transaction:
        for code, kind in (
            (ORGANIZER, ParticipantKind.ORGANIZER),
            (BANK, ParticipantKind.BANK),
            (INSTITUTION, ParticipantKind.INSTITUTION),
        ):
            entry.enter(transaction, Newcomer(code, code, kind), BEGIN, "оператор")
    return registry_database


def walk(database, steps, look):
    """Take the steps that are not refused; `look` sees the transaction after each."""
    serials = count(1)
    with database.writing() as transaction:
        # The examples of a property share one database: each leaves it as it was.
        example = transaction.connection.begin_nested()
        for number, step in enumerate(steps):
            now = BEGIN + timedelta(minutes=number)
            with suppress(GatewayError), transaction.savepoint():
                take(transaction, step, now, lambda: UUID(int=next(serials)))
            look(transaction)
        example.rollback()


laws = settings(
    max_examples=examples(suite=5, proofs=10),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@laws
@given(steps=st.lists(STEPS, min_size=10, max_size=25))
def test_the_log_replayed_is_what_stands(parties, steps):
    def look(transaction):
        assert standing_by_log(transaction) == standing_by_tables(transaction)

    walk(parties, steps, look)


@laws
@given(steps=st.lists(STEPS, min_size=10, max_size=25))
def test_no_row_ever_goes_away_or_says_something_else(parties, steps):
    known = {}

    def look(transaction):
        for record in history.RECORDS.values():
            for row in records.history(transaction, record):
                told = tuple(row[name] for name in (*record.key, *record.values, "created_at"))
                assert known.setdefault((record.subject, row["id"]), told) == told
        rows = sum(len(records.history(transaction, record)) for record in history.RECORDS.values())
        assert rows == len(known)

    walk(parties, steps, look)


@laws
@given(steps=st.lists(STEPS_OF_JOINING, min_size=5, max_size=25))
def test_nobody_is_active_without_an_agreement(parties, steps):
    table = models.participant

    def look(transaction):
        for code, state in transaction.execute(sa.select(table.c.code, table.c.state)):
            if state in {"JOINED", "IN_OPERATION"}:
                assert agreements.current(transaction, code) is not None

    walk(parties, steps, look)


def standing_by_log(transaction):
    found = {}
    for code in EVERYBODY:
        for subject, things in history.replay(history.lines(transaction, code)).items():
            if subject.startswith(history.CASE):
                continue
            for key, value in things.items():
                found[code, subject, key] = history.opened(subject, value, transaction.vault)
    return found


def standing_by_tables(transaction):
    found = {}
    for subject, record in history.RECORDS.items():
        for row in records.standing(transaction, record):
            code = owner(transaction, record, row)
            change = change_of(transaction, BEGIN, "тест", code)
            card = records.card(change, record, row)
            key = tuple(str(card[name]) for name in record.key)
            found[code, subject, key] = history.opened(subject, card, transaction.vault)
    for row in transaction.execute(sa.select(models.participant)):
        entered = {"code": row.code, "name": row.code, "kind": row.kind, "inn": None}
        found[row.code, "participant", ()] = {**entered, "kpp": None, "sub_kind": None}
        if row.state != "CANDIDATE":
            found[row.code, "state", ()] = row.state
        if row.sub_kind is not None:
            found[row.code, "sub-kind", ()] = row.sub_kind
    return found


def owner(transaction, record, row):
    for name in ("participant", "owner", "organizer", "department"):
        if name in row:
            return row[name]
    if record.subject.startswith("portal-"):
        return repository.card(transaction, row["service"]).department
    # A consent outlives its user, whose every row names the participant.
    [whose] = {
        user["participant"]
        for user in records.history(transaction, users.USER, user_id=row["user_id"])
    }
    return whose


def test_what_stands_already_leaves_no_trace(parties):
    person = Contact(ContactRole.TECHNICAL, "Петров", "8", "p@example.org")
    with parties.writing() as transaction:
        assert contacts.name(transaction, BANK, person, BEGIN, "оператор")
        before = history.lines(transaction, BANK)
        assert not contacts.name(transaction, BANK, person, BEGIN, "оператор")
        assert history.lines(transaction, BANK) == before


def test_what_is_not_there_cannot_end(parties):
    with parties.writing() as transaction, pytest.raises(errors.NothingToChange):
        contacts.end(transaction, BANK, ContactRole.TECHNICAL, "приказ", BEGIN, "оператор")


def test_the_trace_tells_who_when_from_what_to_what_and_why(parties):
    with parties.writing() as transaction:
        for name, minute in (("а", 1), ("б", 2)):
            system = systems.System("SYS1", name, BANK)
            systems.register(
                transaction, system, BEGIN + timedelta(minutes=minute), "иванова", "письмо № 7"
            )
        *_, last = history.lines(transaction, BANK)
    assert (last.changed_at, last.actor) == (BEGIN + timedelta(minutes=2), "иванова")
    assert (last.subject, last.basis) == ("system", "письмо № 7")
    assert (last.before["name"], last.after["name"]) == ("а", "б")


def test_personal_data_are_readable_in_no_table(parties):
    person = Contact(ContactRole.TECHNICAL, "Неповторимов", "8-912-000-00-01", "n@example.org")
    with parties.writing() as transaction:
        contacts.name(transaction, BANK, person, BEGIN, "оператор")
        users.enter(
            transaction, BANK, "Неповторимов", SNILS, BEGIN, "оператор", lambda: UUID(int=1)
        )
        plain = repr(
            [
                transaction.connection.exec_driver_sql(f'SELECT * FROM "{table.name}"').all()
                for table in models.registry_metadata.sorted_tables
            ]
        )
    for secret in ("Неповторимов", "8-912-000-00-01", "n@example.org", "11223344595"):
        assert secret not in plain
