"""What the GET dialects have in common: reading a query, building the payload it stands for.

A dialect translates and decides nothing: its payload goes along the ordinary line, so the
published schema and the same handlers judge it.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import cast

from lxml import etree

from gateway.kernel.errors import ValidationError
from gateway.kernel.ports import LOCAL

NAMESPACE = "urn://x-artefacts-citto-72/meals/bank-payment/1.0"

# Digits with a dot: a comma or a third place is a mistake, never something to round.
_AMOUNT = re.compile(r"[0-9]{1,10}(?:\.[0-9]{1,2})?", re.ASCII)
_ACCOUNT = re.compile(r"[^\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]{1,50}")


class Problem(Enum):
    """Which parameter of a query cannot be understood; every dialect has codes of its own."""

    COMMAND = "Неизвестное действие."
    ACCOUNT = "Лицевой счёт не указан или записан неверно."
    TRANSACTION = "Номер транзакции не указан или записан неверно."
    AMOUNT = "Сумма не указана или записана неверно: рубли, точка, не больше двух цифр копеек."
    DATE = "Дата платежа записана неверно."


class QueryRefused(ValidationError):
    """The query of a GET dialect cannot be understood."""

    code = "QUERY_INVALID"
    message = "Запрос записан неверно."
    action = "Сверьте параметры запроса с описанием диалекта."

    def __init__(self, problem: Problem) -> None:
        """Refuse with the sentence of the problem."""
        super().__init__(problem.value)
        self.problem = problem


def account(query: Mapping[str, str], name: str) -> str:
    """Return the account as it was typed; what it looks like is for the handler to judge."""
    return matching(query.get(name, "").strip(), _ACCOUNT, Problem.ACCOUNT)


def amount(query: Mapping[str, str], name: str) -> str:
    """Return the text of a sum in roubles, at most two places."""
    return matching(query.get(name, ""), _AMOUNT, Problem.AMOUNT)


def is_amount(text: str) -> bool:
    """Tell whether `text` is a sum that a dialect may write."""
    return _AMOUNT.fullmatch(text) is not None


def matching(text: str, pattern: re.Pattern[str], problem: Problem) -> str:
    """Return `text` if the whole of it matches; refuse otherwise."""
    if pattern.fullmatch(text) is None:
        raise QueryRefused(problem)
    return text


def local_moment(text: str, layout: str, shape: re.Pattern[str]) -> datetime:
    """Read a moment of Tyumen's time; refuse what is not one."""
    matching(text, shape, Problem.DATE)
    try:
        return datetime.strptime(text, layout).replace(tzinfo=LOCAL)
    except ValueError:
        raise QueryRefused(Problem.DATE) from None


def check_account(
    *, account: str, amount: str | None, channel: str, now: datetime
) -> etree._Element:
    """Build the CheckAccount payload."""
    return _payload(
        "CheckAccountRequest",
        ("account", account),
        ("amount", amount),
        ("channel", channel),
        ("requestTime", _moment(now)),
    )


def register_payment(
    *,
    payment: str,
    account: str,
    amount: str,
    paid_at: datetime,
    channel: str,
    terminal: str | None = None,
) -> etree._Element:
    """Build the RegisterPayment payload."""
    return _payload(
        "RegisterPaymentRequest",
        ("bankPaymentId", payment),
        ("account", account),
        ("amount", amount),
        ("currency", "RUB"),
        ("paymentTime", _moment(paid_at)),
        ("channel", channel),
        ("terminalId", terminal),
    )


def _payload(name: str, *fields: tuple[str, str | None]) -> etree._Element:
    root = etree.Element(f"{{{NAMESPACE}}}{name}")
    for field, text in fields:
        if text is not None:
            etree.SubElement(root, f"{{{NAMESPACE}}}{field}").text = text
    return root


def _moment(moment: datetime) -> str:
    return moment.astimezone(LOCAL).isoformat(timespec="seconds")


def written(root: etree._Element, encoding: str) -> bytes:
    """Return an answer as a document in the encoding of the dialect."""
    return cast("bytes", etree.tostring(root, encoding=encoding, xml_declaration=True))
