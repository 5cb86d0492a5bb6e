"""Laws of the judge over random journals."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from rehearsed import NOON, Session, event, fault, receipt, registry

from gateway.conformance import admission
from gateway.conformance.evidence import (
    Attempt,
    Decision,
    Evidence,
    HandedOut,
    HubAnswer,
    Message,
    OwnCall,
    Place,
    Preflight,
    Provided,
    Signature,
)
from gateway.conformance.judge import judge
from gateway.conformance.verdicts import HEAVIEST_FIRST, Verdict, fold

MINUTES = st.integers(min_value=0, max_value=90)
VALUES = {"number": "r-1", "app_id": "a-1", "applicant": "Примерный Образец"}
LINES = [("BR-01", 0), ("BR-02", 0), ("BR-03", 1), ("BR-03", 2), ("PU-01", 0)]
DECIDED = {Verdict.PASS, Verdict.WARN, Verdict.FAIL, Verdict.ERROR, Verdict.SKIP}


def at(minutes: int):
    return NOON + timedelta(minutes=minutes)


BODIES = [
    registry(),
    registry(total="600.31"),
    registry("r-2"),
    event("a-1", "RECEIVED", NOON + timedelta(hours=3)),
    event("a-1", "DONE", NOON + timedelta(hours=3)),
    b"<cut",
    None,
]
REPLIES = [receipt(), receipt(hub_id="h-2"), fault("REGISTRY_TOTAL_MISMATCH"), b"<cut", None]

messages = st.builds(
    Message,
    entry=st.integers(min_value=1, max_value=10**6),
    received_at=MINUTES.map(at),
    sender=st.sampled_from(["BANK72001", "BANK72001", "BANK72001", "BANK72002", None]),
    service=st.just("meals/payment-registry/1.0"),
    operation=st.sampled_from(["SubmitRegistry", "PutEvent", "AnnulRegistry", None]),
    request=st.sampled_from(BODIES),
    reply=st.sampled_from(REPLIES),
    http_status=st.sampled_from([200, 500, 429, None]),
    code=st.sampled_from([None, None, None, "REGISTRY_TOTAL_MISMATCH", "INTERNAL"]),
    signature=st.sampled_from(Signature),
    damage=st.sampled_from([None] * 9 + ["сжатие нарушено"]),
)
STEPS = ["step1", "step2", "step3", "step4", "picture", "submit", "again", "reg"]
places = st.builds(
    lambda line, attempt, step: Place(*line, attempt, step),
    st.sampled_from(LINES),
    st.integers(1, 2),
    st.sampled_from(STEPS),
)


@st.composite
def evidences(draw) -> Evidence:
    attempts = []
    for case, row in draw(st.lists(st.sampled_from(LINES), unique=True)):
        starts = sorted(draw(st.lists(MINUTES, min_size=1, max_size=2, unique=True)))
        attempts += [
            Attempt(case, row, number, at(start), "d", "7.1", VALUES)
            for number, start in enumerate(starts, 1)
        ]
    handed = [
        HandedOut(Place(a.case, a.row, a.number, "step1"), a.started_at, "wrong.xml", registry())
        for a in attempts
        if a.case == "BR-03" and draw(st.booleans())
    ]
    moments = MINUTES.map(at)
    some = {"max_size": 4}
    return Evidence(
        "BANK72001",
        "7.1",
        params={"account": "1", "intake_url": draw(st.sampled_from(["", "https://b.example/"]))},
        messages=tuple(
            draw(st.lists(messages, max_size=8, unique_by=lambda message: message.entry))
        ),
        attempts=tuple(attempts),
        handed_out=tuple(handed),
        provided=tuple(
            draw(
                st.lists(st.builds(Provided, places, moments, st.just("Кто"), st.just("0")), **some)
            )
        ),
        decisions=tuple(
            draw(
                st.lists(
                    st.builds(
                        Decision, places, moments, st.just("Т"), st.booleans(), st.just("так")
                    ),
                    unique_by=lambda decision: (decision.place, decision.at),
                    **some,
                )
            )
        ),
        calls=tuple(
            draw(
                st.lists(
                    st.builds(
                        OwnCall,
                        places,
                        moments,
                        st.one_of(st.none(), moments),
                        st.just(b"<a/>"),
                        st.just(200),
                        st.sampled_from(
                            [*REPLIES, b'<c xmlns="urn:test:events"><code>0</code></c>']
                        ),
                        st.sampled_from([None, "не отвечает"]),
                        st.booleans(),
                    ),
                    unique_by=lambda call: call.place,
                    **some,
                )
            )
        ),
        answers=tuple(
            draw(
                st.lists(
                    st.builds(
                        HubAnswer,
                        places,
                        moments,
                        st.sampled_from([(), ({"n": "1"},) * 3]),
                        st.sampled_from([None, None, "сбой"]),
                    ),
                    unique_by=lambda answer: (answer.place, answer.at),
                    **some,
                )
            )
        ),
        preflight=tuple(
            Preflight(name, NOON, green=draw(st.booleans())) for name in ("address", "clock")
        ),
    )


def verdicts(suite, catalog, evidence, minutes):
    return {
        line.name: (line.verdict, len(line.attempts), line.reason)
        for line in judge(suite, evidence, catalog, at(minutes)).lines
    }


@given(evidence=evidences(), minutes=MINUTES)
def test_the_same_evidence_gives_the_same_judgement(suite, catalog, evidence, minutes):
    first = judge(suite, evidence, catalog, at(minutes))
    assert judge(suite, evidence, catalog, at(minutes)) == first


@given(evidence=evidences(), minutes=MINUTES, data=st.data())
def test_the_order_in_which_evidence_was_written_down_does_not_matter(
    suite, catalog, evidence, minutes, data
):
    shuffled = replace(
        evidence,
        **{
            name: tuple(data.draw(st.permutations(getattr(evidence, name))))
            for name in ("messages", "attempts", "decisions", "answers", "provided")
        },
    )
    assert judge(suite, shuffled, catalog, at(minutes)) == judge(
        suite, evidence, catalog, at(minutes)
    )


@given(evidence=evidences(), minutes=MINUTES, other=st.lists(messages, max_size=5))
def test_messages_of_others_change_nothing(suite, catalog, evidence, minutes, other):
    strangers = tuple(
        replace(message, sender="BANK72099", entry=10**7 + number)
        for number, message in enumerate(other)
    )
    more = replace(evidence, messages=evidence.messages + strangers)
    assert judge(suite, more, catalog, at(minutes)) == judge(suite, evidence, catalog, at(minutes))


@given(evidence=evidences(), early=MINUTES, late=st.integers(0, 200))
def test_time_alone_ends_waiting_and_changes_no_decided_verdict(
    suite, catalog, evidence, early, late
):
    """Whatever of it happened after the early moment is later evidence for it."""
    before = verdicts(suite, catalog, evidence, early)
    after = verdicts(suite, catalog, evidence, early + late)
    for name, (verdict, attempts, _) in before.items():
        if verdict in DECIDED and after[name][1] == attempts:
            rejected = any(not decision.confirmed for decision in evidence.decisions)
            assert after[name][0] is verdict or rejected


@given(evidence=evidences(), minutes=MINUTES)
def test_the_gate_is_open_only_when_everything_is_proven(suite, catalog, evidence, minutes):
    now = at(minutes)
    judgement = judge(suite, evidence, catalog, now)
    gate = admission.decide(suite, judgement, evidence, now)
    required = [line for line in judgement.lines if line.applicable]
    if gate.is_open:
        assert all(line.passed for line in required)
        assert Verdict.ERROR not in {line.verdict for line in judgement.lines}
        assert all(check.green for check in evidence.preflight)
    if any(not line.passed for line in required):
        assert not gate.is_open


@given(st.lists(st.sampled_from(Verdict)))
def test_folding_hides_no_error_and_no_failure(found):
    folded = fold(found)
    if Verdict.ERROR in found or not found:
        assert folded is Verdict.ERROR
    elif Verdict.FAIL in found:
        assert folded is Verdict.FAIL
    else:
        assert folded in found
    if folded is Verdict.PASS:
        assert set(found) == {Verdict.PASS}


@given(
    st.lists(st.sampled_from(Verdict), min_size=1), st.lists(st.sampled_from(Verdict), min_size=1)
)
def test_folding_in_parts_is_folding_at_once(some, others):
    assert fold([fold(some), fold(others)]) is fold(some + others)
    assert HEAVIEST_FIRST.index(fold(some + others)) <= HEAVIEST_FIRST.index(fold(some))


@settings(max_examples=25)
@given(moment=st.integers(0, 60))
def test_a_stand_restarted_at_any_moment_says_the_same(suite, catalog, moment):
    session = Session(suite, catalog, intake_url="https://b.example/")
    session.good_day()
    then = at(moment)
    known = replace(
        session.evidence,
        messages=tuple(m for m in session.evidence.messages if m.received_at < then),
        attempts=tuple(a for a in session.evidence.attempts if a.started_at <= then),
        calls=tuple(c for c in session.evidence.calls if c.sent_at <= then),
        answers=tuple(a for a in session.evidence.answers if a.at <= then),
        provided=tuple(p for p in session.evidence.provided if p.at <= then),
    )
    assert judge(suite, known, catalog, then) == judge(suite, session.evidence, catalog, then)
