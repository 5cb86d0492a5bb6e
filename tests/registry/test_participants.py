import json
import threading
from datetime import date

import enrolment
import pytest
import sqlalchemy as sa

from gateway.kernel.errors import IllegalTransition
from gateway.kernel.message import BankTerms, Contour, CreditMode, ParticipantState
from registry import errors, models, participants
from registry.onboarding.table import CaseKind
from registry.participants import Newcomer, ParticipantKind, Registrar
from registry.snapshot import read_snapshot

INN = "7706012716"


@pytest.fixture
def school(registrar):
    registrar.add(Newcomer("SCHOOL-1", "Школа", ParticipantKind.SCHOOL))
    return "SCHOOL-1"


def changes(database, subject):
    log = models.change_log
    query = sa.select(log).where(log.c.subject == subject).order_by(log.c.id)
    with database.reading() as transaction:
        return transaction.execute(query).all()


def version(database):
    with database.reading() as transaction:
        return transaction.execute(sa.select(models.registry_version.c.version)).scalar() or 0


def test_a_newcomer_is_a_candidate_to_whom_nothing_is_open(registrar, directory, school):
    participant = directory.participant(Contour.TEST, school)

    assert participant.state is ParticipantState.CANDIDATE
    assert participant.services == frozenset()


def test_a_code_is_taken_once(registrar, school):
    with pytest.raises(errors.ParticipantExists, match=school):
        registrar.add(Newcomer(school, "Другая школа", ParticipantKind.SCHOOL))


@pytest.mark.parametrize(
    "newcomer",
    [
        pytest.param(Newcomer("ab", "Школа", ParticipantKind.SCHOOL), id="small letters"),
        pytest.param(Newcomer("A" * 21, "Школа", ParticipantKind.SCHOOL), id="long code"),
        pytest.param(Newcomer("ШКОЛА", "Школа", ParticipantKind.SCHOOL), id="Cyrillic code"),
        pytest.param(Newcomer("SCHOOL-1", " ", ParticipantKind.SCHOOL), id="no name"),
        pytest.param(
            Newcomer("SCHOOL-1", "Школа", ParticipantKind.SCHOOL, inn="7706012717"), id="INN"
        ),
        pytest.param(Newcomer("SCHOOL-1", "Школа", ParticipantKind.SCHOOL, kpp="1"), id="KPP"),
    ],
)
def test_a_newcomer_with_a_wrong_attribute_is_refused(registrar, directory, newcomer):
    with pytest.raises(errors.AttributeInvalid):
        registrar.add(newcomer)

    assert directory.participant(Contour.TEST, newcomer.code) is None


def test_a_suspension_closes_both_contours_until_it_ends(
    registrar, directory, registry_database, clock, bank
):
    def state():
        clock.advance(seconds=1)
        return directory.participant(Contour.PROD, bank).state

    enrolment.commission(registry_database, bank, clock())
    assert state() is ParticipantState.IN_OPERATION
    registrar.suspend(bank, "письмо банка")
    assert state() is ParticipantState.SUSPENDED
    with pytest.raises(errors.NothingToChange):
        registrar.suspend(bank, "ещё одно письмо")
    registrar.resume(bank, "письмо банка")
    assert state() is ParticipantState.IN_OPERATION
    with pytest.raises(errors.NothingToChange):
        registrar.resume(bank, "письмо банка")


def test_a_candidate_cannot_be_suspended(registrar, school):
    with pytest.raises(errors.NothingToChange, match="CANDIDATE"):
        registrar.suspend(school, "решение")


def test_a_right_in_production_is_given_by_nobody(registrar, registry_database, clock, bank):
    enrolment.commission(registry_database, bank, clock())

    for change in (registrar.grant, registrar.revoke):
        with pytest.raises(IllegalTransition, match="акт"):
            change(bank, "meals/bank-payment", Contour.PROD)


def test_a_right_waits_for_the_agreement(registrar):
    registrar.add(Newcomer("BANK-2", "Банк", ParticipantKind.BANK))

    with pytest.raises(IllegalTransition, match="CANDIDATE"):
        registrar.grant("BANK-2", "meals/bank-payment", Contour.TEST)


def test_a_right_is_not_given_to_another_kind(registrar, registry_database, clock, school):
    enrolment.join(registry_database, school, clock())

    with pytest.raises(errors.ServiceNotForKind, match="SCHOOL"):
        registrar.grant(school, "meals/bank-payment", Contour.TEST)


def test_an_organizer_gets_credentials_from_the_start_of_development(
    registrar, registry_database, clock
):
    registrar.add(Newcomer("ORG-1", "Комбинат", ParticipantKind.ORGANIZER))
    office = enrolment.Office(registry_database, clock)
    case = office.open("ORG-1", CaseKind.ORG_INT, "submit_join")
    case = office.step(case, "register_join", {"join_number": "1"})
    with pytest.raises(IllegalTransition, match="start_development"):
        registrar.issue_credentials("ORG-1", Contour.TEST)

    office.walk(case, "choose_integration", "start_development")

    assert registrar.issue_credentials("ORG-1", Contour.TEST).login == "org-1-test-1"


