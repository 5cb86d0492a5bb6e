import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa
from rehearsed import envelope, receipt

from gateway.conformance.sessions import Decision, SessionState, errors
from gateway.conformance.verdicts import Mover
from gateway.kernel.errors import DuplicateConflict

TESTER = Decision("Испытатель И. И.", accepted=True, reason="сообщение видно целиком")


def ask_step(stand, session, line="BR-02/1"):
    case = stand.line(session, line).case
    return next(step.id for step in case.steps if getattr(step, "evidence", None))


def refused_registry(stand, session, line="BR-02/1"):
    """Send the wrong registry and leave it at that, up to the screenshot."""
    stand.begin(session, line)
    stand.refused(
        envelope(stand.file(session, line).decode().partition("?>")[2]), "REGISTRY_TOTAL_MISMATCH"
    )
    stand.clock.advance(minutes=6)
    stand.do("advance", session, stand.clock())
    return ask_step(stand, session, line)


# Beginning.


def test_a_session_begins_with_real_accounts_of_the_participants_organizer(stand):
    session = stand.start()

    given = {session.params["account"], session.params["unknown_account"]}
    assert len(given) == 2
    assert given.isdisjoint({*stand.accounts.open, stand.accounts.blocked, stand.accounts.closed})
    assert session.params["organizer_inn"] == "7200000018"


def test_the_same_request_gets_the_same_session(stand):
    new = stand.new()
    first = stand.do("start", new, stand.clock())
    stand.clock.advance(hours=1)

    assert stand.do("start", new, stand.clock()) == first


def test_the_same_request_for_another_suite_is_a_conflict(stand):
    new = stand.new()
    stand.do("start", new, stand.clock())

    with pytest.raises(DuplicateConflict):
        stand.do("start", stand.new(request_id=new.request_id, suite="SUITE-01"), stand.clock())


def test_two_participants_may_choose_the_same_request_id(stand):
    new = stand.new()
    first = stand.do("start", new, stand.clock())
    other = stand.new(request_id=new.request_id, participant="BANK72002")

    assert stand.do("start", other, stand.clock()).id != first.id


def test_an_unknown_suite_is_refused(stand):
    with pytest.raises(errors.SuiteUnknown):
        stand.start(suite="SUITE-99")


def test_what_the_plan_does_not_ask_for_cannot_be_entered(stand):
    with pytest.raises(errors.ParameterRefused):
        stand.start(params={"account": "1000000008"})


def test_the_transport_suite_gets_a_service_that_the_participant_may_call(stand):
    session = stand.start(suite="common-transport")

    assert session.params["participant"] == "BANK72001"
    assert session.params["service_namespace"].endswith("/meals/bank-payment/1.0")


def test_sessions_are_listed_newest_first_and_by_pages(stand):
    made = []
    for _ in range(3):
        made.append(stand.start().id)
        stand.clock.advance(minutes=1)

    first = stand.do("listed", participant="BANK72001", limit=2)
    rest = stand.do("listed", participant="BANK72001", before=first[-1].id, limit=2)

    assert [session.id for session in (*first, *rest)] == made[::-1]


# Evidence.


def test_a_good_registry_passes_once_the_hub_has_its_lines(stand):
    session = stand.start()
    stand.begin(session, "BR-01")
    number = stand.submit(session)
    stand.do("advance", session, stand.clock())

    waiting = stand.line(session, "BR-01")
    assert waiting.wait.mover is Mover.STAND

    stand.process(number)
    stand.clock.advance(minutes=1)
    stand.do("advance", session, stand.clock())
    assert stand.verdict(session, "BR-01") == "PASS"


def test_a_registry_of_the_time_before_the_attempt_is_no_evidence(stand):
    session = stand.start()
    stand.message(envelope("<x/>"), receipt())
    stand.begin(session, "BR-01")

    assert stand.line(session, "BR-01").wait.mover is Mover.PARTICIPANT


def test_a_repeat_is_judged_with_the_answer_that_it_got_again(stand):
    session = stand.start()
    number = stand.pass_first(session)
    entry = stand.line(session, "BR-01").steps[1].entries[0]
    stand.begin(session, "BR-01")
    stand.submit(session)  # another registry: the repeat below is of the first one
    content = stand.do("evidence", session, stand.clock()).evidence.messages[0].request

    stand.message(content, None, repeat_of=entry)

    replies = [m.reply for m in stand.do("evidence", session, stand.clock()).evidence.messages]
    assert number.encode() in replies[-1]


