"""Numbers of people and organizations who do not exist: check digits hold, ranges are nobody's."""

from operator import mul

from gateway.kernel.identifiers import check_inn

_UNUSED_SNILS = 900_000_000
"""Insurance numbers are issued upwards and are far from here."""
_SNILS_WEIGHTS = range(9, 0, -1)
_UNUSED_OID = 9_000_000_000
_DIGITS = "0123456789"
_INN_SERIALS = 100_000


def inn_of(office: str, serial: int) -> str:
    """Return the taxpayer number of an organization: tax office of four digits and a serial."""
    body = f"{office}{serial % _INN_SERIALS:05}"
    return next(body + digit for digit in _DIGITS if check_inn(body + digit).passed)


def snils_of(serial: int) -> str:
    """Return the 11 digits of an insurance number of a range that was never issued."""
    body = str(_UNUSED_SNILS + serial)
    total = sum(map(mul, map(int, body), _SNILS_WEIGHTS))
    return f"{body}{total % 101 % 100:02}"


def oid_of(serial: int) -> str:
    """Return the identifier of an ESIA account that nobody has."""
    return str(_UNUSED_OID + serial)
