"""Numbers of persons: a wrong check digit is somebody else's number."""

from adapters.school.errors import Problem
from adapters.school.messages.data import ItemErrorCode
from gateway.kernel.identifiers import check_snils


def snils_problem(snils: str | None, path: str) -> Problem | None:
    """Return why a SNILS cannot be taken, if there is one; the number itself is never told."""
    if snils is None or not check_snils(snils).failed:
        return None
    return Problem(ItemErrorCode.VALUE_INVALID, path, "Не сходится контрольное число СНИЛС.")
