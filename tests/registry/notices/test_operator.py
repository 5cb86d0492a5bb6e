from gateway.kernel.message import Contour
from registry import notices
from registry.calendar import CalendarAlert
from registry.directory import Directory
from registry.notices import NoticeCode
from registry.notices.operator import CalendarNews
from registry.participants import Newcomer, ParticipantKind

ALERT = CalendarAlert(2027)


def told(database, participant):
    with database.reading() as transaction:
        return notices.since(transaction, participant, 0, 100)


def tell(database, board, clock):
    with database.writing() as transaction:
        CalendarNews(board, "CITTO")(transaction, ALERT, clock())


def test_a_missing_year_is_told_once_a_morning(registry_database, board, clock):
    for _ in range(2):
        tell(registry_database, board, clock)
        tell(registry_database, board, clock)
        clock.advance(days=1)

    one, other = told(registry_database, "CITTO")
    assert one.code is other.code is NoticeCode.CALENDAR_MISSING
    assert "2027" in one.subject


def test_an_operator_that_nobody_has_entered_is_there_once_it_is_told(
    registry_database, board, clock
):
    tell(registry_database, board, clock)

    assert Directory(registry_database, clock).participant(Contour.PROD, "CITTO") is not None


def test_the_operator_is_told_under_the_code_that_it_has(
    registry_database, registrar, board, clock
):
    registrar.add(Newcomer("OPERATOR72", "Оператор", ParticipantKind.OPERATOR))
    tell(registry_database, board, clock)

    assert len(told(registry_database, "OPERATOR72")) == 1
