"""A document's way from the draft to the register, and every way that there is not."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
import sqlalchemy as sa
from office import BANK, FORM, OPERATOR, OTHER, SCAN, SIGNATORY

from gateway.documents import FORMS, DocType, FileFormat
from gateway.documents.forms import BankTrialAct, ConnectionPlan, EmpAct, RegisoApplication
from gateway.documents.forms.letters import Administrator
from gateway.kernel.errors import DuplicateConflict, IllegalTransition, ValidationError
from registry import models as registry_models
from registry.documents import errors, models, shelf, states
from registry.documents.states import DocumentState, Step
from registry.documents.values import ACTS, SIGNED_BY, Party, Scan, Source, Wanted
from registry.errors import ParticipantUnknown

S = DocumentState


def test_a_document_begins_as_a_draft_with_a_number_of_its_type_and_year(office):
    first, second = office.draw_up(), office.draw_up()

    assert (first.number, second.number) == ("АКТ-ЕМП-2026-0001", "АКТ-ЕМП-2026-0002")
    assert (first.state, first.dated) == (S.DRAFT, date(2026, 3, 2))


def test_every_type_counts_for_itself_and_begins_anew_with_the_year(office, clock):
    office.draw_up()
    assert office.draw_up(ConnectionPlan()).serial == 1

    # Still the old year in UTC, already the new one in Tyumen.
    clock.now = datetime(2026, 12, 31, 19, 30, tzinfo=UTC)
    assert office.draw_up().number == "АКТ-ЕМП-2027-0001"


def test_the_way_of_an_act_signed_by_both_sides(office):
    document = office.draw_up()
    seen = [document.state]
    seen.append(office.do("offer", document.document_id).state)
    seen.append(office.sign(document, OPERATOR).document.state)
    seen.append(office.sign(document, BANK).document.state)
    seen.append(office.do("register", document.document_id).state)

    assert seen == [S.DRAFT, S.FOR_SIGNATURE, S.SIGNED_BY_ONE, S.SIGNED, S.REGISTERED]
    kept = office.ask(shelf.find, document.document_id)
    assert kept.awaited == ()
    assert kept.signed_at == kept.registered_at == office.clock()


def test_a_plan_is_signed_by_the_operator_alone(office):
    document = office.offered(ConnectionPlan())

    assert document.awaited == (OPERATOR,)
    assert office.sign(document, OPERATOR).document.state is S.SIGNED


def test_who_does_not_sign_a_document_cannot(office):
    with pytest.raises(errors.NotAParty):
        office.sign(office.offered(ConnectionPlan()), BANK)
    with pytest.raises(errors.NotAParty):
        office.sign(office.offered(), OTHER)


def test_the_history_and_the_change_log_tell_every_step(office):
    document = office.signed()
    office.do("cancel", document.document_id, "ошибка в реквизитах")

    told = office.ask(shelf.history, document.document_id)
    assert [one.step for one in told] == [
        Step.DRAW_UP,
        Step.OFFER,
        Step.SIGN,
        Step.SIGN_LAST,
        Step.CANCEL,
    ]
    assert told[-1].note == "ошибка в реквизитах"
    log = registry_models.change_log
    query = sa.select(log.c.after).where(log.c.basis == document.number).order_by(log.c.id)
    with office.database.reading() as transaction:
        logged = list(transaction.execute(query).scalars())
    assert logged == [f'"{one.after.value}"' for one in told]


@pytest.mark.parametrize("state", DocumentState)
@pytest.mark.parametrize("step", Step)
def test_what_is_not_in_the_table_is_illegal(state, step):
    if (state, step) in states.TRANSITIONS:
        assert states.after(state, step) is states.TRANSITIONS[state, step]
        return
    with pytest.raises(IllegalTransition, match=states.STATES[state]):
        states.after(state, step)


def test_every_state_and_step_has_a_russian_word():
    assert set(states.STATES) == set(DocumentState)
    assert set(states.STEPS) == set(Step)


def test_every_type_says_who_signs_it_and_acts_are_signed_by_both():
    assert set(SIGNED_BY) == set(FORMS)
    assert all(len(SIGNED_BY[act]) == 2 for act in ACTS)


def test_a_draft_may_be_drawn_up_again_under_its_number(office):
    document = office.offered()
    before = office.file(document, FileFormat.PDF)

    redrawn = office.do("redraw", document.document_id, EmpAct(system="Другая система"))

    assert (redrawn.state, redrawn.number, redrawn.revision) == (S.DRAFT, document.number, 2)
    assert office.file(document, FileFormat.PDF).octets != before.octets
    assert "Другая система".encode() in office.file(document, FileFormat.XML).octets


def test_a_document_that_somebody_has_signed_is_not_drawn_up_again(office):
    document = office.offered()
    office.sign(document, BANK)

    with pytest.raises(IllegalTransition):
        office.do("redraw", document.document_id, FORM)


def test_a_document_does_not_become_one_of_another_type(office):
    with pytest.raises(errors.DocumentRefused):
        office.do("redraw", office.draw_up().document_id, ConnectionPlan())


def test_a_draft_is_rendered_anew_and_what_was_offered_is_fixed(office):
    document = office.draw_up()
    assert not office.file(document, FileFormat.PDF).is_fixed

    office.do("offer", document.document_id)

    for file_format in FileFormat:
        file = office.file(document, file_format)
        assert file.is_fixed
        assert (len(file.sha256), len(file.streebog)) == (32, 32)


def test_the_database_itself_refuses_to_change_a_kept_file(office):
    office.offered()

    with (
        pytest.raises(sa.exc.DBAPIError, match="append-only"),
        office.database.writing() as transaction,
    ):
        transaction.execute(sa.update(models.document_file).values(octets=b""))


def test_a_repeated_signature_changes_nothing(office):
    document = office.offered()
    first = office.sign(document, BANK)
    office.clock.advance(minutes=5)
    again = office.sign(document, BANK, signed_at=first.document.signatures[0].signed_at)

    assert (first.duplicate, again.duplicate) == (False, True)
    assert again.document == first.document


@pytest.mark.parametrize(
    "other",
    [
        {"evidence": Scan(SCAN.octets + b".", SCAN.media_type)},
        {"signatory": replace(SIGNATORY, name="Другой Д. Д.")},
        {"signed_at": datetime(2026, 3, 1, tzinfo=UTC)},
    ],
    ids=["scan", "signatory", "moment"],
)
def test_another_signature_of_the_same_party_is_a_conflict(office, other):
    document = office.offered()
    office.sign(document, BANK)

    with pytest.raises(DuplicateConflict):
        office.sign(document, BANK, **other)


def test_a_draft_cannot_be_signed_and_an_unsigned_act_not_registered(office):
    document = office.draw_up()

    with pytest.raises(IllegalTransition):
        office.sign(document, BANK)
    with pytest.raises(IllegalTransition):
        office.do("register", document.document_id)


def test_nobody_signs_in_the_future(office, clock):
    document = office.offered()

    with pytest.raises(ValidationError):
        office.sign(document, BANK, signed_at=clock().replace(hour=9))


def test_a_document_is_cancelled_with_a_reason_or_not_at_all(office):
    document = office.draw_up()

    with pytest.raises(errors.DocumentRefused):
        office.do("cancel", document.document_id, " ")
    assert office.do("cancel", document.document_id, "дубль").cancelled == "дубль"
    with pytest.raises(IllegalTransition):
        office.do("cancel", document.document_id, "ещё раз")
    assert office.draw_up().serial == document.serial + 1


def test_an_unknown_party_draws_up_nothing_and_takes_no_number(office):
    with pytest.raises(ParticipantUnknown):
        office.draw_up(participant="NOBODY")

    assert office.draw_up().serial == 1


def test_a_document_that_nobody_signs_is_none(office):
    with pytest.raises(ValueError, match=BANK):
        office.do("draw_up", FORM, (Party(BANK, signs=False),), Source(), ids=uuid4)


def test_a_document_is_found_by_whom_it_concerns(office):
    document = office.draw_up()

    assert office.ask(shelf.find, document.document_id, BANK) == document
    for unknown in (uuid4(), document.document_id):
        with pytest.raises(errors.DocumentUnknown):
            office.ask(shelf.find, unknown, OTHER)


@pytest.mark.parametrize("name", ["АКТ-ЕМП-2026-0001", "акт-емп-2026-0001"])
def test_an_operator_finds_it_by_its_number(office, name):
    document = office.draw_up()

    assert office.ask(shelf.find_named, name) == document
    assert office.ask(shelf.find_named, str(document.document_id)) == document
    with pytest.raises(errors.DocumentUnknown):
        office.ask(shelf.find_named, "АКТ-ЕМП-2026-0002")


def test_documents_are_searched_by_all_that_an_answer_tells(office, clock):
    case = uuid4()
    act = office.draw_up(case=case)
    clock.advance(days=1)
    plan = office.offered(ConnectionPlan(), OTHER)

    def numbers(**wanted):
        return [one.number for one in office.ask(shelf.search, Wanted(**wanted))]

    assert numbers() == [plan.number, act.number]
    assert numbers(doc_type=DocType.ACT_EMP) == numbers(case=case) == [act.number]
    assert numbers(state=S.FOR_SIGNATURE) == numbers(participant=OTHER) == [plan.number]
    assert numbers(since=date(2026, 3, 3)) == [plan.number]
    assert numbers(until=date(2026, 3, 2)) == [act.number]
    assert [one.number for one in office.ask(shelf.search, Wanted(), 1, 1)] == [act.number]


def test_the_signed_act_is_found_until_it_is_cancelled(office, clock):
    case = uuid4()
    form = BankTrialAct(production_date=date(2026, 4, 1))
    document = office.offered(form, case=case)
    assert office.ask(shelf.signed_act, BANK) is None
    for party in (OPERATOR, BANK):
        assert not office.ask(shelf.is_signed, document.document_id)
        office.sign(document, party)

    assert office.ask(shelf.is_signed, document.document_id)
    act = office.ask(shelf.signed_act, BANK)
    assert (act.number, act.go_live) == (document.number, date(2026, 4, 1))
    assert office.ask(shelf.signed_act, case=case) == act
    assert office.ask(shelf.signed_act, OTHER) is None

    office.do("cancel", document.document_id, "выявлены нарушения")
    assert office.ask(shelf.signed_act, BANK) is None


def test_a_plan_opens_nothing(office):
    office.signed(ConnectionPlan())

    assert office.ask(shelf.signed_act, BANK) is None


def test_what_holds_snils_lies_sealed_in_the_database(office):
    document = office.offered(
        RegisoApplication(administrator=Administrator(snils="112-233-445 95"))
    )

    table = models.document_file
    with office.database.reading() as transaction:
        rows = transaction.execute(sa.select(table.c.octets, table.c.sealed)).all()
    assert all(row.sealed and b"112-233-445" not in row.octets for row in rows)
    assert b"112-233-445 95" in office.file(document, FileFormat.XML).octets


def test_a_scan_lies_sealed_too(office):
    office.sign(office.offered(), BANK)

    with office.database.reading() as transaction:
        (octets,) = transaction.execute(sa.select(models.document_scan.c.octets)).one()
    assert SCAN.octets not in octets
