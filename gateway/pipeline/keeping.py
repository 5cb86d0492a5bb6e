"""The files of a message are looked at and kept before it is handled; never on the writer."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from gateway.adapter import Job, JobContext
from gateway.kernel.message import Attachment
from gateway.kernel.ports import Scanner
from gateway.security.malware import AttachmentInfected
from gateway.storage import attachments, retention, verdicts
from gateway.storage.database import Database

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Keeper:
    """Keeps attachments in a contour; without a scanner nobody looks into them."""

    database: Database
    scanner: Scanner | None = None

    def keep(self, part: Attachment, now: datetime) -> None:
        """Keep an attachment; raise AttachmentInfected, ScannerUnreachable."""
        if self.scanner is not None and self._finding(self.scanner, part, now) is not None:
            raise AttachmentInfected
        attachments.keep(self.database, part, now)

    def _finding(self, scanner: Scanner, part: Attachment, now: datetime) -> str | None:
        """Return what was found; the same content is looked at once a day."""
        known = verdicts.known(self.database, part.sha256, now)
        if known is not None:
            return known.finding
        finding = scanner.scan(part)
        verdicts.remember(self.database, part.sha256, finding, now)
        return finding


def retention_job(term: timedelta) -> Job:
    """Return what takes away files that nothing needs after their term (JOB-23)."""

    def take_away(context: JobContext, now: datetime) -> bool:
        with context.begin() as work:
            removed = retention.sweep(work.database, now - term)
            verdicts.forget(work.database, now)
        if removed.files:
            log.info("%d attachments of %d bytes taken away", removed.files, removed.octets)
        return False

    return Job("attachments.retention", take_away, cron="20 * * * *")
