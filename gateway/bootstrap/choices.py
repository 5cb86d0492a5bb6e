"""What the settings choose by a word; a word that says nothing raises HubBroken."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from ssl import create_default_context

from gateway.bootstrap.binding import HubBroken
from gateway.delivery import Channel, mail
from gateway.delivery.mail import MailChannel, Relay, Security, Sender
from gateway.kernel.message import Contour
from gateway.kernel.ports import Scanner
from gateway.kernel.settings import PREFIX, Settings
from gateway.security import policy
from gateway.security.malware import Clamd, ScannerMisnamed
from gateway.security.revocation import RevocationPolicy
from registry.reference import OPERATOR

LEAST_ATTACHMENT_DAYS = 30
"""A letter that waits for its operator refers to files, too, and no column tells of it."""


def is_demonstration(settings: Settings) -> bool:
    """Tell whether a short plan stands for the suites of the regulations."""
    try:
        return {"full": False, "demonstration": True}[settings.trials]
    except KeyError:
        raise HubBroken(f"{PREFIX}TRIALS: full или demonstration") from None


def signature_policy(settings: Settings, contour: Contour) -> policy.Policy:
    """Return which signatures a contour believes."""
    if contour is Contour.TEST:
        return policy.TEST
    try:
        return {"gost": policy.PRODUCTION_GOST, "any": policy.PRODUCTION}[settings.signatures_prod]
    except KeyError:
        raise HubBroken(f"{PREFIX}SIGNATURES_PROD: gost или any") from None


def revocation(settings: Settings, contour: Contour) -> RevocationPolicy:
    """Return what a contour does when nobody tells of revocations."""
    name = f"revocation_{contour.path}"
    try:
        return RevocationPolicy(getattr(settings, name))
    except ValueError:
        raise HubBroken(f"{PREFIX}{name.upper()}: soft или hard") from None


def documents_contour(settings: Settings) -> Contour:
    """Return the contour whose certificates are believed under documents."""
    try:
        return Contour(settings.documents_trust.upper())
    except ValueError:
        raise HubBroken(f"{PREFIX}DOCUMENTS_TRUST: prod или test") from None


def scanner(settings: Settings) -> Scanner | None:
    """Return what looks for malware in attachments, if it is named."""
    if not settings.scanner:
        return None
    try:
        return Clamd.named(settings.scanner)
    except ScannerMisnamed:
        raise HubBroken(f"{PREFIX}SCANNER: clamd://узел:порт или clamd:///путь/к/сокету") from None


def mail_sender(settings: Settings) -> Sender:
    """Return in whose name letters are written."""
    if not mail.is_mailbox(settings.smtp_from):
        raise HubBroken(f"{PREFIX}SMTP_FROM: нужен адрес электронной почты")
    return Sender(settings.smtp_from, OPERATOR.name)


def mail_channels(settings: Settings) -> Mapping[str, Channel]:
    """Return the channel of mail, if a relay is named."""
    if not settings.smtp_host:
        return {}
    try:
        security = Security(settings.smtp_security)
    except ValueError:
        raise HubBroken(f"{PREFIX}SMTP_SECURITY: none, starttls или tls") from None
    if settings.smtp_login and security is Security.NONE:
        raise HubBroken(f"{PREFIX}SMTP_LOGIN: пароль не передаётся без starttls или tls")
    relay = Relay(
        settings.smtp_host,
        settings.smtp_port,
        security,
        settings.smtp_login,
        settings.smtp_password,
    )
    authorities = settings.smtp_authorities or None
    return {mail.MAIL: MailChannel(relay, partial(create_default_context, cafile=authorities))}


def attachments_kept(settings: Settings) -> timedelta:
    """Return for how long attachments are kept that nobody refers to."""
    if settings.attachment_days < LEAST_ATTACHMENT_DAYS:
        raise HubBroken(f"{PREFIX}ATTACHMENT_DAYS: не меньше {LEAST_ATTACHMENT_DAYS}")
    return timedelta(days=settings.attachment_days)
