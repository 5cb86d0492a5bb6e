"""What steps are told: every fact has a name, a form, a Russian label.

Facts arrive as text (command line), as values of TOML or JSON, or typed; they leave as typed
values. Personal data are needed for one step and its document only: a case keeps the mark that
they were given, of an insurance number its last digits (PART-06, data minimisation).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import TypeAlias, cast

from gateway.kernel.identifiers import check_snils, normalize_snils
from gateway.kernel.ports import LOCAL
from registry.onboarding import errors

Value: TypeAlias = str | int | bool | date | datetime | tuple[str, ...]
Facts: TypeAlias = Mapping[str, Value]
GIVEN = "представлено"
"""What a case keeps of personal data."""

_MAX_TEXT = 2000
_MAX_ITEMS = 200


class Form(Enum):
    """How a fact is written."""

    TEXT = "текст"
    DAY = "дата"
    MOMENT = "дата и время"
    COUNT = "число"
    FLAG = "да или нет"
    CHOICE = "одно из значений"
    TEXTS = "перечень"
    PERSON = "персональные данные"
    PEOPLE = "перечень лиц"
    CONTACT = "ФИО; телефон; e-mail"
    SNILS = "СНИЛС"


@dataclass(frozen=True, slots=True)
class Fact:
    """One kind of information."""

    label: str
    form: Form = Form.TEXT
    choices: tuple[str, ...] = ()


SUBSYSTEMS = {
    "KINDERGARTEN": "Электронный детский сад",
    "SCHOOL": "Электронная школа",
    "COLLEGE": "Электронный колледж",
    "EDO": "Электронное дополнительное образование",
    "MEALS": "Учет питания",
    "EDUCATION_PORTAL": "Портал «Электронное образование»",
}
"""Subsystems of РЕГИСО; nobody is connected to the last one (ONB-REG-08)."""
METHODS = ("ACQUIRING", "ONLINE", "BOTH")
LEGAL_FORMS = ("EXECUTIVE_BODY", "STATE_INSTITUTION", "MUNICIPAL_BODY", "OTHER")

_PERSONAL = frozenset({Form.PERSON, Form.PEOPLE, Form.CONTACT, Form.SNILS})
_DAY, _FLAG, _COUNT, _CONTACT = (
    Form.DAY,
    Form.FLAG,
    Form.COUNT,
    Form.CONTACT,
)

FACTS: Mapping[str, Fact] = {
    "received_at": Fact("когда поступило", Form.MOMENT),
    "reason": Fact("причина"),
    "remarks": Fact("замечания", Form.TEXTS),
    "answer": Fact("ответ на замечания"),
    "subsystem": Fact("подсистема РЕГИСО", Form.CHOICE, tuple(SUBSYSTEMS)),
    "join_number": Fact("регистрационный номер заявления о присоединении"),
    "letter_number": Fact("номер письма"),
    "letter_date": Fact("дата письма", _DAY),
    "system_name": Fact("наименование информационной системы"),
    "purpose": Fact("цель подключения"),
    "service_name": Fact("наименование сервиса или услуги"),
    "responsible_contact": Fact("организационное ответственное лицо", _CONTACT),
    "technical_contact": Fact("технический специалист", _CONTACT),
    "admin_name": Fact("ФИО администратора участника", Form.PERSON),
    "admin_email": Fact("адрес электронной почты администратора", Form.PERSON),
    "admin_snils": Fact("СНИЛС администратора", Form.SNILS),
    "esia_account": Fact("учётная запись ЕСИА администратора есть", _FLAG),
    "auth_method": Fact("способ входа", Form.CHOICE, ("LOGIN", "ESIA")),
    "agreement_version": Fact("принятая версия пользовательского соглашения"),
    "users_connected": Fact("сколько пользователей подключено", _COUNT),
    "order_number": Fact("номер приказа о назначении ответственного"),
    "order_date": Fact("дата приказа", _DAY),
    "documents_read": Fact("с регламентом и соглашением ознакомлены", _FLAG),
    "original_copies": Fact("сколько оригиналов заявления поступило", _COUNT),
    "support_login": Fact("логин на портале поддержки"),
    "esia_checked": Fact("ФИО и СНИЛС в ЕСИА проверены", _FLAG),
    "access_checked": Fact("вход проверен", _FLAG),
    "format_version": Fact("версия формата, по которой сделан клиент"),
    "test_from": Fact("начало тестовой эксплуатации", _DAY),
    "test_until": Fact("конец тестовой эксплуатации", _DAY),
    "tests_passed": Fact("все обязательные сценарии пройдены", _FLAG),
    "prod_tests_passed": Fact("испытания в продуктивном контуре пройдены", _FLAG),
    "registry_return_tested": Fact("возврат реестров платежей испытан", _FLAG),
    "session": Fact("сеанс испытаний"),
    "go_live_on": Fact("дата ввода в промышленную эксплуатацию", _DAY),
    "signed_on": Fact("дата подписания акта", _DAY),
    "network": Fact("сеть", Form.CHOICE, ("INTERNET", "VIPNET_1481", "VIPNET", "DEDICATED")),
    "network_agreement": Fact("соглашение о присоединении к сети, номер"),
    "network_parameters": Fact("параметры сетевой связанности"),
    "crypto_certified": Fact("СКЗИ сертифицированы, класс соответствует", _FLAG),
    "employees": Fact("сотрудники, ответственные за работу в модуле", Form.PEOPLE),
    "manual_read": Fact("сотрудники ознакомлены с руководством пользователя", _FLAG),
    "method": Fact("способ приёма платежей", Form.CHOICE, METHODS),
    "bank_spec": Fact("описание сервиса интеграции банка, файл"),
    "quota": Fact("сколько сообщений допускается", _COUNT),
    "admitted_until": Fact("последний день допуска", _DAY),
    "masked": Fact("персональные данные маскировать", _FLAG),
    "scheme": Fact("схема реализации услуги, файл"),
    "booking": Fact("опция «запись на приём»", _FLAG),
    "payment": Fact("опция «оплата»", _FLAG),
    "assessment": Fact("опция «оценка»", _FLAG),
    "uses_ppu": Fact("используется ППУ", _FLAG),
    "decision_number": Fact("номер решения владельца"),
    "decision_date": Fact("дата решения владельца", _DAY),
    "requirements": Fact("требования к веб-сервису: файл с WSDL и XSD"),
    "smev_test_number": Fact("номер сервиса в тестовом контуре СМЭВ ТО"),
    "smev_prod_number": Fact("номер сервиса в продуктивном контуре СМЭВ ТО"),
    "options_done": Fact("заявленные опции выполнены: booking, payment, assessment", Form.TEXTS),
    "form_version": Fact("версия формы заявления"),
    "statuses_received": Fact("каждый статус схемы получен", _FLAG),
    "options_exercised": Fact("каждая заявленная опция испытана", _FLAG),
    "legal_form": Fact("вид организации", Form.CHOICE, LEGAL_FORMS),
    "contract_number": Fact("номер договора"),
    "contract_date": Fact("дата договора", _DAY),
    "goals": Fact("цели создания сервиса"),
    "tasks": Fact("задачи сервиса"),
    "functions": Fact("основные функции сервиса", Form.TEXTS),
    "executor": Fact("исполнитель запроса", _CONTACT),
    "data_list": Fact("перечень данных сервиса", Form.TEXTS),
    "analogue": Fact("существующий аналогичный сервис"),
    "refusal_ground": Fact(
        "основание отказа", Form.CHOICE, ("INCOMPLETE", "ANALOGUE", "NO_CONSENT")
    ),
    "agreed_until": Fact("согласованный срок создания", _DAY),
    "rights_given": Fact("права ответственному предоставлены", _FLAG),
    "person_name": Fact("ФИО пользователя", Form.PERSON),
    "position": Fact("должность"),
    "unit": Fact("отдел"),
    "owner_consent": Fact("владелец сервиса согласен", _FLAG),
}
"""Every fact by its name."""


def read(given: Mapping[str, object]) -> dict[str, Value]:
    """Return typed facts; raise FactInvalid, SnilsInvalid."""
    return {name: _read(name, value) for name, value in given.items()}


def restore(stored: Mapping[str, object]) -> dict[str, Value]:
    """Return typed facts of what `as_json` made of kept ones."""
    return {
        name: str(value) if FACTS[name].form in _PERSONAL else _read(name, value)
        for name, value in stored.items()
    }


def kept(facts: Facts) -> dict[str, Value]:
    """Return what a case keeps of facts: no personal data."""
    return {name: _kept(FACTS[name].form, value) for name, value in facts.items()}


def as_json(facts: Facts) -> dict[str, object]:
    """Return facts as JSON knows them; `read` takes them back."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in facts.items()
    }


