"""Conditions of the tables, by name; each says in Russian what is missing."""

from collections.abc import Callable
from datetime import date

from registry.calendar import local_date
from registry.onboarding.facts import FACTS, SUBSYSTEMS
from registry.onboarding.table import Guard, Row, Situation

ESIA_SUBSYSTEMS = frozenset({"SCHOOL", "EDO", "MEALS"})
"""Where an administrator comes in by ЕСИА; elsewhere by login and password (ONB-REG-05)."""
ORIGINALS = 2
"""Paper copies of the statement that an organisation of ЭДО hands in (ONB-EDO-04)."""
MAX_QUOTA = 100_000
"""Messages of a limited admission at most: tests, not operation."""

_PROHIBITED = {
    "биометрические": ("биометр", "отпечат", "дактилоскоп", "радужн"),
    "специальные": (
        *("расов", "национальн", "политическ", "религи", "философск"),
        *("здоров", "диагноз", "интимн"),
    ),
    "однозначно определяющие человека": ("паспорт", "снилс", "инн физ"),
}
"""Categories that the portal for bodies of power must not hold (001, 3.5), by stems."""


def confirmed(*names: str) -> Guard:
    """Ask that each of these facts is «yes»."""

    def check(situation: Situation, row: Row) -> str | None:  # noqa: ARG001 -- a guard
        missing = [FACTS[name].label for name in names if situation.facts.get(name) is not True]
        return f"Не подтверждено: {'; '.join(missing)}." if missing else None

    return Guard("confirmed", "подтверждено: " + ", ".join(names), check)


def guard(title: str) -> Callable[[Callable[[Situation, Row], str | None]], Guard]:
    """Name a condition by its function."""

    def named(check: Callable[[Situation, Row], str | None]) -> Guard:
        return Guard(check.__name__, title, check)

    return named


@guard("участник присоединился к соглашению")
def joined(situation: Situation, row: Row) -> str | None:  # noqa: ARG001 -- a guard
    """Ask for a registered statement of joining (PART-04)."""
    return None if situation.is_joined else "Нет зарегистрированного заявления о присоединении."


@guard("учётная запись ЕСИА есть, если подсистема её требует")
def esia_account(situation: Situation, row: Row) -> str | None:  # noqa: ARG001 -- a guard
    """Ask for the administrator's account in ЕСИА first (ONB-REG-03)."""
    needs_account = situation.facts.get("subsystem") in ESIA_SUBSYSTEMS
    if needs_account and situation.facts.get("esia_account") is not True:
        return "Сначала администратор получает учётную запись ЕСИА: esia_account."
    return None


@guard("способ входа тот, что установлен подсистемой")
def auth_fits(situation: Situation, row: Row) -> str | None:  # noqa: ARG001 -- a guard
    """Hold the way of logging in to the subsystem's (ONB-REG-05)."""
    subsystem = str(situation.facts.get("subsystem"))
    fixed = "ESIA" if subsystem in ESIA_SUBSYSTEMS else "LOGIN"
    if situation.facts.get("auth_method") != fixed:
        return f"Подсистема «{SUBSYSTEMS.get(subsystem, subsystem)}» допускает вход {fixed}."
    return None


@guard("поступили два оригинала заявления")
def two_copies(situation: Situation, row: Row) -> str | None:  # noqa: ARG001 -- a guard
    """Count the paper originals (ONB-EDO-04)."""
    count = situation.facts.get("original_copies")
    if not isinstance(count, int) or count < ORIGINALS:
        return f"Нужно {ORIGINALS} оригинала заявления на бумаге, поступило {count}."
    return None


@guard("даты испытаний идут по порядку")
def dates_in_order(situation: Situation, row: Row) -> str | None:  # noqa: ARG001 -- a guard
    """Hold the dates of the test operation against each other."""
    first, last = _day(situation, "test_from"), _day(situation, "test_until")
    return None if first <= last else "Испытания кончаются раньше, чем начинаются."


