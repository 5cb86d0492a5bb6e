"""The periods of requests: not turned round, not too long."""

from datetime import date

from gateway.contracts.messages.common import Period
from gateway.contracts.periods import PeriodInvalid
from gateway.kernel.errors import Finding

MONTH = 31
YEAR = 366
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)


def control(period: Period, path: str, longest: int) -> None:
    """Refuse a period that ends before it begins or has more days than `longest`."""
    if period.to < period.from_value:
        raise _invalid("Конец периода раньше начала.", path)
    if (period.to - period.from_value).days >= longest:
        raise _invalid(f"Период длиннее {longest} дней.", path)
    if period.from_value < _FIRST_DAY or period.to > _LAST_DAY:
        raise _invalid("Период вне допустимых границ.", path)


def _invalid(text: str, path: str) -> PeriodInvalid:
    return PeriodInvalid(text, findings=(Finding(text, path=f"{path}/to", rule="period"),))
