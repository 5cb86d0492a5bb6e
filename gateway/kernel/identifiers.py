"""Forms and check digits of state identifiers and of our personal accounts (SVC-00-08).

Each `check_…` takes the text as it came and returns a `Verdict`: FAILED names the place, UNDEFINED
means that the identifier has no check digit to prove it by. A contour decides what a failure costs:
`Rules.check_digits_are_errors` makes it an error, otherwise it is a warning.
"""

import re
from collections.abc import Sequence
from itertools import cycle

from gateway.kernel.verdict import PASSED, Verdict, failed, undefined

ACCOUNT_LENGTH = 10
"""Digits of a personal account that the hub issues; the last one is the check digit (H-16)."""

LAST_ACCOUNT_SERIAL = 899_999_999

_INN_ORGANIZATION = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_PERSON_FIRST = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_PERSON_SECOND = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN = re.compile(r"([0-9][1-9]|[1-9][0-9])[0-9]{8}(?:[0-9]{2})?")
_OGRN = re.compile(r"[0-9]{13}(?:[0-9]{2})?")
_SNILS = re.compile(r"[0-9]{11}|[0-9]{3}-[0-9]{3}-[0-9]{3} [0-9]{2}")
_BIK = re.compile(r"(?:04|0[0-2])[0-9]{7}")
_BANK_ACCOUNT = re.compile(r"[0-9]{20}")
_UIN = re.compile(r"[0-9]{20}(?:[0-9]{5})?")
_OKPO = re.compile(r"[0-9]{8}(?:[0-9]{2})?")
_OKTMO = re.compile(r"[0-9]{8}(?:[0-9]{3})?")
_PERSONAL_ACCOUNT = re.compile(r"[0-9]{6,20}")

_FIRST_CHECKED_SNILS = 1_001_998
_SETTLEMENT_CENTRES = ("000", "001", "002")
_ZERO = ord("0")
_LUHN_DOUBLED = bytes.maketrans(b"0123456789", b"0246813579")


def check_inn(text: str) -> Verdict:
    """Check a taxpayer number: 10 digits of an organisation or 12 of a person."""
    if not _INN.fullmatch(text):
        return _malformed("ИНН", "10 или 12 цифр, первые две не 00")
    if len(text) == len(_INN_ORGANIZATION) + 1:
        return _compare(text, 10, _weighted(text, _INN_ORGANIZATION) % 11 % 10)
    first = _compare(text, 11, _weighted(text, _INN_PERSON_FIRST) % 11 % 10)
    if first.failed:
        return first
    return _compare(text, 12, _weighted(text, _INN_PERSON_SECOND) % 11 % 10)


def check_ogrn(text: str) -> Verdict:
    """Check a state registration number: 13 digits (OGRN) or 15 (OGRNIP)."""
    if not _OGRN.fullmatch(text):
        return _malformed("ОГРН", "13 цифр (ОГРНИП: 15 цифр)")
    return _compare(text, len(text), int(text[:-1]) % (len(text) - 2) % 10)


def check_snils(text: str) -> Verdict:
    """Check an insurance number, 11 digits plain or as `NNN-NNN-NNN NN`."""
    if not _SNILS.fullmatch(text):
        return _malformed("СНИЛС", "11 цифр или вид NNN-NNN-NNN NN")
    digits = normalize_snils(text)
    if int(digits[:9]) <= _FIRST_CHECKED_SNILS:
        return undefined("Номера до 001-001-998 включительно выданы без контрольного числа.")
    expected = _weighted(digits, range(9, 0, -1)) % 101 % 100
    if int(digits[9:]) == expected:
        return PASSED
    return failed(
        f"Контрольное число СНИЛС: ожидается {expected:02}, стоит {digits[9:]}.", "цифры 10-11"
    )


def normalize_snils(text: str) -> str:
    """Return the 11 digits that are stored and compared."""
    return text.replace("-", "").replace(" ", "")


def check_bik(text: str) -> Verdict:
    """Check the form of a bank identification code: it has no check digit."""
    if not _BIK.fullmatch(text):
        return _malformed("БИК", "9 цифр, первые две 04 (банк) или 00, 01, 02 (казначейство, РКЦ)")
    return PASSED