def test_credentials_wait_for_the_agreement(registrar, school):
    with pytest.raises(IllegalTransition):
        registrar.issue_credentials(school, Contour.TEST)


def test_production_credentials_wait_for_operation(registrar, bank):
    with pytest.raises(IllegalTransition, match="PROD"):
        registrar.issue_credentials(bank, Contour.PROD)


def test_a_login_is_never_issued_twice(registrar, bank):
    first = registrar.issue_credentials(bank, Contour.TEST)
    registrar.revoke_credentials(bank, first.login)
    second = registrar.issue_credentials(bank, Contour.TEST)

    assert first.login != second.login
    assert first.password != second.password


def test_the_password_is_written_nowhere(registrar, registry_database, bank):
    issued = registrar.issue_credentials(bank, Contour.TEST)

    with registry_database.reading() as transaction:
        everything = [
            transaction.execute(sa.select(table)).all()
            for table in models.registry_metadata.sorted_tables
        ]
    assert issued.login in repr(everything)
    assert issued.password not in repr(everything)


def test_the_same_login_is_revoked_once(registrar, bank):
    issued = registrar.issue_credentials(bank, Contour.TEST)
    registrar.revoke_credentials(bank, issued.login)

    with pytest.raises(errors.NothingToChange):
        registrar.revoke_credentials(bank, issued.login)


def test_a_login_of_another_participant_is_not_revoked(registrar, bank, school):
    issued = registrar.issue_credentials(bank, Contour.TEST)

    with pytest.raises(errors.NothingToChange):
        registrar.revoke_credentials(school, issued.login)


def test_a_right_is_granted_revoked_and_granted_again(registrar, directory, clock, bank):
    def services():
        clock.advance(seconds=1)
        return directory.participant(Contour.TEST, bank).services

    registrar.grant(bank, "meals/bank-payment", Contour.TEST)
    assert services() == {"meals/bank-payment"}
    registrar.revoke(bank, "meals/bank-payment", Contour.TEST)
    assert services() == frozenset()
    registrar.grant(bank, "meals/bank-payment", Contour.TEST)
    assert services() == {"meals/bank-payment"}


def test_a_right_that_is_there_is_not_granted_again(registrar, bank):
    registrar.grant(bank, "meals/bank-payment", Contour.TEST)

    with pytest.raises(errors.NothingToChange):
        registrar.grant(bank, "meals/bank-payment", Contour.TEST)


def test_a_right_to_an_unpublished_service_is_refused(registrar, bank):
    with pytest.raises(errors.ServiceUnknown, match="meals/bank-paymnet"):
        registrar.grant(bank, "meals/bank-paymnet", Contour.TEST)


def test_the_published_services_are_read_from_the_contracts():
    assert {"meals/bank-payment", "meals/payment-registry"} <= participants.published_services()


def test_a_revoked_right_stays_in_the_books(registrar, registry_database, clock, bank):
    registrar.grant(bank, "meals/bank-payment", Contour.TEST)
    clock.advance(days=1)
    registrar.revoke(bank, "meals/bank-payment", Contour.TEST)

    with registry_database.reading() as transaction:
        [row] = transaction.execute(sa.select(models.access_right)).all()
    assert row.ended_at == clock()


def test_only_a_bank_has_terms_dialects_and_organizers(registrar, school):
    terms = BankTerms(CreditMode.ON_NOTIFY, 3, "Школьный банк", "044525225")
    for forbidden in (
        lambda: registrar.set_terms(school, terms),
        lambda: registrar.switch_dialect(school, "osmp", on=True),
        lambda: registrar.bind(school, INN, "1", date(2026, 3, 1)),
        lambda: registrar.mark_bank_day(school, date(2026, 3, 9), banking=True),
    ):
        with pytest.raises(errors.NotABank):
            forbidden()


@pytest.mark.parametrize(
    "terms",
    [
        pytest.param(BankTerms(CreditMode.ON_NOTIFY, 2, "Банк", "044525225"), id="two days"),
        pytest.param(BankTerms(CreditMode.ON_NOTIFY, 6, "Банк", "044525225"), id="six days"),
        pytest.param(BankTerms(CreditMode.ON_NOTIFY, 3, "", "044525225"), id="no name"),
        pytest.param(BankTerms(CreditMode.ON_NOTIFY, 3, "Банк", "44525225"), id="BIK"),
    ],
)
def test_terms_beyond_the_regulation_are_refused(registrar, bank, terms):
    with pytest.raises(errors.AttributeInvalid):
        registrar.set_terms(bank, terms)