@guard("документ подписан обеими сторонами")
def signed_by_both(situation: Situation, row: Row) -> str | None:
    """Ask for both signatures under the document of the row."""
    if row.signs is not None and row.signs not in situation.signed:
        return f"Документ {row.signs.value} не подписан обеими сторонами."
    return None


@guard("дата ввода не раньше сегодняшней")
def go_live_ahead(situation: Situation, row: Row) -> str | None:  # noqa: ARG001 -- a guard
    """Refuse to draw up an act whose date has passed."""
    if _day(situation, "go_live_on") < local_date(situation.now):
        return "Дата ввода в эксплуатацию уже прошла."
    return None


@guard("дата ввода не раньше даты акта")
def go_live_not_before_act(situation: Situation, row: Row) -> str | None:  # noqa: ARG001 -- a guard
    """Hold the date of going into production against the act's (ONB-BANK-12)."""
    signed_on = _day(situation, "signed_on")
    if signed_on > local_date(situation.now):
        return "Дата подписания акта ещё не наступила."
    if "go_live_on" in situation.facts and _day(situation, "go_live_on") < signed_on:
        return "Дата ввода раньше даты акта: составьте акт заново с другой датой ввода."
    return None


@guard("дата ввода наступила")
def date_reached(situation: Situation, row: Row) -> str | None:  # noqa: ARG001 -- a guard
    """Wait for the date of the act (ONB-BANK-13)."""
    day = _day(situation, "go_live_on" if "go_live_on" in situation.facts else "signed_on")
    if day > local_date(situation.now):
        return f"Дата ввода {day:%d.%m.%Y} ещё не наступила."
    return None


@guard("сеть ViPNet № 1481")
def vipnet_1481(situation: Situation, row: Row) -> str | None:  # noqa: ARG001 -- a guard
    """Ask for the protected network of the meals module (ONB-ORG-08)."""
    right = situation.facts.get("network") == "VIPNET_1481"
    return None if right else "Подключение только по защищённой сети ViPNet № 1481."


@guard("выбран интернет-эквайринг")
def acquires(situation: Situation, row: Row) -> str | None:  # noqa: ARG001 -- a guard
    """Take the bank's description only for acquiring (ONB-BANK-05)."""
    fits = situation.facts.get("method") in {"ACQUIRING", "BOTH"}
    return None if fits else "Описание сервиса банка нужно только для интернет-эквайринга."


@guard("организатор сообщил о договоре с банком")
def organizer_told(situation: Situation, row: Row) -> str | None:  # noqa: ARG001 -- a guard
    """Ask for the organizer's notice of its contract (PART-12)."""
    if situation.has_organizer:
        return None
    return "Нет уведомления организатора питания о договоре с этим банком."


@guard("для выбранного способа всё разработано")
def built_for_method(situation: Situation, row: Row) -> str | None:  # noqa: ARG001 -- a guard
    """Ask for what each method of a bank needs (ONB-BANK-05, 06)."""
    method, facts = situation.facts.get("method"), situation.facts
    if method != "ONLINE" and "bank_spec" not in facts:
        return "Нет описания сервиса интеграции банка: bank_spec."
    if method != "ACQUIRING" and "format_version" not in facts:
        return "Не названа версия формата, по которой сделан клиент: format_version."
    return None


@guard("программы испытаний пройдены сеансами, завершёнными по этому делу")
def tried(situation: Situation, row: Row) -> str | None:  # noqa: ARG001 -- a guard
    """Believe nobody's word: a finished session has to have opened the gate (GW-11)."""
    return situation.untried


@guard("квота и срок допуска в пределах")
def admission_bounded(situation: Situation, row: Row) -> str | None:  # noqa: ARG001 -- a guard
    """Hold a limited admission to a quota and a day to come."""
    quota = situation.facts.get("quota")
    if not isinstance(quota, int) or not 0 < quota <= MAX_QUOTA:
        return f"Квота допуска: от 1 до {MAX_QUOTA} сообщений."
    if _day(situation, "admitted_until") < local_date(situation.now):
        return "Последний день допуска уже прошёл."
    return None


