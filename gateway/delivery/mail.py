"""The channel `mail`: a letter is an RFC 5322 message, handed to a relay by SMTP.

The message is composed once, when it is written into the outbox, so every attempt carries the same
bytes; its Message-ID is the delivery id, by which the other side recognises a repeat. Nothing of
the relay's answers but its codes is kept: they like to name mailboxes.
"""

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from enum import Enum
from uuid import UUID

from gateway.delivery.channel import Outcome
from gateway.kernel.ports import LOCAL
from gateway.storage.outbox import DAY, Delivery, Letter, Verdict

MAIL = "mail"
"""Name of the channel."""
RELAY = "smtp"
"""Name of the one address of the channel: the relay that the settings name."""
LIFETIME = 5 * DAY
"""As long as mail is usually tried (RFC 5321, 4.5.4.1)."""
BUDGET = 200

_MAILBOX = re.compile(r"([A-Za-z0-9._%+-]{1,64})@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
_ENHANCED = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}\b")
_PERMANENT = 500
_AUTHENTICATION = frozenset({530, 534, 535, 538})
"""Replies about our login: it is not the letter that is wrong (RFC 4954)."""
_CLOSING = 421


class Security(Enum):
    """How the connection to the relay is protected."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


class MailboxInvalid(ValueError):
    """What should be a mailbox is none; the text does not repeat it."""


@dataclass(frozen=True, slots=True)
class Sender:
    """From whom the mail is."""

    mailbox: str
    name: str


@dataclass(frozen=True, slots=True)
class Relay:
    """The server that takes our mail."""

    host: str
    port: int
    security: Security
    login: str = ""
    password: str = ""
    timeout_seconds: float = 30.0
    """Of connecting and of each reply."""


def is_mailbox(text: str) -> bool:
    """Tell whether mail can be sent to `text`: one mailbox, in ASCII, without a display name."""
    return _MAILBOX.fullmatch(text) is not None


def letter(
    delivery: UUID,
    key: str,
    source: str,
    sender: Sender,
    to: str,
    subject: str,
    text: str,
    at: datetime,
) -> Letter:
    """Compose a mail and put it into a letter; raise MailboxInvalid.

    Mail does not hold its key: what was refused is parked, and the next one goes.
    """
    return Letter(
        id=delivery,
        key=key,
        source=source,
        channel=MAIL,
        address=RELAY,
        payload=compose(delivery, sender, to, subject, text, at),
        message_id=_message_id(delivery, sender),
        lifetime=LIFETIME,
        budget=BUDGET,
    )


def compose(
    delivery: UUID, sender: Sender, to: str, subject: str, text: str, at: datetime
) -> bytes:
    """Return the bytes of a plain text message; raise MailboxInvalid.

    A line break in the subject becomes a blank, so nobody adds a header through it.
    """
    message = EmailMessage(policy=policy.SMTP)
    message["Message-ID"] = _message_id(delivery, sender)
    message["Date"] = at.astimezone(LOCAL)
    message["From"] = _address(sender.mailbox, sender.name)
    message["To"] = _address(to)
    message["Subject"] = " ".join(subject.split())
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, charset="utf-8", cte="base64")
    return message.as_bytes()


class MailChannel:
    """Hands letters to a relay, each over a connection of its own."""

    def __init__(
        self,
        relay: Relay,
        tls: Callable[[], ssl.SSLContext] = ssl.create_default_context,
    ) -> None:
        """Prepare; `tls` makes the context that the relay's certificate is checked by."""
        self._relay = relay
        self._tls = tls

    def send(self, delivery: Delivery) -> Outcome:
        """Hand over one letter; what the relay says decides."""
        message = message_from_bytes(delivery.payload, policy=policy.SMTP)
        (recipient,) = message["To"].addresses
        (author,) = message["From"].addresses
        try:
            relay = self._connect()
            try:
                return _hand_over(relay, author.addr_spec, recipient.addr_spec, delivery.payload)
            finally:
                _part(relay)
        except smtplib.SMTPResponseException as refusal:
            return _not_reached(
                _code(refusal.smtp_code, refusal.smtp_error), "не принял соединение"
            )
        except (smtplib.SMTPNotSupportedError, ssl.SSLError):
            return _not_reached("TLS", "не дал защищённого соединения")
        except TimeoutError:
            return _not_reached("TIMEOUT", "не ответил вовремя")
        except (smtplib.SMTPException, OSError):
            return _not_reached("CONNECTION", "недоступен или оборвал соединение")

    def record(self, *_: object, **__: object) -> Sequence[Callable[[], None]]:
        """Do nothing: the delivery itself tells everything."""
        return ()

    def _connect(self) -> smtplib.SMTP:
        relay = self._relay
        connection: smtplib.SMTP
        if relay.security is Security.TLS:
            connection = smtplib.SMTP_SSL(
                relay.host, relay.port, timeout=relay.timeout_seconds, context=self._tls()
            )
        else:
            connection = smtplib.SMTP(relay.host, relay.port, timeout=relay.timeout_seconds)
        try:
            if relay.security is Security.STARTTLS:
                connection.starttls(context=self._tls())
            if relay.login:
                connection.login(relay.login, relay.password)
        except BaseException:
            connection.close()
            raise
        return connection


