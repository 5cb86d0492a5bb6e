"""What an operator types to see and to move what the hub sends, and what participants were told."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from click.testing import CliRunner

from gateway.cli.notice import notice
from gateway.cli.outbox import outbox as outbox_command
from gateway.delivery.mail import Sender
from gateway.kernel.message import Contour
from gateway.storage import outbox
from registry.notices import Board, NoticeCode
from registry.participants import Newcomer, ParticipantKind, Registrar

FACTS = {"registration_number": "РЕГ-2026-0007", "registered_at": "02.03.2026 12:00"}


@pytest.fixture
def hub(registry_database, sqlite_contour_database, clock, tmp_path):
    return SimpleNamespace(
        settings=SimpleNamespace(home=tmp_path),
        registry=registry_database,
        databases=dict.fromkeys(Contour, sqlite_contour_database),
        outboxes={
            "registry": (registry_database, outbox.REGISTRY),
            "test": (sqlite_contour_database, outbox.CONTOUR),
        },
        clock=clock,
        channels=lambda _: {},
    )


@pytest.fixture
def run(hub):
    def run(command, *arguments, code=0):
        result = CliRunner().invoke(command, arguments, obj=hub, catch_exceptions=False)
        assert result.exit_code == code, result.output
        return result.output

    return run


@pytest.fixture
def delivery(hub, clock):
    """A notice with its mail; the mail's delivery id."""
    identifier = uuid4()
    registrar = Registrar(hub.registry, clock, "оператор")
    registrar.add(Newcomer("BANK72001", "Банк", ParticipantKind.BANK))
    board = Board(lambda: identifier, lambda *_: ["box@example.ru"], Sender("b@example.ru", "Узел"))
    with hub.registry.writing() as transaction:
        board.post(transaction, NoticeCode.JOINED, "BANK72001", "case/1", FACTS, clock())
    return str(identifier)


def test_a_letter_is_listed_and_shown_without_its_mailbox(run, delivery):
    listed = run(outbox_command, "list", "--state", "waiting", "--address", "smtp")
    shown = run(outbox_command, "show", delivery)

    assert delivery in listed
    assert "ждёт" in listed
    assert "notice/1" in shown
    assert "box@example.ru" not in listed + shown
    assert delivery not in run(outbox_command, "list", "--state", "parked")


def test_a_letter_is_cancelled_once_and_the_trace_stays(run, delivery):
    assert "отменено" in run(outbox_command, "cancel", delivery, "--reason", "передумали")
    assert "уже отменено" in run(outbox_command, "cancel", delivery, "--reason", "ещё раз", code=1)
    assert "передумали" in run(outbox_command, "show", delivery)
    run(outbox_command, "resend", delivery, "--reason", "всё-таки нужно")
    assert "ждёт" in run(outbox_command, "list")


def test_an_address_is_paused_and_resumed(run, delivery):
    assert "работает" in run(outbox_command, "addresses")
    run(outbox_command, "pause", "smtp", "--reason", "работы")
    assert "приостановлен 02.03.2026" in run(outbox_command, "addresses")
    run(outbox_command, "resume", "smtp", "--reason", "закончены")
    assert "работает" in run(outbox_command, "addresses")


def test_what_is_not_there_is_said_so(run, delivery):
    assert "Адреса portal" in run(outbox_command, "pause", "portal", "--reason", "x", code=1)
    unknown = str(uuid4())
    assert "Отправления с таким номером нет" in run(outbox_command, "show", unknown, code=1)
    run(outbox_command, "cancel", delivery, code=2)  # without a reason


def test_a_notice_is_listed_and_shown(run, delivery):
    assert "РЕГ-2026-0007" in run(notice, "list", "--to", "BANK72001", "--code", "NOT-01")
    assert "BANK72001" not in run(notice, "list", "--code", "not-02")
    assert "8-800-234-39-30" in run(notice, "show", "BANK72001", "1")
    assert "нет" in run(notice, "show", "BANK72001", "2", code=1)


def test_the_texts_of_notices_are_shown(run, hub):
    assert "registration_number" in run(notice, "text")
    assert "{{ days_left }}" in run(notice, "text", "NOT-17")