@guard("был ограниченный допуск")
def admitted(situation: Situation, row: Row) -> str | None:  # noqa: ARG001 -- a guard
    """Believe tests in production only of who was let in for them."""
    if situation.is_admitted:
        return None
    return "Ограниченного допуска не было: испытаний в продуктивном контуре быть не могло."


@guard("заявлена опция, испытываемая в продуктивном контуре")
def tested_in_production(situation: Situation, row: Row) -> str | None:  # noqa: ARG001 -- a guard
    """Booking is tested with real data, payment is checked in production (H-28)."""
    if any(situation.facts.get(option) is True for option in ("booking", "payment")):
        return None
    return "В продуктивном контуре испытывают только запись на приём и оплату."


@guard("договор есть, если организация не из области")
def contract_of_outsider(situation: Situation, row: Row) -> str | None:  # noqa: ARG001 -- a guard
    """Ask others than bodies and institutions for a contract (ONB-EMP-06, H-35)."""
    if situation.facts.get("legal_form") == "OTHER" and "contract_number" not in situation.facts:
        return "Для иной организации сначала нужен договор: require_contract."
    return None


@guard("организация не из области")
def outsider(situation: Situation, row: Row) -> str | None:  # noqa: ARG001 -- a guard
    """Ask for no contract where the regulation needs none (ONB-EMP-06)."""
    is_outsider = situation.facts.get("legal_form") == "OTHER"
    return None if is_outsider else "Договор нужен только иной организации: legal_form OTHER."


@guard("ППУ не используется")
def without_ppu(situation: Situation, row: Row) -> str | None:  # noqa: ARG001 -- a guard
    """Keep the steps 01 to 04 for those who have a system of their own (ONB-PUB-10)."""
    used = situation.facts.get("uses_ppu") is True
    return "С ППУ этих шагов нет: use_ppu." if used else None


@guard("используется ППУ")
def with_ppu(situation: Situation, row: Row) -> str | None:  # noqa: ARG001 -- a guard
    """Let only users of ППУ skip the steps 01 to 04 (ONB-PUB-10)."""
    used = situation.facts.get("uses_ppu") is True
    return None if used else "Шаги пропускают только с ППУ: uses_ppu."


@guard("выполнены все заявленные опции")
def flagged_options_done(situation: Situation, row: Row) -> str | None:  # noqa: ARG001 -- a guard
    """Ask for each option of the application, and for no other (ONB-PUB-05)."""
    done = situation.facts.get("options_done")
    done = done if isinstance(done, tuple) else ()
    options = ("booking", "payment", "assessment")
    missing = [
        FACTS[name].label
        for name in options
        if situation.facts.get(name) is True and name not in done
    ]
    return f"Не выполнено: {', '.join(missing)}." if missing else None


@guard("в перечне нет запрещённых данных")
def nothing_prohibited(situation: Situation, row: Row) -> str | None:  # noqa: ARG001 -- a guard
    """Hold the list of data against the prohibited categories (ONB-OIV-08; 001, 3.5)."""
    listed = situation.facts.get("data_list")
    for item in listed if isinstance(listed, tuple) else ():
        for category, stems in _PROHIBITED.items():
            if any(stem in item.lower() for stem in stems):
                return f"Запрещённые данные, {category}: «{item}» (001, п. 3.5)."
    return None


@guard("основание отказа применимо")
def ground_fits(situation: Situation, row: Row) -> str | None:  # noqa: ARG001 -- a guard
    """Name the analogous service when that is why (001, 3.2)."""
    facts = situation.facts
    if facts.get("refusal_ground") == "ANALOGUE" and "analogue" not in facts:
        return "Назовите существующий аналогичный сервис: analogue."
    return None


def _day(situation: Situation, name: str) -> date:
    value = situation.facts.get(name)
    if not isinstance(value, date):
        raise TypeError(name)
    return value