def told(value: Value) -> str:
    """Return a value as an operator reads it."""
    match value:
        case bool():
            return "да" if value else "нет"
        case datetime():
            return f"{value.astimezone(LOCAL):%d.%m.%Y %H:%M}"
        case date():
            return f"{value:%d.%m.%Y}"
        case tuple():
            return "; ".join(value)
    return str(value)


def _read(name: str, value: object) -> Value:
    fact = FACTS.get(name)
    if fact is None:
        raise errors.FactInvalid(f"Сведений с именем {name} нет.")
    try:
        return _READERS[fact.form](fact, value)
    except (ValueError, TypeError) as error:
        expected = ", ".join(fact.choices) or fact.form.value
        raise errors.FactInvalid(f"{name} ({fact.label}): ожидается {expected}.") from error


def _text(_: Fact, value: object) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > _MAX_TEXT:
        raise ValueError(value)
    return value.strip()


def _day(_: Fact, value: object) -> date:
    if isinstance(value, datetime):
        raise TypeError(value)
    if isinstance(value, date):
        return value
    text = str(value)
    if "." in text:
        return datetime.strptime(text, "%d.%m.%Y").replace(tzinfo=LOCAL).date()
    return date.fromisoformat(text)


def _moment(_: Fact, value: object) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=LOCAL)