def _hand_over(relay: smtplib.SMTP, author: str, recipient: str, payload: bytes) -> Outcome:
    """Say MAIL, RCPT and DATA; the first refusal decides."""
    relay.ehlo_or_helo_if_needed()
    for code, words in _conversation(relay, author, recipient, payload):
        if not _is_positive(code):
            return _refused(code, words)
    return Outcome(Verdict.DELIVERED, _code(code, words), "Почтовый сервер принял письмо.")


def _conversation(
    relay: smtplib.SMTP, author: str, recipient: str, payload: bytes
) -> Iterator[tuple[int, bytes | str]]:
    yield relay.mail(author)
    yield relay.rcpt(recipient)
    try:
        yield relay.data(payload)
    except smtplib.SMTPDataError as refusal:
        yield refusal.smtp_code, refusal.smtp_error


def _part(relay: smtplib.SMTP) -> None:
    """Say goodbye: whatever is answered now, the letter's fate is decided."""
    with suppress(smtplib.SMTPException, OSError):
        relay.quit()
    relay.close()


def _is_positive(code: int) -> bool:
    return 200 <= code < 300  # noqa: PLR2004 -- RFC 5321, 4.2.1


def _refused(code: int, words: bytes | str) -> Outcome:
    told = _code(code, words)
    if code == _CLOSING or code in _AUTHENTICATION:
        return _not_reached(told, "сейчас не обслуживает узел")
    if code >= _PERMANENT:
        return Outcome(Verdict.NEVER, told, "Почтовый сервер отказался принять письмо.")
    return Outcome(Verdict.LATER, told, "Почтовый сервер просит повторить позже.")


def _not_reached(code: str, what: str) -> Outcome:
    return Outcome(Verdict.UNREACHED, code, f"Почтовый сервер {what}.")


def _code(code: int, words: bytes | str) -> str:
    """Return the reply code with the enhanced one (RFC 3463), and none of the words."""
    octets = words if isinstance(words, bytes) else words.encode("utf-8", "replace")
    found = _ENHANCED.match(octets)
    return f"{code} {found[0].decode('ascii')}" if found else str(code)


def _message_id(delivery: UUID, sender: Sender) -> str:
    return f"<{delivery}@{_split(sender.mailbox)[1]}>"


def _address(mailbox: str, name: str = "") -> Address:
    user, domain = _split(mailbox)
    return Address(" ".join(name.split()), user, domain)


def _split(mailbox: str) -> tuple[str, str]:
    match = _MAILBOX.fullmatch(mailbox)
    if match is None:
        raise MailboxInvalid("адрес электронной почты записан неверно")
    return match[1], match[2]
