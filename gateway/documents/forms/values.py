"""What several forms share: who signs, who is written to, what is referred to."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from gateway.documents.form import Value


class Network(Enum):
    """By which network two systems talk."""

    INTERNET = "сеть Интернет"
    VIPNET = "защищённая сеть ViPNet"
    LEASED = "выделенная сеть"


class BankMethod(Enum):
    """How a bank takes part (ONB-BANK-04)."""

    ACQUIRING = "интернет-эквайринг"
    ONLINE_PAYMENTS = "сервис онлайн-платежей"
    BOTH = "оба варианта"


class OrganizerMethod(Enum):
    """How a food organizer takes part."""

    INTEGRATION = "интеграция"
    ARM = "АРМ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative(Value):
    """Who acts for a side and how he signs."""

    represented_by: str | None = None
    """In the genitive, as it stands after «в лице»."""
    acting_on: str | None = None
    """In the genitive, as it stands after «действующего на основании»."""
    position: str | None = None
    """Under which the signature stands."""
    name: str | None = None
    """Initials and surname in the block of the signature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(Value):
    """The side across from the operator."""

    name: str | None = None
    """In full."""
    short_name: str | None = None
    """In the block of the signature; without it the full name stands there."""
    inn: str | None = None
    bik: str | None = None
    """Of a bank."""
    representative: Representative | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Value):
    """A person who can be reached."""

    name: str | None = None
    """In full."""
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead(Value):
    """The corner stamp of a letter."""

    organization: str | None = None
    """Its name."""
    details: str | None = None
    """Address, INN and so on, in one line."""
    number: str | None = None
    """Outgoing."""
    date: dt.date | None = None
    """Outgoing."""
    reply_to_number: str | None = None
    """Of the letter that is answered."""
    reply_to_date: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period(Value):
    """Days, both of them inside."""

    start: dt.date | None = None
    end: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolReference(Value):
    """A protocol that another document refers to."""

    number: str | None = None
    date: dt.date | None = None
    plan: str | None = None
    """Identifier and version of the plan of trials."""
    digest: str | None = None
    """SHA-256 of its XML, hexadecimal."""
