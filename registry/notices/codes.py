"""The kinds of notices: to whom, by which way, and which facts each must tell.

`NOT-…` are the rows of section D4 of the regulations' digest, `HUB-…` the hub's own.
"""

from dataclasses import dataclass
from enum import Enum


class Way(Enum):
    """How a notice reaches its addressee besides `GetNotices`, where all of them are."""

    MAIL = "MAIL"
    SERVICE = "SERVICE"
    """By `GetNotices` alone: an event of every day, or one that is handed on to citizens."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of the table of notices."""

    number: str
    title: str
    """In Russian, for lists."""
    addressee: str
    """Who is meant; the participant named in `post` stands for him."""
    facts: frozenset[str]
    """What the text must tell; each is a variable of the template."""
    way: Way = Way.MAIL


def _kind(number: int, title: str, addressee: str, facts: str, way: Way = Way.MAIL) -> Kind:
    return Kind(f"NOT-{number:02}", title, addressee, frozenset(facts.split()), way)


def _own(number: int, title: str, addressee: str, facts: str) -> Kind:
    return Kind(f"HUB-{number:02}", title, addressee, frozenset(facts.split()))


_TERM = "case kind participant what due"


class NoticeCode(Enum):
    """Codes of notices; the value is the row of the table."""

    JOINED = _kind(
        1,
        "Заявление о присоединении зарегистрировано",
        "участник",
        "registration_number registered_at",
    )
    APP_RESULT = _kind(
        2, "Результат рассмотрения заявления", "участник", "statement result credentials_way"
    )
    PLAN = _kind(3, "План подключения сформирован", "банк", "plan test_dates")
    READY = _kind(4, "Разработка завершена", "оператор узла", "organizer version contacts")
    REMARKS = _kind(5, "Замечания к заявке", "заявитель", "application remarks")
    TECHREQ = _kind(
        6, "Технические требования", "оператор информационной системы", "system package"
    )
    RESOLVED = _kind(7, "Обращение решено", "автор обращения", "ticket result")
    INFO_REQUEST = _kind(8, "Нужны сведения по обращению", "автор обращения", "ticket missing due")
    UPDATE = _kind(
        9,
        "Обновление системы",
        "пользователи уполномоченного органа и служба поддержки",
        "system kind shutdown_at finish_by",
    )
    PROHIBITED = _kind(
        10, "Запрещённые сведения", "владелец сервиса", "service what where deletion_date"
    )
    PROPOSAL_ANSWER = _kind(11, "Ответ на предложение", "автор предложения", "proposal answer")
    ORDER_CONFIRMED = _kind(
        12, "Заказ подтверждён родителем", "организатор питания", "order", Way.SERVICE
    )
    TOPUP_OFFER = _kind(
        13,
        "Предложение пополнить счёт",
        "родитель (через школу)",
        "account shortage",
        Way.SERVICE,
    )
    MOVEMENT = _kind(
        14,
        "Движение по лицевому счёту",
        "родитель (через школу)",
        "account what amount balance",
        Way.SERVICE,
    )
    PRINT_DEADLINE = _kind(
        15,
        "Срок печати заявки",
        "классный руководитель (через школу)",
        "class_name meal deadline",
        Way.SERVICE,
    )
    REGISTRY_MISSING = _kind(
        16,
        "Нет реестра платежей или есть расхождение",
        "банк, организатор питания, оператор узла",
        "bank date what sum",
    )
    CERT_EXPIRY = _kind(
        17, "Сертификат скоро истечёт", "участник", "certificate contour days_left last_day"
    )
    RESPONSIBLE_OVERDUE = _kind(
        18, "Не назван новый ответственный", "владелец сервиса ОИВ", "service ended_on due"
    )
    CASE_STATE = _own(1, "Дело о подключении", "участник", "case kind step state at details term")
    """A step of a case that the regulations give no notice of its own."""
    SUSPENDED = _own(2, "Подключение приостановлено", "участник", "case kind reason at")
    TERM_HALF = _own(3, "Прошла половина срока", "оператор узла", _TERM)
    TERM_LAST_DAY = _own(4, "Последний день срока", "оператор узла", _TERM)
    TERM_OVERDUE = _own(5, "Срок пропущен", "оператор узла", _TERM)
    CALENDAR_MISSING = _own(6, "Нет производственного календаря", "оператор узла", "year")
    MENU_GAPS = _own(
        7, "В опубликованном меню есть пробелы", "организатор питания", "count first last gaps"
    )

    @property
    def kind(self) -> Kind:
        """The row of the table."""
        return self.value


def of_number(number: str) -> NoticeCode:
    """Return the code of `NOT-07` or `HUB-01`; raise KeyError."""
    return {code.kind.number: code for code in NoticeCode}[number]
