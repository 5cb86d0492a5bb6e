"""A case in plain Russian: for the programme of tests, the service and the command line.

Tells what the language says and nothing else, so that a page, a protocol and the judge cannot
drift apart.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from gateway.conformance.evidence import Signature
from gateway.conformance.language import model
from gateway.conformance.language.scalars import Operand, Reference

_PLAIN_PATH = re.compile(r"//?(?:[a-z]+:)?[\w*]+(?:/(?:[a-z]+:)?[\w*]+)*")
_RECKONED = re.compile(r"(count|sum)\((//?[\w:/]+)\)")
_RECKONINGS = {"count": "число", "sum": "сумма"}
_BY_LOCAL_NAME = re.compile(r"//\*\[local-name\(\) = '(\w+)'\]")
_CONDITION = re.compile(r"\[([^\]]*)\]")
_PREFIX = re.compile(r"[a-z]+:")
_UNITS = ((86400, "сут"), (3600, "ч"), (60, "мин"), (1, "с"))
_SIGNATURES = {
    Signature.VALID: "подпись верна",
    Signature.INVALID: "подпись неверна, и узел это заметил",
    Signature.NONE: "подписи нет",
}
_PARTS = {"request": "запроса", "reply": "ответа"}
_EVIDENCE = {"text": "текст", "file": "файл", "image": "снимок экрана"}
_STATES = {
    "hub.registry_lines": "строки реестра",
    "hub.payments": "платежи",
    "hub.menu_imports": "пакеты меню",
    "hub.menu_rows": "строки пакетов меню",
    "hub.dishes": "блюда",
    "hub.complexes": "комплексы по дням и школам",
    "hub.additional_items": "позиции дополнительного меню",
    "hub.publications": "публикации меню",
}
_NO_FAULT = "none"

KINDS = {
    model.Kind.MANDATORY: "обязательный",
    model.Kind.OPTIONAL: "необязательный",
    model.Kind.CONDITIONAL: "условный",
}
PREFLIGHT = {
    "address": "адрес участника виден из узла",
    "tls": "защищённое соединение устанавливается",
    "wsdl": "описание сервиса читается",
    "clock": "часы участника идут верно",
    "certificate": "сертификат зарегистрирован и действует",
    "credentials": "учётные данные контура действуют",
}
RECHECK = {
    "plan_major": "новая старшая версия программы",
    "system_version": "новая версия системы участника",
    "certificate_subject": "сертификат на другое лицо",
    "endpoint": "новый адрес системы участника",
}
DOCUMENTS = {
    "protocol": "протокол испытаний",
    "act-trial": "акт опытной эксплуатации",
}
DIRECTIONS = {"client": "участник вызывает узел", "server": "узел вызывает участника"}


@dataclass(frozen=True, slots=True)
class ToldStep:
    """One step as a person reads it."""

    id: str
    mover: str
    """Who acts: `участник` or `узел`."""
    text: str
    attachment: str | None
    """Name of the sample that is handed out filled in."""
    evidence: str | None
    """What has to be brought, in Russian."""
    expected: tuple[str, ...]
    """What is looked at."""


def steps_of(case: model.Case) -> tuple[ToldStep, ...]:
    """Tell a case step by step."""
    return tuple(_step(step) for step in case.steps)


def expected_of(case: model.Case) -> str:
    """Tell in one sentence what has to come of a case: its purpose, which its author wrote so."""
    return case.purpose


def lines_of(case: model.Case) -> int:
    """Return how many lines of the test protocol a case makes."""
    return len(case.rows)


def duration(span: timedelta) -> str:
    """Tell a span in its largest whole unit: `30 мин`, `1 ч`."""
    seconds = int(span.total_seconds())
    size, unit = next((size, unit) for size, unit in _UNITS if seconds % size == 0)
    return f"{seconds // size} {unit}"


def _step(step: model.Step) -> ToldStep:
    match step:
        case model.Ask():
            return ToldStep(
                step.id,
                "участник",
                step.text,
                _sample(step.attach),
                _EVIDENCE[step.evidence] if step.evidence else None,
                (),
            )
        case model.Expect():
            return ToldStep(step.id, "узел", _expectation(step), None, None, _all(step.assertions))
        case model.Call():
            text = (
                f"Узел вызывает операцию {step.operation} у участника и ждёт ответа не дольше "
                f"{duration(step.timeout)}."
            )
            return ToldStep(step.id, "узел", text, None, None, _all(step.assertions))
        case model.Check():
            return ToldStep(step.id, "узел", _look(step), None, None, _all(step.assertions))


def _sample(attach: str | None) -> str | None:
    return attach.removeprefix("samples/") if attach else None


def _expectation(step: model.Expect) -> str:
    named = "любое сообщение" if step.operation == "*" else f"сообщение {step.operation}"
    within = duration(step.within)
    if step.absent:
        return f"Узел {within} следит, что {named} больше не приходит."
    told = f"Узел ждёт {named}, не дольше {within}."
    if step.match is not None and step.match.answered is not None:
        told += f" Засчитывается то, в ответе на которое есть {_path(step.match.answered.text)}."
    if step.reply is None or not step.reply.drop:
        return told
    return f"{told} Ответ до участника нарочно не дойдёт."


def _look(step: model.Check) -> str:
    if step.what.startswith("hub."):
        within = f", не дольше {duration(step.within)}" if step.within else ""
        return f"Узел смотрит, что у него записано: {_state(step.what)}{within}."
    part = step.what.rpartition(".")[2]
    return (
        "Узел смотрит на ответ, который дал сам." if part == "reply" else "Узел смотрит на запрос."
    )


def _state(what: str) -> str:
    return _STATES.get(what, what.removeprefix("hub."))


def _all(assertions: tuple[model.Assertion, ...]) -> tuple[str, ...]:
    return tuple(
        f"{told} (только предупреждение)" if assertion.warns else told
        for assertion in assertions
        for told in _rule(assertion.rule)
    )


def _rule(rule: model.Rule) -> Iterator[str]:
    match rule:
        case model.Xsd():
            what = "опубликованной схеме" if rule.contract == "*" else f"схеме {rule.contract}"
            yield f"сообщение соответствует {what}"
        case model.XPath():
            yield f"{_path(rule.path.text)}{_comparison(rule)}"
        case model.Sum():
            equals = rule.equals
            total = _path(equals.text) if isinstance(equals, model.Path) else _operand(equals)
            yield f"{total} — сумма {_path(rule.rows.text)}, до копейки"
        case model.Fault():
            code = rule.code
            yield "ответ без ошибки" if code == _NO_FAULT else f"ошибка {_operand(code)}"
        case model.Http():
            yield f"код HTTP {' или '.join(map(str, rule.statuses))}"
        case model.Same():
            yield f"{_path(rule.path.text)} — то же, что у {_operand(rule.other)}"
        case model.SameBody():
            yield f"содержимое то же, что у {_operand(rule.other)}"
        case model.Count():
            yield f"записей: {_operand(rule.count)}"
        case model.Signed():
            yield _SIGNATURES[rule.signature]


def _comparison(rule: model.XPath) -> str:
    if rule.none:
        return " отсутствует"
    if rule.equals in {"true", "false"} and " = " in rule.path.text:
        return "" if rule.equals == "true" else " — неверно"
    told = []
    if rule.equals is not None:
        told.append(f"равно {_operand(rule.equals)}")
    if rule.least is not None:
        told.append(f"не меньше {_operand(rule.least)}")
    if rule.most is not None:
        told.append(f"не больше {_operand(rule.most)}")
    if rule.among == ("false", "0"):
        told.append("равно «false»")
    elif rule.among:
        told.append(f"одно из {', '.join(map(_operand, rule.among))}")
    if rule.matches is not None:
        told.append(f"вида {rule.matches.pattern}")
    if rule.after is not None:
        told.append(f"позже, чем {_operand(rule.after)}")
    return f" {', '.join(told)}" if told else " указано"


def _path(text: str) -> str:
    """Shorten a path to the names that a reader of the format knows; leave other XPath alone."""
    by_name = _BY_LOCAL_NAME.fullmatch(text)
    if by_name:
        return by_name[1]
    reckoned = _RECKONED.fullmatch(text)
    if reckoned:
        return f"{_RECKONINGS[reckoned[1]]} {_path(reckoned[2])}"
    if " = " in text and "[" not in text:
        left, _, right = text.partition(" = ")
        return f"{_path(left)} равно {_path(right)}"
    names = _PREFIX.sub("", text).lstrip("/")
    if _PLAIN_PATH.fullmatch(text):
        return "/".join(names.split("/")[-2:])
    return _CONDITION.sub(r" (где \1)", names)


def _operand(operand: Operand) -> str:
    if not isinstance(operand, Reference):
        return f"«{operand}»"
    at = f" сценария {operand.case}" if operand.case else ""
    where = f"{_path(operand.xpath)} из " if operand.xpath else ""
    if operand.part in _PARTS:
        return f"{where}{_PARTS[operand.part]}{at}"
    if operand.head == "attach":
        return f"{where}подготовленного файла"
    if operand.head == "row":
        return f"«{operand.part}» из таблицы"
    if operand.head == "param":
        return f"{operand.part} из данных сеанса"
    if operand.part == "time":
        return f"времени шага {operand.head}{at}"
    return f"«{operand.head}» этой попытки"
