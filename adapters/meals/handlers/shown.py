"""How SVC-07 says lines, deadlines and names on the wire."""

from collections.abc import Iterable

from adapters.meals.class_requests import Deadline
from adapters.meals.messages import class_request as messages
from adapters.meals.repository.requests import Line
from gateway.contracts.messages.common import ChoiceSource


def lines(shown: Iterable[Line]) -> list[messages.RequestLineType]:
    """Return lines as messages carry them."""
    return [_line(line) for line in shown]


def deadlines(told: Iterable[Deadline]) -> list[messages.PrintDeadlineType]:
    """Return deadlines as messages carry them."""
    return [messages.PrintDeadlineType(meal_type=one.meal_type, at=one.at) for one in told]


def _line(line: Line) -> messages.RequestLineType:
    return messages.RequestLineType(
        account=line.account,
        pupil_id=line.pupil_id,
        pupil_name=line.name.message,
        meal_type=line.meal_type,
        complex_code=line.complex_code,
        complex_name=line.complex_name,
        item=[
            messages.LineItemType(item_code=item.code, name=item.name, qty=item.qty)
            for item in line.items
        ],
        present=line.is_present,
        included=line.is_included,
        source=ChoiceSource(line.source),
        balance=line.balance,
        to_pay=line.to_pay,
        credit_exceeded=line.is_over_credit,
        reason=None if line.reason is None else messages.ChangeReason(line.reason),
        comment=line.comment,
        ate=line.is_eaten,
    )