def check_bank_account(account: str, bik: str) -> Verdict:
    """Check the key of a 20-digit account by the BIK of its bank.

    Bank of Russia No. 515 of 08.09.1997: the key covers three digits of the bank followed by the
    account. Treasury accounts 03… do not have such a key.
    """
    if not _BANK_ACCOUNT.fullmatch(account):
        return _malformed("Номер счёта", "20 цифр")
    form = check_bik(bik)
    if form.failed:
        return form
    if account.startswith("03"):
        return undefined("Казначейский счёт 03… не имеет ключа.")
    keyed = _key_prefix(account, bik) + account
    if (
        sum(weight * int(digit) for weight, digit in zip(cycle((7, 1, 3)), keyed, strict=False))
        % 10
    ):
        return failed("Ключ счёта не сходится с БИК.", "цифра 9")
    return PASSED


def check_uin(text: str) -> Verdict:
    """Check a unique accrual number: 20 or 25 digits."""
    if not _UIN.fullmatch(text):
        return _malformed("УИН", "20 или 25 цифр")
    return _compare(text, len(text), _two_pass(text[:-1]))


def check_okpo(text: str) -> Verdict:
    """Check a statistics code: 8 digits of an organisation or 10 of an entrepreneur."""
    if not _OKPO.fullmatch(text):
        return _malformed("ОКПО", "8 или 10 цифр")
    return _compare(text, len(text), _two_pass(text[:-1]))


def check_oktmo(text: str) -> Verdict:
    """Check the form of a territory code: its check digits are not used in exchange."""
    if not _OKTMO.fullmatch(text):
        return _malformed("ОКТМО", "8 или 11 цифр")
    return PASSED


def check_personal_account(text: str) -> Verdict:
    """Check a personal account; only the 10-digit ones that the hub issues have a check digit."""
    if not is_account_format(text):
        return _malformed("Лицевой счёт", "от 6 до 20 цифр")
    if len(text) != ACCOUNT_LENGTH:
        return undefined("Контрольную цифру имеют только счета из 10 цифр, выданные узлом.")
    return _compare(text, ACCOUNT_LENGTH, _luhn_digit(text[:-1]))


def issue_account(serial: int) -> str:
    """Return the personal account of `serial` (from 0): 10 digits, no leading zero, Luhn (H-16)."""
    if not 0 <= serial <= LAST_ACCOUNT_SERIAL:
        raise ValueError(serial)
    # Spreadsheets of schools and banks drop leading zeros, so there are none.
    body = str(10 ** (ACCOUNT_LENGTH - 2) + serial)
    return f"{body}{_luhn_digit(body)}"


def is_account_format(text: str) -> bool:
    """Tell whether `text` looks like a personal account: 6 to 20 digits (SVC-00-08)."""
    return _PERSONAL_ACCOUNT.fullmatch(text) is not None


def account_check_digit_holds(number: str) -> bool:
    """Tell whether nothing speaks against a well-formed account: the hot path's quick answer."""
    return len(number) != ACCOUNT_LENGTH or int(number[-1]) == _luhn_digit(number[:-1])


def _malformed(name: str, form: str) -> Verdict:
    return failed(f"{name}: ожидается {form}.", "форма")


def _compare(text: str, position: int, expected: int) -> Verdict:
    """Compare the digit at `position` (from 1) with what it must be."""
    seen = text[position - 1]
    if int(seen) == expected:
        return PASSED
    return failed(f"Контрольная цифра: ожидается {expected}, стоит {seen}.", f"цифра {position}")


def _weighted(digits: str, weights: Sequence[int]) -> int:
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=False))


def _key_prefix(account: str, bik: str) -> str:
    in_central_bank = (
        not bik.startswith("04")
        or bik[6:] in _SETTLEMENT_CENTRES
        or account.startswith(("301", "40102"))
    )
    return f"0{bik[4:6]}" if in_central_bank else bik[6:]


def _two_pass(body: str) -> int:
    """Return the check digit of ПР 50.1.024-2005: weights from 1, then from 3, then zero."""
    for shift in (0, 2):
        weights = [(place + shift) % 10 + 1 for place in range(len(body))]
        rest = _weighted(body, weights) % 11
        if rest < 10:  # noqa: PLR2004 -- one decimal digit
            return rest
    return 0


def _luhn_digit(body: str) -> int:
    octets = body.encode("ascii")
    total = sum(octets[-1::-2].translate(_LUHN_DOUBLED)) + sum(octets[-2::-2])
    return (len(octets) * _ZERO - total) % 10
