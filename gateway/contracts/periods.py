"""Periods of queries by days (SVC-00-09): one rule for every service that lists by date."""

from datetime import date

from gateway.kernel.errors import Finding, GatewayError

LONGEST_DAYS = 366
_FIRST_DAY = date(2000, 1, 1)
_LAST_DAY = date(2999, 12, 31)


class PeriodInvalid(GatewayError):
    """The period of a query is turned round, too long, or lies where nothing can be."""

    code = "PERIOD_INVALID"
    message = "Период запроса указан неверно."
    action = "Исправьте период."


def check_days(
    first: date, last: date, path: str, error: type[PeriodInvalid] = PeriodInvalid
) -> None:
    """Raise `error` for days that are turned round, too many or of no use."""
    if last < first:
        raise bad_period("Конец периода раньше начала.", f"{path}/to", error)
    if (last - first).days >= LONGEST_DAYS:
        raise bad_period(f"Период длиннее {LONGEST_DAYS} дней.", f"{path}/to", error)
    if first < _FIRST_DAY or last > _LAST_DAY:
        raise bad_period("Период вне допустимых границ.", path, error)


def bad_period(text: str, path: str, error: type[PeriodInvalid] = PeriodInvalid) -> PeriodInvalid:
    """Return what refuses a period, naming the place."""
    return error(text, findings=(Finding(text, path=path),))
