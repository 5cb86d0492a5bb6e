"""A notice is posted once for its event, numbered, mailed and acknowledged."""

import re
import threading
from email import message_from_bytes, policy
from uuid import uuid4

import jinja2.meta
import pytest
import sqlalchemy as sa

from gateway.delivery.mail import MailboxInvalid, Sender
from gateway.storage import outbox
from gateway.storage.outbox import commands
from registry import notices
from registry.notices import Board, NoticeCode, models, wording
from registry.notices.codes import Way
from registry.notices.errors import NoticeIncomplete, NoticeUnknown
from registry.participants import Newcomer, ParticipantKind
from registry.reference import OPERATOR, SUPPORT

JOINED = {"registration_number": "РЕГ-2026-0007", "registered_at": "02.03.2026 12:00:00"}
EVENT = "case/1/JOINED"

each_code = pytest.mark.parametrize("code", NoticeCode, ids=lambda code: code.kind.number)


@pytest.fixture
def mailboxes():
    return ["responsible@example.ru", "service@example.ru"]


@pytest.fixture
def board(mailboxes):
    return Board(uuid4, lambda *_: mailboxes, Sender("hub@example.ru", "Узел"))


@pytest.fixture
def post(registry_database, board, clock):
    def post(to, code=NoticeCode.JOINED, event=EVENT, facts=JOINED):
        with registry_database.writing() as transaction:
            return board.post(transaction, code, to, event, facts, clock())

    return post


@pytest.fixture
def since(registry_database):
    def since(participant, seq=0, limit=100):
        with registry_database.reading() as transaction:
            return notices.since(transaction, participant, seq, limit)

    return since


@pytest.fixture
def mails(registry_database):
    def mails():
        query = sa.select(outbox.REGISTRY.letter.c.payload).order_by(
            outbox.REGISTRY.letter.c.letter
        )
        with registry_database.reading() as transaction:
            return [
                message_from_bytes(octets, policy=policy.SMTP)
                for octets in transaction.execute(query).scalars()
            ]

    return mails


def test_a_notice_is_numbered_and_mailed_to_each_mailbox(
    bank, post, since, mails, mailboxes, clock
):
    notice = post(bank)

    assert since(bank) == [notice]
    assert (notice.seq, notice.letters, notice.posted_at) == (1, 2, clock())
    assert [mail["To"] for mail in mails()] == mailboxes
    assert {mail["Subject"] for mail in mails()} == {notice.subject}
    assert notice.subject == "Заявление о присоединении зарегистрировано: РЕГ-2026-0007"
    assert "02.03.2026 12:00:00" in mails()[0].get_content()


def test_the_same_event_is_told_once(bank, post, since, mails, clock):
    first = post(bank)
    clock.advance(hours=1)

    assert post(bank) == first
    assert since(bank) == [first]
    assert len(mails()) == 2


def test_numbers_have_no_gaps_and_are_the_participants_own(bank, registrar, post, since):
    registrar.add(Newcomer("BANK72002", "Другой банк", ParticipantKind.BANK))
    post(bank)
    post(bank)
    post("BANK72002")
    post(bank, event="case/2/JOINED")

    assert [one.seq for one in since(bank)] == [1, 2]
    assert [one.seq for one in since("BANK72002")] == [1]
    assert [one.seq for one in since(bank, 1)] == [2]
    assert [one.seq for one in since(bank, 0, 1)] == [1]


def test_a_transaction_that_fails_tells_nobody(bank, registry_database, board, clock, since, mails):
    with registry_database.writing() as transaction:
        board.post(transaction, NoticeCode.JOINED, bank, EVENT, JOINED, clock())
        transaction.connection.get_transaction().rollback()

    assert (since(bank), mails()) == ([], [])


