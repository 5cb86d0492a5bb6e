import time
from datetime import timedelta

from rehearsed import envelope, receipt

from gateway.storage import journal
from gateway.storage.chain import Chain
from gateway.storage.journal import Entry, Outcome

MESSAGES = 1000


def test_a_session_with_a_thousand_messages_is_judged_well_below_a_second(stand):
    session = stand.start()
    stand.pass_first(session)
    for line in ("BR-02/1", "BR-02/2", "BR-04", "BR-07"):
        stand.begin(session, line)
    content = stand.file(session, "BR-04").decode().partition("?>")[2]
    others = [
        Entry(
            (stand.strand << journal.STRAND_SHIFT) + 1000 + number,
            stand.clock() + timedelta(milliseconds=number),
            "127.0.0.1",
            "soap11",
            "meals/payment-registry/1.0",
            sender="BANK72001",
            operation="SubmitRegistry",
            outcome=Outcome.ANSWERED,
            http_status=200,
            request=envelope(content.replace("</registryId>", f"{number}</registryId>")),
            response=receipt(),
        )
        for number in range(1, MESSAGES + 1)
    ]
    with stand.database.writing() as transaction:
        journal.record(transaction, others, Chain(stand.strand))
    stand.clock.advance(seconds=10)

    began = time.process_time()
    found = stand.do("evidence", session, stand.clock())
    spent = time.process_time() - began

    assert len(found.evidence.messages) > MESSAGES
    assert found.line("BR-01").verdict.value == "PASS"
    assert spent < 1
    print(f"judged {len(found.evidence.messages)} messages: {spent * 1000:.0f} ms")  # noqa: T201
