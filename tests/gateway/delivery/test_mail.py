"""Mail over a real server: every way it can fail, and the letter that arrives in the end."""

import ssl
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from functools import partial
from ipaddress import ip_address
from uuid import UUID, uuid4

import pki
import pytest
from cryptography import x509
from hypothesis import given
from hypothesis import strategies as st
from relay import RelayProcess
from scripted import EVEN

from gateway.delivery import Breaker, Deliverer, mail
from gateway.delivery.mail import MailboxInvalid, MailChannel, Relay, Security, Sender
from gateway.storage import outbox
from gateway.storage.outbox import State

SENDER = Sender("hub@example.ru", "ГКУ ТО «ЦИТТО»")
SUBJECT = "Заявление о присоединении зарегистрировано"
TEXT = "Здравствуйте!\n\n.\nСтрока, которая начинается с точки, стоит выше.\n"


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    relay = RelayProcess(tmp_path_factory.mktemp("mail") / "taken")
    relay.start()
    yield relay
    relay.stop()


@pytest.fixture
def relay(running):
    """The module's relay, running and with an empty folder."""
    for file in running.folder.glob("*.eml"):
        file.unlink()
    if running.process is None:
        running.start()
    return running


@pytest.fixture
def write(database, clock):
    """Write a mail to a mailbox and return its delivery id."""

    def write(to, subject=SUBJECT):
        one = mail.letter(uuid4(), f"mail/{to}", "notice/1", SENDER, to, subject, TEXT, clock())
        with database.writing() as transaction:
            outbox.CONTOUR.put(transaction, [one], clock())
        return one.id

    return write


@pytest.fixture
def deliver(database, clock, relay):
    def deliver(tls=ssl.create_default_context, **more):
        channel = MailChannel(
            Relay(
                **{
                    "host": "127.0.0.1",
                    "port": relay.port,
                    "security": Security.NONE,
                    "timeout_seconds": 5,
                    **more,
                }
            ),
            tls,
        )
        Deliverer(
            database,
            outbox.CONTOUR,
            {mail.MAIL: channel},
            clock,
            lambda: 0.5,
            "проверка",
            patience=EVEN,
            breaker=Breaker(failures=100),
        ).drain()

    return deliver


def test_a_letter_arrives_readable(write, deliver, relay, card, clock):
    delivery = write("accountant@example.ru")

    deliver()

    (message,) = relay.messages()
    assert message["Subject"] == SUBJECT
    assert message["From"].addresses[0].display_name == "ГКУ ТО «ЦИТТО»"
    assert message["To"] == "accountant@example.ru"
    assert message["Message-ID"] == f"<{delivery}@example.ru>"
    assert message["Date"].datetime == clock()
    assert message.get_content().splitlines() == TEXT.splitlines()
    assert [(one.verdict, one.code) for one in card(delivery).tried] == [("DELIVERED", "250 2.0.0")]


def test_a_server_that_is_down_gets_the_letter_once_it_is_back(write, deliver, relay, card, clock):
    delivery = write("accountant@example.ru")
    relay.stop()
    deliver()
    assert card(delivery).tried[0].verdict == "UNREACHED"

    relay.start()
    clock.advance(minutes=1)
    deliver()

    assert card(delivery).line.state is State.DELIVERED
    assert len(relay.taken()) == 1


def test_a_mailbox_that_is_busy_is_tried_again(write, deliver, relay, card, clock):
    delivery = write(f"busy.{uuid4()}@example.ru")
    deliver()
    tried = card(delivery).tried[0]
    assert (tried.verdict, tried.code) == ("LATER", "451 4.7.1")

    clock.advance(minutes=1)
    deliver()

    assert card(delivery).line.state is State.DELIVERED


def test_a_mailbox_that_does_not_exist_parks_its_letter_alone(write, deliver, relay, card, caplog):
    caplog.set_level("DEBUG")
    refused, other = write("nobody@example.ru"), write("accountant@example.ru")

    deliver()

    assert card(refused).line.state is State.PARKED
    assert card(other).line.state is State.DELIVERED
    (tried,) = card(refused).tried
    assert tried.code == "550 5.1.1"
    # The server's words name the mailbox; neither the attempt nor the log repeats them.
    assert "nobody" not in tried.note + caplog.text