def test_two_at_once_tell_the_same_event_once(bank, post, since):
    threads = [threading.Thread(target=post, args=[bank]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [one.seq for one in since(bank)] == [1]


def test_a_notice_of_every_day_is_not_mailed(bank, post, since, mails):
    post(bank, NoticeCode.ORDER_CONFIRMED, "order/1", {"order": "№ 1"})

    assert (since(bank)[0].letters, mails()) == (0, [])


def test_a_key_of_letters_names_no_mailbox(bank, post, registry_database, mailboxes):
    post(bank)
    with registry_database.reading() as transaction:
        lines = commands.deliveries(outbox.REGISTRY, transaction, commands.Wanted(), 9)
    assert len({line.key for line in lines}) == 2
    assert not [line for line in lines if "@" in line.key + line.source + line.address]


def test_a_contact_without_a_usable_mailbox_is_said_aloud(bank, post, mailboxes, since):
    mailboxes[:] = ["a@b.ru\r\nBcc: c@d.ru"]
    with pytest.raises(MailboxInvalid):
        post(bank)
    assert since(bank) == []


def test_an_acknowledged_notice_shows_when_it_was_read_first(
    bank, post, since, registry_database, clock
):
    post(bank)
    first = clock()
    for _ in range(2):
        with registry_database.writing() as transaction:
            notices.acknowledge(transaction, bank, 1, clock())
        clock.advance(hours=1)

    assert since(bank)[0].acknowledged_at == first
    with pytest.raises(NoticeUnknown), registry_database.writing() as transaction:
        notices.acknowledge(transaction, bank, 2, clock())


def test_the_books_of_notices_balance_until_somebody_touches_them(bank, post, registry_database):
    post(bank)
    with registry_database.reading() as transaction:
        assert notices.reconcile(transaction) == []
    with registry_database.writing() as transaction:
        row = {"participant": bank, "seq": 9, "code": "NOT-01", "event": "чужое", "letters": 1}
        words = {"subject": "Тема", "text": "Текст"}
        when = transaction.execute(sa.select(models.notice.c.posted_at)).scalar_one()
        transaction.execute(sa.insert(models.notice).values(**row, **words, posted_at=when))
    with registry_database.reading() as transaction:
        (fault,) = notices.reconcile(transaction)
    assert "№ 9: писем 0, а было 1" in fault


@each_code
def test_the_template_tells_exactly_the_facts_of_its_code(code):
    environment = jinja2.Environment()
    names = jinja2.meta.find_undeclared_variables(environment.parse(wording.source_of(code)))
    assert names == code.kind.facts


@each_code
def test_a_text_holds_its_facts_and_the_contacts_of_the_regulations(code):
    facts = {name: f"«{name}»" for name in code.kind.facts}
    told = wording.word(code, facts)

    assert "\n" not in told.subject
    assert re.match(r"Здравствуйте!\n\n", told.text)
    assert all(fact in told.subject + told.text for fact in facts.values())
    for contact in (
        "8-800-234-39-30",
        "https://sd.72to.ru/",
        "8 (3452) 39-06-79",
        "citto@72to.ru",
        "г. Тюмень, ул. Советская, д. 61",
        "каб. 519",
        OPERATOR.name,
    ):
        assert contact in told.text
    assert SUPPORT.phone in told.text
    assert "{" not in told.text


@each_code
def test_a_missing_or_empty_fact_is_an_error_and_no_hole(code):
    for name in code.kind.facts:
        facts = dict.fromkeys(code.kind.facts, "x")
        for broken in ({k: v for k, v in facts.items() if k != name}, {**facts, name: " "}):
            with pytest.raises(NoticeIncomplete, match=name):
                wording.word(code, broken)
    with pytest.raises(NoticeIncomplete, match="surplus"):
        wording.word(code, {**dict.fromkeys(code.kind.facts, "x"), "surplus": "x"})


def test_the_subject_of_a_solved_incident_has_its_number():
    told = wording.word(NoticeCode.RESOLVED, {"ticket": "INC-2026-0012", "result": "Исправлено."})
    assert "INC-2026-0012" in told.subject


def test_every_code_of_the_regulations_is_there():
    numbers = [code.kind.number for code in NoticeCode]
    assert numbers[:18] == [f"NOT-{number:02}" for number in range(1, 19)]
    assert all(number.startswith("HUB-") for number in numbers[18:])
    assert {code.kind.way for code in NoticeCode} == set(Way)