def _count(_: Fact, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError(value)
    number = int(value)
    if number < 0:
        raise ValueError(value)
    return number


_WORDS = {"да": True, "yes": True, "true": True, "нет": False, "no": False, "false": False}


def _flag(_: Fact, value: object) -> bool:
    if isinstance(value, bool):
        return value
    if not isinstance(value, str) or value.lower() not in _WORDS:
        raise ValueError(value)
    return _WORDS[value.lower()]


def _choice(fact: Fact, value: object) -> str:
    if not isinstance(value, str) or value.upper() not in fact.choices:
        raise ValueError(value)
    return value.upper()


def _texts(fact: Fact, value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [part for part in value.split(";") if part.strip()]
    if not isinstance(value, list | tuple) or not 0 < len(value) <= _MAX_ITEMS:
        raise ValueError(value)
    return tuple(_text(fact, item) for item in cast("Iterable[object]", value))


_CONTACT_PARTS = 3


def _contact(fact: Fact, value: object) -> str:
    text = _text(fact, value)
    parts = [part.strip() for part in text.split(";")]
    if len(parts) != _CONTACT_PARTS or not all(parts) or "@" not in parts[-1]:
        raise ValueError(value)
    return text


_MASK = "***-***-"


def _snils(fact: Fact, value: object) -> str:
    text = _text(fact, value)
    if check_snils(text).failed:
        raise errors.SnilsInvalid
    return normalize_snils(text)


_READERS: Mapping[Form, Callable[[Fact, object], Value]] = {
    Form.TEXT: _text,
    Form.DAY: _day,
    Form.MOMENT: _moment,
    Form.COUNT: _count,
    Form.FLAG: _flag,
    Form.CHOICE: _choice,
    Form.TEXTS: _texts,
    Form.PERSON: _text,
    Form.PEOPLE: _texts,
    Form.CONTACT: _contact,
    Form.SNILS: _snils,
}


def _kept(form: Form, value: Value) -> Value:
    match form:
        case Form.PERSON | Form.PEOPLE | Form.CONTACT:
            return GIVEN
        case Form.SNILS:
            return f"{_MASK}{str(value)[-5:-2]} {str(value)[-2:]}"
    return value
