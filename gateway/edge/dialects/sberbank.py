"""The Sberbank dialect: `ACTION=check|payment` by GET, an answer in windows-1251 XML.

`PAY_ID` is the bank's payment id; a repeat of a registered payment is code 8 with the same
EXT_ID and REG_DATE. BALANCE is not told: anyone could enumerate accounts.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from lxml import etree

from adapters.bank.messages import CheckAccountResponse, RegisterPaymentResponse, ResultCode
from gateway.edge.dialects import codes, query
from gateway.edge.dialects.query import Problem, QueryRefused
from gateway.kernel.errors import GatewayError
from gateway.kernel.ports import LOCAL

CONTENT_TYPE = "text/xml; charset=windows-1251"
CHANNEL = "DEVICE_OTHER"

_DUPLICATE = 8
_BAD_DATE = 12
_TRANSACTION = re.compile(r"[0-9A-Za-z_\-]{1,50}", re.ASCII)
_DATE = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{4}_[0-9]{2}:[0-9]{2}:[0-9]{2}", re.ASCII)
_DATE_LAYOUT = "%d.%m.%Y_%H:%M:%S"

_RESULTS = {
    ResultCode.OK: 0,
    ResultCode.TEMPORARY_ERROR: codes.TEMPORARY,
    ResultCode.ACCOUNT_FORMAT: 4,
    ResultCode.NOT_FOUND: 3,
    ResultCode.FORBIDDEN: codes.FORBIDDEN,
    ResultCode.TECHNICALLY_FORBIDDEN: codes.FORBIDDEN,
    ResultCode.ACCOUNT_NOT_ACTIVE: 5,
    ResultCode.NOT_FINISHED: codes.TEMPORARY,
    ResultCode.AMOUNT_TOO_SMALL: 10,
    ResultCode.AMOUNT_TOO_LARGE: 11,
    ResultCode.ACCOUNT_UNVERIFIABLE: codes.TEMPORARY,
    ResultCode.CANCEL_IMPOSSIBLE: codes.OTHER,
    ResultCode.OTHER_ERROR: codes.OTHER,
}
_PROBLEMS = {
    Problem.COMMAND: 2,
    Problem.ACCOUNT: 4,
    Problem.TRANSACTION: 6,
    Problem.AMOUNT: 9,
    Problem.DATE: _BAD_DATE,
}


def to_payload(request: Mapping[str, str], now: datetime) -> etree._Element:
    """Translate a query; raise QueryRefused."""
    action = request.get("ACTION")
    if action == "check":
        return query.check_account(
            account=query.account(request, "ACCOUNT"),
            amount=query.amount(request, "AMOUNT") if "AMOUNT" in request else None,
            channel=CHANNEL,
            now=now,
        )
    if action == "payment":
        return query.register_payment(
            payment=query.matching(request.get("PAY_ID", ""), _TRANSACTION, Problem.TRANSACTION),
            account=query.account(request, "ACCOUNT"),
            amount=query.amount(request, "AMOUNT"),
            paid_at=query.local_moment(request.get("PAY_DATE", ""), _DATE_LAYOUT, _DATE),
            channel=CHANNEL,
        )
    raise QueryRefused(Problem.COMMAND)


def render(
    outcome: CheckAccountResponse | RegisterPaymentResponse | GatewayError,
    request: Mapping[str, str],  # noqa: ARG001 -- one signature for all dialects
) -> bytes:
    """Write the answer to a query, be it a response of the handler or a refusal of the line."""
    root = etree.Element("response")
    for name, text in _told(outcome):
        if text is not None:
            etree.SubElement(root, name).text = text
    return query.written(root, "windows-1251")


def _told(
    outcome: CheckAccountResponse | RegisterPaymentResponse | GatewayError,
) -> Iterator[tuple[str, str | None]]:
    yield "CODE", str(_result(outcome))
    if isinstance(outcome, GatewayError):
        yield "MESSAGE", outcome.text
        return
    yield "MESSAGE", outcome.result_text
    if isinstance(outcome, CheckAccountResponse):
        yield "FIO", outcome.pupil_mask
        yield "INN", outcome.organizer_inn
    else:
        yield "REG_DATE", _date(outcome.accepted_at)
        yield "EXT_ID", outcome.hub_payment_id


def _result(outcome: CheckAccountResponse | RegisterPaymentResponse | GatewayError) -> int:
    if isinstance(outcome, QueryRefused):
        return _PROBLEMS[outcome.problem]
    if isinstance(outcome, GatewayError):
        return codes.of_error(outcome)
    if outcome.reason == "PAYMENT_TIME":
        return _BAD_DATE
    if isinstance(outcome, RegisterPaymentResponse) and _repeated(outcome):
        return _DUPLICATE
    return _RESULTS[outcome.result_code]


def _repeated(outcome: RegisterPaymentResponse) -> bool:
    return outcome.result_code is ResultCode.OK and bool(outcome.duplicate)


def _date(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(LOCAL).strftime(_DATE_LAYOUT)
