"""Control of a submitted payment registry before it is accepted (MEAL-BANK-09).

What the message itself shows is refused at once and nothing is stored; the lines of a file are
controlled later, in the background, by the same sums.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from adapters.bank import errors
from adapters.bank.messages import LineStatus, RegistryLineType, SubmitRegistryRequest
from gateway import files
from gateway.adapter import Rules
from gateway.contracts.messages.common import FileRef
from gateway.kernel.errors import Finding, TooLarge, ValidationError
from gateway.kernel.message import Attachment
from gateway.kernel.money import format_roubles

MOST_FINDINGS = 50
LONGEST_PERIOD = timedelta(days=366)
_REQUEST = "/SubmitRegistryRequest"
_ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Declared:
    """What the header of a registry promises about its lines."""

    count: int
    amount: Decimal
    """Roubles of the paid lines."""
    commission: Decimal | None
    net: Decimal | None
    """What goes to the organizer: the amount, less the commission if the organizer bears it."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What the lines of a registry come to."""

    count: int
    amount: Decimal
    commission: Decimal


def control_period(request: SubmitRegistryRequest, rules: Rules, now: datetime) -> None:
    """Refuse a period that is turned round, too long or not yet begun with PERIOD_INVALID."""
    start, end = request.period.from_value, request.period.to
    if end < start:
        raise _period("Конец периода раньше начала.", "to")
    if end - start > LONGEST_PERIOD:
        raise _period(f"Период длиннее {LONGEST_PERIOD.days} дней.", "to")
    if start > now + rules.payment_ahead:
        raise _period("Период ещё не начался.", "from")


def control_lines(request: SubmitRegistryRequest, rules: Rules) -> None:
    """Refuse inline lines that are too many, repeat or do not come to the header's sums."""
    lines = request.line
    if len(lines) > rules.max_inline_lines:
        raise TooLarge(
            f"Строк в сообщении — {len(lines)}, допустимо {rules.max_inline_lines}; "
            "передайте реестр файлом."
        )
    paid = [line for line in lines if line.status is LineStatus.PAID]
    counted = Counted(
        len(lines),
        sum((line.amount for line in paid), _ZERO),
        sum((line.commission or _ZERO for line in paid), _ZERO),
    )
    declared = Declared(
        request.count, request.total_amount, request.total_commission, request.net_amount
    )
    control_count(declared, counted)
    control_sums(declared, counted)
    _control_repetitions(lines)


def control_count(declared: Declared, counted: Counted) -> None:
    """Refuse another number of lines than declared with REGISTRY_COUNT_MISMATCH."""
    if counted.count == declared.count:
        return
    text = f"Число строк — {counted.count}, а в count указано {declared.count}."
    raise errors.RegistryCountMismatch(
        f"{text} Ничего не зачислено.",
        findings=(Finding(text, path=f"{_REQUEST}/count", value=str(declared.count)),),
    )


def control_sums(declared: Declared, counted: Counted) -> None:
    """Refuse other sums than declared with REGISTRY_TOTAL_MISMATCH; name each."""
    findings = tuple(_wrong_sums(declared, counted))
    if findings:
        raise errors.RegistryTotalMismatch(
            f"{findings[0].text} Ничего не зачислено.", findings=findings
        )


def control_file(
    file: FileRef, attachments: Mapping[bytes, Attachment], declared_count: int, rules: Rules
) -> Attachment:
    """Return the attached file if it is what the message says of it."""
    if declared_count > rules.max_file_lines:
        raise TooLarge(
            f"Строк в файле — {declared_count}, допустимо {rules.max_file_lines}; разделите реестр."
        )
    return files.control_file(file, attachments, f"{_REQUEST}/file", differs=ValidationError)


def _wrong_sums(declared: Declared, counted: Counted) -> Iterable[Finding]:
    if counted.amount != declared.amount:
        yield _wrong_sum("totalAmount", counted.amount, declared.amount)
    if declared.commission is not None and counted.commission != declared.commission:
        yield _wrong_sum("totalCommission", counted.commission, declared.commission)
    # The organizer may bear the commission, or the payer: the bank's contract says which.
    right = (counted.amount, counted.amount - counted.commission)
    if declared.net is not None and declared.net not in right:
        yield _wrong_sum("netAmount", right[1], declared.net)


def _wrong_sum(name: str, counted: Decimal, declared: Decimal) -> Finding:
    return Finding(
        f"По строкам PAID получается {format_roubles(counted)} руб., "
        f"а в {name} указано {format_roubles(declared)} руб.",
        path=f"{_REQUEST}/{name}",
        value=format_roubles(declared),
    )


def _control_repetitions(lines: Sequence[RegistryLineType]) -> None:
    findings = [
        *_repeated("lineNo", [line.line_no for line in lines]),
        *_repeated("bankPaymentId", [line.bank_payment_id for line in lines]),
    ]
    if findings:
        raise errors.DuplicateLine(
            f"{errors.DuplicateLine.message} Ничего не зачислено.",
            findings=tuple(findings[:MOST_FINDINGS]),
            truncated=len(findings) > MOST_FINDINGS,
        )


def _repeated(name: str, values: Sequence[int | str]) -> Iterable[Finding]:
    """Name every place after the first where a value stands again."""
    if len(set(values)) == len(values):
        return
    seen: Counter[int | str] = Counter()
    for position, value in enumerate(values, start=1):
        if seen[value]:
            yield Finding(
                f"Значение {name} повторяется.",
                path=f"{_REQUEST}/line[{position}]/{name}",
                rule="unique",
                value=str(value),
            )
        seen[value] += 1


def _period(text: str, bound: str) -> errors.PeriodInvalid:
    return errors.PeriodInvalid(text, findings=(Finding(text, path=f"{_REQUEST}/period/{bound}"),))