def test_a_handed_out_file_is_always_the_same_bytes(stand):
    session = stand.start()
    stand.begin(session, "BR-01")
    first = stand.file(session, "BR-01")
    stand.clock.advance(days=1)

    assert stand.file(session, "BR-01") == first


def test_a_new_attempt_gets_a_file_of_its_own_and_the_old_attempt_stays(stand):
    session = stand.start()
    stand.begin(session, "BR-01")
    first = stand.file(session, "BR-01")
    stand.clock.advance(minutes=31)
    assert stand.verdict(session, "BR-01") == "FAIL"
    stand.begin(session, "BR-01")

    line = stand.line(session, "BR-01")
    assert [attempt.verdict.value for attempt in line.attempts] == ["FAIL", "WAIT"]
    assert stand.file(session, "BR-01") != first


def test_a_window_is_over_only_when_the_journal_must_hold_what_came_in_it(stand):
    session = stand.start()
    stand.begin(session, "BR-01")
    stand.clock.advance(minutes=30)

    assert stand.verdict(session, "BR-01", seconds=1) == "WAIT"
    assert stand.verdict(session, "BR-01", seconds=5) == "FAIL"


def test_a_refused_message_that_was_kept_in_part_is_our_fault(stand):
    session = stand.start()
    stand.begin(session, "BR-01")
    stand.refused(b"x" * 64 * 1024, "VALIDATION_ERROR")

    assert stand.verdict(session, "BR-01") == "ERROR"


def test_evidence_is_append_only(stand):
    session = stand.start()
    with pytest.raises(sa.exc.DBAPIError), stand.database.writing() as transaction:
        transaction.execute(sa.text("UPDATE conformance_session SET participant = 'BANK72002'"))
    assert stand.again(session).participant == "BANK72001"


# Two participants on one stand.


def test_another_participants_session_does_not_exist(stand):
    session = stand.start()

    with pytest.raises(errors.SessionUnknown):
        stand.do("find", session.id, "BANK72002")


def test_another_participants_messages_and_registries_change_nothing(stand):
    mine = stand.start()
    theirs = stand.start(participant="BANK72002")
    stand.begin(mine, "BR-01")
    stand.begin(theirs, "BR-01")
    number = stand.submit(mine, sender="BANK72002")  # a thief of the prepared file
    stand.process(number, owner="BANK72002")
    stand.do("advance", mine, stand.clock())

    assert stand.line(mine, "BR-01").wait.mover is Mover.PARTICIPANT
    shown = stand.do("shown", mine, stand.clock())
    evidence = stand.do("evidence", mine, stand.clock()).evidence
    assert (shown, evidence.messages) == ((), ())


def test_a_message_of_nobody_is_seen_only_by_the_session_whose_step_took_it(stand):
    mine = stand.start(suite="SUITE-13")
    theirs = stand.start(suite="SUITE-13", participant="BANK72002")
    stand.begin(mine, "CT-03")
    stand.begin(theirs, "CT-03")
    ping = envelope_with_header(stand.file(mine, "CT-03"))
    stand.refused(
        ping,
        "SIGNATURE_INVALID",
        sender=None,
        operation=None,
        service="meals/bank-payment/1.0",
        reason="signature.digest",
    )

    assert stand.verdict(mine, "CT-03") == "PASS"
    assert stand.do("evidence", theirs, stand.clock()).evidence.messages == ()


def envelope_with_header(content: bytes) -> bytes:
    text = content.decode().partition("?>")[2] if content.startswith(b"<?xml") else content.decode()
    return text.strip().encode()


# Testers.


def test_a_screenshot_waits_for_a_tester_and_his_word_passes_the_line(stand, png):
    session = stand.start()
    step = refused_registry(stand, session)
    stand.do("provide", session, "BR-02/1", step, png, "Петров П. П.", stand.clock())

    (item,) = stand.do("reviews", stand.clock())
    assert (item.session, item.line, item.place.step) == (session.id, "BR-02/1", step)
    stand.do("decide", session, "BR-02/1", step, TESTER, stand.clock())

    assert stand.line(session, "BR-02/1").passed
    assert stand.do("reviews", stand.clock()) == []


