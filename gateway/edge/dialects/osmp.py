"""The OSMP (QIWI) dialect: `command=check|pay` by GET, an answer in UTF-8 XML.

`txn_id` is the bank's payment id. Without `txn_date` the time of the request stands for the time
of the payment; a repeat stamped anew within a day is the same payment. The balance is not told:
anyone could enumerate accounts.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from lxml import etree

from adapters.bank.messages import CheckAccountResponse, RegisterPaymentResponse, ResultCode
from gateway.edge.dialects import codes, query
from gateway.edge.dialects.query import Problem, QueryRefused
from gateway.kernel.errors import GatewayError
from gateway.kernel.money import format_roubles

CONTENT_TYPE = "text/xml; charset=utf-8"
CHANNEL = "TERMINAL"

_TRANSACTION = re.compile(r"[0-9]{1,20}", re.ASCII)
_DATE = re.compile(r"[0-9]{14}", re.ASCII)
_TERMINAL = re.compile(r"[0-9A-Za-z_\-]{1,50}", re.ASCII)

_RESULTS = {code: int(code) for code in ResultCode} | {ResultCode.CANCEL_IMPOSSIBLE: codes.OTHER}
_PROBLEMS = {Problem.ACCOUNT: int(ResultCode.ACCOUNT_FORMAT)}


def to_payload(request: Mapping[str, str], now: datetime) -> etree._Element:
    """Translate a query; raise QueryRefused."""
    command = request.get("command")
    if command == "check":
        return query.check_account(
            account=query.account(request, "account"),
            amount=query.amount(request, "sum") if "sum" in request else None,
            channel=CHANNEL,
            now=now,
        )
    if command == "pay":
        return query.register_payment(
            payment=query.matching(request.get("txn_id", ""), _TRANSACTION, Problem.TRANSACTION),
            account=query.account(request, "account"),
            amount=query.amount(request, "sum"),
            paid_at=_paid_at(request, now),
            channel=CHANNEL,
            terminal=_terminal(request),
        )
    raise QueryRefused(Problem.COMMAND)


def render(
    outcome: CheckAccountResponse | RegisterPaymentResponse | GatewayError,
    request: Mapping[str, str],
) -> bytes:
    """Write the answer to a query, be it a response of the handler or a refusal of the line."""
    root = etree.Element("response")
    _add(root, "osmp_txn_id", _echo(request.get("txn_id", "")))
    if isinstance(outcome, RegisterPaymentResponse) and outcome.hub_payment_id is not None:
        _add(root, "prv_txn", provider_number(outcome.hub_payment_id))
    if query.is_amount(request.get("sum", "")):
        _add(root, "sum", format_roubles(Decimal(request["sum"])))
    _add(root, "result", str(_result(outcome)))
    _add(
        root, "comment", outcome.text if isinstance(outcome, GatewayError) else outcome.result_text
    )
    _add_fields(root, outcome)
    return query.written(root, "UTF-8")


def provider_number(payment_id: str) -> str:
    """Return the hub's payment id as the dialect wants it: a whole number of up to 20 digits."""
    return str(UUID(payment_id).int & 0xFFFF_FFFF_FFFF_FFFF)


def _paid_at(request: Mapping[str, str], now: datetime) -> datetime:
    if "txn_date" not in request:
        return now
    return query.local_moment(request["txn_date"], "%Y%m%d%H%M%S", _DATE)


def _terminal(request: Mapping[str, str]) -> str | None:
    """Return the terminal; one that is written oddly is no reason to refuse money."""
    terminal = request.get("trm_id", "")
    return terminal if _TERMINAL.fullmatch(terminal) else None


def _echo(transaction: str) -> str:
    return transaction if _TRANSACTION.fullmatch(transaction) else ""


def _result(outcome: CheckAccountResponse | RegisterPaymentResponse | GatewayError) -> int:
    if isinstance(outcome, QueryRefused):
        return _PROBLEMS.get(outcome.problem, codes.OTHER)
    if isinstance(outcome, GatewayError):
        return codes.of_error(outcome)
    return _RESULTS[outcome.result_code]


def _add_fields(
    root: etree._Element, outcome: CheckAccountResponse | RegisterPaymentResponse | GatewayError
) -> None:
    told = [(name, text) for name, text in _told(outcome) if text is not None]
    if not told:
        return
    fields = etree.SubElement(root, "fields")
    for number, (name, text) in enumerate(told, start=1):
        field = etree.SubElement(fields, f"field{number}", name=name)
        field.text = text


def _told(
    outcome: CheckAccountResponse | RegisterPaymentResponse | GatewayError,
) -> Iterator[tuple[str, str | None]]:
    """Tell more than the dialect has elements for."""
    if isinstance(outcome, RegisterPaymentResponse):
        yield "hubPaymentId", outcome.hub_payment_id
    elif isinstance(outcome, CheckAccountResponse):
        yield "pupil", outcome.pupil_mask
        yield "class", outcome.class_name
        yield "school", outcome.school_name
        yield "organizer", outcome.organizer_name
        yield "minAmount", _roubles(outcome.min_amount)
        yield "maxAmount", _roubles(outcome.max_amount)
        yield "recommendedAmount", _roubles(outcome.recommended_amount)


def _roubles(amount: Decimal | None) -> str | None:
    return None if amount is None else format_roubles(amount)


def _add(root: etree._Element, name: str, text: str) -> None:
    etree.SubElement(root, name).text = text