def test_a_connection_cut_after_the_data_is_repeated_recognisably(
    write, deliver, relay, card, clock
):
    delivery = write(f"cut.{uuid4()}@example.ru")
    deliver()
    assert card(delivery).line.state is State.WAITING

    clock.advance(minutes=1)
    deliver()

    first, second = relay.taken()
    assert first == second
    assert card(delivery).line.state is State.DELIVERED


@pytest.fixture(scope="module")
def protected(tmp_path_factory):
    """A relay that asks for TLS and a login, and the context that knows its authority."""
    folder = tmp_path_factory.mktemp("protected")
    # The clock of TLS is the machine's own.
    ages = {"since": datetime(2020, 1, 1, tzinfo=UTC), "until": datetime(2099, 1, 1, tzinfo=UTC)}
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    root = pki.Authority.root(**ages)
    leaf = root.issue("Почта", extensions=[(here, False)], **ages)
    for name, octets in (("c.pem", leaf.pem), ("k.pem", leaf.key_pem), ("ca.pem", root.pem)):
        (folder / name).write_bytes(octets)
    relay = RelayProcess(
        folder / "taken",
        (
            *("--certificate", str(folder / "c.pem")),
            *("--key", str(folder / "k.pem")),
            *("--login", "uzel"),
        ),
    )
    relay.start()
    yield relay, partial(ssl.create_default_context, cafile=str(folder / "ca.pem"))
    relay.stop()


def test_starttls_with_a_login(write, deliver, protected, card):
    relay, tls = protected
    delivery = write("accountant@example.ru")

    deliver(tls, port=relay.port, security=Security.STARTTLS, login="uzel", password="secret")

    assert card(delivery).line.state is State.DELIVERED
    assert relay.messages()[-1]["Message-ID"] == f"<{delivery}@example.ru>"


def test_a_server_of_an_unknown_authority_gets_neither_letter_nor_password(
    write, deliver, protected, card
):
    relay, _ = protected
    delivery = write("accountant@example.ru")
    before = len(relay.taken())

    deliver(port=relay.port, security=Security.STARTTLS, login="uzel", password="secret")

    assert (card(delivery).tried[0].code, len(relay.taken())) == ("TLS", before)


def test_a_server_without_tls_gets_nothing_when_tls_was_asked_for(write, deliver, relay, card):
    delivery = write("accountant@example.ru")

    deliver(security=Security.STARTTLS)

    assert (card(delivery).tried[0].code, relay.taken()) == ("TLS", [])


def test_a_wrong_password_is_our_fault_and_not_the_letters(write, deliver, protected, card):
    relay, tls = protected
    delivery = write("accountant@example.ru")

    deliver(tls, port=relay.port, security=Security.STARTTLS, login="uzel", password="wrong")

    assert card(delivery).line.state is State.WAITING
    assert card(delivery).tried[0].code.startswith("535")


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(subject=words, name=words, text=words)
def test_whatever_is_in_a_subject_no_header_is_added(subject, name, text):
    sender = replace(SENDER, name=name)
    sent = mail.compose(UUID(int=1), sender, "a@b.ru", subject, text, pki.NOW)

    message = message_from_bytes(sent, policy=policy.SMTP)
    assert sorted(message.keys()) == [
        "Auto-Submitted", "Content-Transfer-Encoding", "Content-Type", "Date", "From",
        "MIME-Version", "Message-ID", "Subject", "To",
    ]  # fmt: skip
    assert [one.addr_spec for one in message["To"].addresses] == ["a@b.ru"]
    assert not message.is_multipart()


@pytest.mark.parametrize(
    "mailbox",
    ["", "a", "a@b", "a@b.ru\r\nBcc: c@d.ru", "a@b.ru, c@d.ru", "<a@b.ru>", "a b@c.ru", "я@b.ru"],
)
def test_what_is_no_mailbox_is_refused_and_not_repeated(mailbox):
    assert not mail.is_mailbox(mailbox)
    with pytest.raises(MailboxInvalid) as refused:
        mail.compose(UUID(int=1), SENDER, mailbox, SUBJECT, TEXT, pki.NOW)
    assert not mailbox or mailbox not in str(refused.value)
