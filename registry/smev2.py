"""How a participant's system is known in SMEV 2 and what it insists on there (SVC-00-04)."""

import re
from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from gateway.kernel.message import Smev2Profile
from gateway.soap.smev2 import is_mnemonic
from gateway.storage.database import Transaction
from registry import errors, models, records
from registry.change import change_of
from registry.records import Record

PROFILE = Record(
    "smev2",
    models.smev2_profile,
    ("participant",),
    (
        "mnemonic",
        "digest",
        "app_data_type",
        "service_name",
        "service_version",
        "exchange_type",
        "serves",
        "inline_files",
    ),
)
DIGESTS = frozenset({"STREEBOG256", "STREEBOG512", "SHA256", "SHA512"})
"""Algorithms that a DigestValue may be agreed to be of."""

_VERSION = re.compile(r"[0-9]{1,2}\.[0-9]{2}")
_TYPE = re.compile(r"\{[^{}\s]+\}[^\W\d][\w.-]*")


def put(
    transaction: Transaction, code: str, profile: Smev2Profile, now: datetime, actor: str
) -> bool:
    """Let the participant be known so from now on; return False if it is so already.

    Raises ParticipantUnknown, AttributeInvalid.
    """
    _check(profile)
    change = change_of(transaction, now, actor, code)
    other = records.standing(transaction, PROFILE, mnemonic=profile.mnemonic)
    if any(row["participant"] != code for row in other):
        raise errors.AttributeInvalid("Эта мнемоника СМЭВ записана за другим участником.")
    row = {name: getattr(profile, name) for name in PROFILE.values}
    return records.put(change, PROFILE, {"participant": code, **row})


def end(transaction: Transaction, code: str, basis: str, now: datetime, actor: str) -> None:
    """Know the participant in SMEV 2 no more; raise NothingToChange."""
    change = change_of(transaction, now, actor, code)
    records.finish(change, PROFILE, {"participant": code}, basis=basis)


def current(transaction: Transaction) -> Mapping[str, Smev2Profile]:
    """Return the profiles in force by participant."""
    return {row["participant"]: _profile(row) for row in records.standing(transaction, PROFILE)}


def _profile(row: sa.RowMapping) -> Smev2Profile:
    return Smev2Profile(**{name: row[name] for name in PROFILE.values})


def _check(profile: Smev2Profile) -> None:
    if not is_mnemonic(profile.mnemonic):
        raise errors.AttributeInvalid("Мнемоника СМЭВ: четыре знака A-Z, 0-9 и пять цифр.")
    if profile.digest is not None and profile.digest not in DIGESTS:
        raise errors.AttributeInvalid(f"Алгоритм хеша: {', '.join(sorted(DIGESTS))}.")
    if profile.app_data_type is not None and not _TYPE.fullmatch(profile.app_data_type):
        raise errors.AttributeInvalid("Тип AppData: вид {пространство имён}имя.")
    if profile.service_version is not None:
        if not _VERSION.fullmatch(profile.service_version):
            raise errors.AttributeInvalid("Версия сервиса СМЭВ: вид 1.00.")
        if profile.service_name is None:
            raise errors.AttributeInvalid("Версия сервиса указывается вместе с его мнемоникой.")