def test_a_rejected_screenshot_fails_the_attempt_with_the_testers_reason(stand, png):
    session = stand.start()
    step = refused_registry(stand, session)
    stand.do("provide", session, "BR-02/1", step, png, "Петров П. П.", stand.clock())
    no = Decision("Испытатель И. И.", accepted=False, reason="не тот экран")
    stand.do("decide", session, "BR-02/1", step, no, stand.clock())

    line = stand.line(session, "BR-02/1")
    assert (line.verdict.value, "не тот экран" in line.reason) == ("FAIL", True)


def test_a_decision_stands(stand, png):
    session = stand.start()
    step = refused_registry(stand, session)
    stand.do("provide", session, "BR-02/1", step, png, "Петров П. П.", stand.clock())
    stand.do("decide", session, "BR-02/1", step, TESTER, stand.clock())

    with pytest.raises(errors.ReviewNotWaiting):
        stand.do("decide", session, "BR-02/1", step, TESTER, stand.clock())


@pytest.mark.parametrize(
    "tester",
    [
        Decision(" ", accepted=True, reason="видно"),
        Decision("Испытатель", accepted=True, reason=""),
    ],
)
def test_a_decision_names_the_tester_and_the_reason(stand, png, tester):
    session = stand.start()
    step = refused_registry(stand, session)
    stand.do("provide", session, "BR-02/1", step, png, "Петров П. П.", stand.clock())

    with pytest.raises(errors.DecisionIncomplete):
        stand.do("decide", session, "BR-02/1", step, tester, stand.clock())


def test_nothing_is_decided_before_something_was_shown(stand):
    session = stand.start()
    step = refused_registry(stand, session)

    with pytest.raises(errors.ReviewNotWaiting):
        stand.do("decide", session, "BR-02/1", step, TESTER, stand.clock())


def test_a_screenshot_is_an_image(stand):
    session = stand.start()
    step = refused_registry(stand, session)

    with pytest.raises(errors.EvidenceRefused):
        stand.do("provide", session, "BR-02/1", step, b"%PDF-1.7", "Петров П. П.", stand.clock())


# Ending.


def test_a_cancelled_session_takes_nothing_more(stand):
    session = stand.start()
    ended = stand.do("cancel", session, stand.clock())

    assert ended.state is SessionState.CANCELLED
    with pytest.raises(errors.SessionEnded):
        stand.begin(ended, "BR-01")


def test_sessions_whose_time_is_over_expire_and_others_do_not(stand):
    old = stand.start()
    stand.clock.advance(days=13)
    young = stand.start()
    stand.clock.advance(days=1)

    assert [session.id for session in stand.do("expire", stand.clock())] == [old.id]
    assert stand.again(old).state is SessionState.EXPIRED
    assert stand.again(young).is_open
    assert stand.do("expire", stand.clock()) == []


def test_an_overdue_session_takes_nothing_more_before_the_job_has_come(stand):
    session = stand.start()
    stand.clock.advance(days=14)

    with pytest.raises(errors.SessionEnded):
        stand.begin(session, "BR-01")


def test_an_ended_session_stands_as_it_ended(stand):
    session = stand.start()
    stand.begin(session, "BR-01")
    ended = stand.do("cancel", session, stand.clock())

    assert stand.verdict(ended, "BR-01", days=3) == "WAIT"


def test_a_line_that_the_plan_does_not_have_is_refused(stand):
    with pytest.raises(errors.LineUnknown):
        stand.begin(stand.start(), "BR-02")  # a case with a table has rows: BR-02/1


def test_a_session_that_is_not_there_is_not_found(stand):
    with pytest.raises(errors.SessionUnknown):
        stand.do("find", uuid.uuid4())


def test_the_coverage_table_tells_each_requirement(stand):
    session = stand.start()
    stand.pass_first(session)

    table = {row.requirement.id: row for row in stand.do("coverage", session, stand.clock())}
    assert ("BR-01", "PASS") in [(n, v.value) for n, v in table["MEAL-BANK-08"].lines]
    assert table["MEAL-BANK-13"].requirement.not_tested


def test_personal_data_are_hidden_in_what_leaves(stand):
    session = stand.start()
    stand.begin(session, "BR-01")
    content = stand.file(session, "BR-01").decode().partition("?>")[2]
    named = content.replace("<lineNo>1<", "<payerName>Выдуманный Образец</payerName><lineNo>1<")
    named = named.replace("payerName", "lastName")
    stand.message(envelope(named), receipt())

    (message,) = stand.do("shown", session, stand.clock() + timedelta(seconds=5))
    assert "Выдуманный" not in message.request
    assert "***" in message.request
