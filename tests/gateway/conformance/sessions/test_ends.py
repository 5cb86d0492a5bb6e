"""A short suite, passed line by line, frozen, judged again by mended and by broken rules."""

import hashlib
import json
from datetime import timedelta

import pytest
import sqlalchemy as sa
import yaml

from gateway.conformance import admission
from gateway.conformance.errors import StandBroken
from gateway.conformance.sessions import SessionDesk, SessionState, Suites, errors, frozen
from gateway.conformance.verdicts import Verdict

ONLY = {"BR-01": "MEAL-BANK-08", "BR-04": "MEAL-BANK-08"}


def shorten(folder) -> None:
    """Leave the cases BR-01 and BR-04 in a copy of SUITE-02."""
    plan_file = folder / "plan.yaml"
    plan = yaml.load(plan_file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    plan["cases"] = list(ONLY)
    for requirement in plan["requirements"]:
        if requirement["id"] not in {"MEAL-BANK-08", "MEAL-BANK-09"}:
            requirement.setdefault("not_tested", "В коротком плане не проверяется")
    plan_file.write_text(yaml.safe_dump(plan, allow_unicode=True), encoding="utf-8")
    for file in (folder / "cases").iterdir():
        if file.stem not in ONLY:
            file.unlink()
    for file in (folder / "samples").iterdir():
        if file.name not in {"registry-three-lines.xml", "registry-empty.xml"}:
            file.unlink()


@pytest.fixture
def short(stand, own_folder, catalog):
    """The stand with the short suite."""
    shorten(own_folder)
    return with_suites(stand, own_folder, catalog)


def with_suites(stand, folder, catalog):
    """Let the stand read its suites anew, as a hub that was started again does."""
    desk = stand.desk
    stand.desk = SessionDesk(
        Suites(catalog, {"bank-registry": folder}),
        desk._test_data,
        desk._participants,
        desk._identifiers,
        desk._choose,
        desk._calendar,
        desk._ledger,
    )
    return stand


def passed_session(stand):
    session = stand.start()
    stand.green(session)
    stand.pass_first(session)
    stand.begin(session, "BR-04")
    stand.submit(session, "BR-04")
    stand.do("advance", session, stand.clock())
    return session


def mend(folder, before: str, after: str) -> None:
    file = folder / "cases" / "BR-01.yaml"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def test_a_session_whose_lines_are_passed_is_frozen_as_passed(short):
    session = passed_session(short)
    finished = short.do("finish", session, short.clock())

    assert (finished.passed, finished.admits, finished.reasons) == (True, True, ())
    assert [(line.name, line.verdict.value) for line in finished.lines] == [
        ("BR-01", "PASS"),
        ("BR-04", "PASS"),
    ]
    assert short.again(session).state is SessionState.PASSED


def test_frozen_bytes_are_canonical_and_named_by_their_digest(short):
    finished = short.do("finish", passed_session(short), short.clock())

    assert hashlib.sha256(finished.content).hexdigest() == finished.sha256
    again = json.dumps(
        json.loads(finished.content), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    assert again.encode() == finished.content


def test_the_same_evidence_is_frozen_as_the_same_bytes(short):
    session = passed_session(short)
    made = []
    for _ in range(2):
        found = short.do("evidence", session, short.clock())
        made.append(frozen.canonical(session, found.suite, found.judgement, found.evidence, ()))

    assert made[0] == made[1]


def test_finishing_twice_returns_what_was_frozen_whatever_came_since(short):
    session = passed_session(short)
    first = short.do("finish", session, short.clock())
    short.clock.advance(days=1)
    short.refused(b"<x/>", "VALIDATION_ERROR")

    assert short.do("finish", short.again(session), short.clock()) == first


def test_a_finished_session_takes_no_new_attempt(short):
    session = passed_session(short)
    short.do("finish", session, short.clock())

    with pytest.raises(errors.SessionEnded):
        short.begin(short.again(session), "BR-01")


def test_a_frozen_row_cannot_be_rewritten(short):
    short.do("finish", passed_session(short), short.clock())

    with pytest.raises(sa.exc.DBAPIError), short.database.writing() as transaction:
        transaction.execute(sa.text("UPDATE conformance_frozen SET sha256 = ''"))


def test_lines_that_are_not_decided_keep_a_session_open_and_are_named(short):
    session = short.start()
    short.green(session)
    short.pass_first(session)

    with pytest.raises(errors.MandatoryPending) as refused:
        short.do("finish", session, short.clock())
    assert [finding.rule for finding in refused.value.findings] == ["BR-04"]
    assert short.again(session).is_open


def test_force_freezes_what_is_not_decided_as_failed(short):
    session = short.start()
    short.pass_first(session)
    finished = short.do("finish", session, short.clock(), force=True)

    assert (finished.passed, finished.admits) == (False, False)
    assert short.again(session).state is SessionState.FAILED


def test_a_rehearsal_may_pass_and_never_admits(short):
    session = short.start(rehearsal=True)
    short.green(session)
    short.pass_first(session)
    short.begin(session, "BR-04")
    short.submit(session, "BR-04")
    finished = short.do("finish", session, short.clock())

    assert (finished.passed, finished.admits) == (True, False)


# Rules that were mended.


def test_judging_again_by_the_same_rules_finds_no_difference(short):
    passed_session(short)
    short.do("finish", passed_session(short), short.clock())

    assert short.do("rejudge", ["bank-registry"], short.clock()) == []


def test_a_mended_rule_lists_the_differences_and_leaves_what_was_frozen(short, own_folder, catalog):
    done = passed_session(short)
    before = short.do("finish", done, short.clock())
    running = passed_session(short)
    mend(own_folder, 'equals: "3"', 'equals: "4"')
    with_suites(short, own_folder, catalog)
    short.clock.advance(days=2)

    differences = short.do("rejudge", ["bank-registry"], short.clock())

    assert {(d.session, d.line, d.was, d.now, d.finished) for d in differences} == {
        (done.id, "BR-01", Verdict.PASS, Verdict.FAIL, True),
        (running.id, "BR-01", Verdict.PASS, Verdict.FAIL, False),
    }
    assert short.do("finished", short.again(done)) == before


def test_time_that_has_passed_is_no_difference(short):
    session = short.start()
    short.begin(session, "BR-01")
    short.clock.advance(days=3)

    assert short.do("rejudge", ["bank-registry"], short.clock()) == []


# Our own faults.


def test_a_broken_rule_file_is_our_error_and_keeps_admission_closed(short, own_folder, catalog):
    session = passed_session(short)
    mend(own_folder, "//r:totalAmount", "//r:totalAmount[")
    with_suites(short, own_folder, catalog)

    judgement = short.do("judged", session, short.clock())
    assert judgement.verdict is Verdict.ERROR
    assert "BR-01.yaml" in judgement.trouble
    with pytest.raises(StandBroken) as refused:
        short.do("finish", session, short.clock(), force=True)
    assert "Сбой стенда" in refused.value.text
    assert "участнику сбой не засчитывается" in refused.value.action
    assert short.again(session).is_open


def test_a_plan_that_is_shipped_no_more_is_our_error(short, catalog):
    session = passed_session(short)
    short.desk.suites = Suites(catalog, {})

    judgement = short.do("judged", session, short.clock())

    assert judgement.verdict is Verdict.ERROR
    assert "больше нет" in judgement.trouble
    assert short.do("advance", session, short.clock()).verdict is Verdict.ERROR


def test_a_mended_rule_file_gives_the_verdicts_back(short, own_folder, catalog):
    session = passed_session(short)
    mend(own_folder, "//r:totalAmount", "//r:totalAmount[")
    with_suites(short, own_folder, catalog)
    assert short.do("judged", session, short.clock()).verdict is Verdict.ERROR
    mend(own_folder, "//r:totalAmount[", "//r:totalAmount")
    with_suites(short, own_folder, catalog)

    assert short.do("judged", session, short.clock()).verdict is Verdict.PASS


def test_a_crashed_validator_is_our_error_on_the_line_and_admission_stays_closed(
    short, monkeypatch
):
    session = passed_session(short)

    def crash(*_, **__):
        raise MemoryError

    monkeypatch.setattr("gateway.conformance.steps.assertions.check", crash)
    found = short.do("evidence", session, short.clock())
    line = found.line("BR-01")

    assert line.verdict is Verdict.ERROR
    assert "Сбой стенда" in line.reason
    gate = admission.decide(found.suite, found.judgement, found.evidence, short.clock())
    assert any("BR-01: сбой стенда" in reason for reason in gate.reasons)
    with pytest.raises(StandBroken):
        short.do("finish", session, short.clock(), force=True)


def test_a_state_that_the_hub_cannot_tell_is_our_error(short):
    session = short.start()

    def broken(*_):
        raise RuntimeError

    short.desk._state._states["hub.registry_lines"] = broken
    short.begin(session, "BR-01")
    short.submit(session)
    short.do("advance", session, short.clock())

    assert short.verdict(session, "BR-01") == "ERROR"


def test_a_journal_entry_that_cannot_be_read_is_our_error(short):
    session = short.start()
    short.begin(session, "BR-01")
    entry = short.message(b"x" * 5000, b"y")
    with short.database.writing() as transaction:
        transaction.execute(
            sa.text("UPDATE journal_entry SET request = :broken WHERE entry = :entry"),
            {"broken": b"not compressed", "entry": entry},
        )

    assert short.verdict(session, "BR-01") == "ERROR"
    assert short.do("shown", session, short.clock() + timedelta(days=1)) == ()