def test_newer_terms_replace_older_ones_and_both_are_in_the_log(
    registrar, directory, registry_database, clock, bank
):
    registrar.set_terms(bank, BankTerms(CreditMode.ON_NOTIFY, 3, "Банк", "044525225"))
    registrar.set_terms(bank, BankTerms(CreditMode.ON_REGISTRY, 5, "Банк", "044525225"))

    assert directory.participant(Contour.TEST, bank).bank.credit_days == 5
    first, second = changes(registry_database, "terms")
    assert first.before is None
    assert second.before == first.after
    assert json.loads(second.after)["credit_mode"] == "ON_REGISTRY"


def test_an_unknown_dialect_is_refused(registrar, bank):
    with pytest.raises(errors.AttributeInvalid):
        registrar.switch_dialect(bank, "iso8583", on=True)


def test_a_dialect_is_switched_off_again(registrar, directory, bank):
    registrar.switch_dialect(bank, "sberbank", on=True)
    registrar.switch_dialect(bank, "sberbank", on=False)

    assert directory.participant(Contour.TEST, bank).dialects == frozenset()


def test_exception_days_of_a_bank_are_in_its_terms(registrar, directory, bank):
    registrar.set_terms(bank, BankTerms(CreditMode.ON_NOTIFY, 3, "Банк", "044525225"))
    registrar.mark_bank_day(bank, date(2026, 3, 7), banking=True)
    registrar.mark_bank_day(bank, date(2026, 3, 10), banking=False)
    registrar.mark_bank_day(bank, date(2026, 3, 11), banking=False)
    registrar.clear_bank_day(bank, date(2026, 3, 11))

    terms = directory.participant(Contour.TEST, bank).bank

    assert terms.opened_days == {date(2026, 3, 7)}
    assert terms.closed_days == {date(2026, 3, 10)}


def test_an_organizer_with_a_wrong_inn_is_not_bound(registrar, bank):
    with pytest.raises(errors.AttributeInvalid):
        registrar.bind(bank, "7706012717", "1", date(2026, 3, 1))


def test_bindings_of_one_organizer_do_not_overlap(registrar, bank, organizer_since_march):
    with pytest.raises(errors.NothingToChange):
        registrar.bind(bank, organizer_since_march, "13/2026", date(2026, 4, 1))


def test_an_ended_binding_may_be_followed_by_another(registrar, directory, clock, bank):
    registrar.bind(bank, INN, "1", date(2026, 1, 1))
    registrar.unbind(bank, INN, date(2026, 2, 28))
    registrar.bind(bank, INN, "2", date(2026, 3, 1))

    assert directory.participant(Contour.TEST, bank).organizers == {INN}


def test_a_binding_that_is_not_there_is_not_ended(registrar, bank):
    with pytest.raises(errors.NothingToChange):
        registrar.unbind(bank, INN, date(2026, 3, 1))


def test_an_unknown_participant_is_named(registrar):
    with pytest.raises(errors.ParticipantUnknown, match="NOBODY"):
        registrar.grant("NOBODY", "meals/bank-payment", Contour.TEST)


def test_every_change_is_logged_with_who_when_and_why(registrar, registry_database, clock, bank):
    clock.advance(days=1)
    registrar.suspend(bank, "письмо № 7 от 03.03.2026")

    entry = changes(registry_database, "state")[-1]

    assert (entry.actor, entry.changed_at, entry.participant) == ("оператор", clock(), bank)
    assert (json.loads(entry.before), json.loads(entry.after)) == ("JOINED", "SUSPENDED")
    assert entry.basis == "письмо № 7 от 03.03.2026"


def test_a_refused_change_leaves_no_trace(registrar, registry_database, bank):
    before = version(registry_database)

    with pytest.raises(errors.NothingToChange):
        registrar.revoke(bank, "meals/bank-payment", Contour.TEST)

    assert version(registry_database) == before
    assert changes(registry_database, "right") == []


@pytest.mark.parametrize(
    "statement", ["UPDATE change_log SET actor = 'nobody'", "DELETE FROM change_log"]
)
def test_the_change_log_only_grows(registry_database, bank, statement):
    with (
        pytest.raises(sa.exc.DBAPIError, match="append-only"),
        registry_database.writing() as transaction,
    ):
        transaction.execute(sa.text(statement))


def test_changes_at_the_same_time_each_get_a_version(registry_database, clock, bank):
    before = version(registry_database)

    def add(number):
        Registrar(registry_database, clock, "оператор").add(
            Newcomer(f"SCHOOL-{number}", "Школа", ParticipantKind.SCHOOL)
        )

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert version(registry_database) == before + 8
    assert len(read_snapshot(registry_database, clock()).participants[Contour.TEST]) == 9
