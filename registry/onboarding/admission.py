"""Limited admissions are counted where every process sees it, message by message."""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa

from gateway.kernel.errors import AdmissionEnded, TemporaryUnavailable
from gateway.kernel.message import Admission
from gateway.kernel.ports import LOCAL
from gateway.storage.database import Database
from registry.onboarding import models

UseAdmission = Callable[[Admission, datetime], None]
"""Takes one message off an admission; raises AdmissionEnded."""


class AdmissionBook:
    """Counts in the registry's database: it survives a restart and is one for all processes."""

    def __init__(self, database: Database) -> None:
        """Prepare; nothing is opened yet."""
        self._database = database

    def __call__(self, admission: Admission, now: datetime) -> None:
        """Take one message off the quota before it is handled.

        Raises AdmissionEnded after the term, beyond the quota or when the admission was ended;
        TemporaryUnavailable while the registry's database does not answer.
        """
        check_term(admission, now)
        table = models.limited_admission
        take = (
            sa.update(table)
            .where(
                table.c.id == admission.id,
                table.c.used < table.c.quota,
                table.c.until > now,
                table.c.ended_at.is_(None),
            )
            .values(used=table.c.used + 1)
        )
        try:
            with self._database.writing() as transaction:
                taken = transaction.execute(take).rowcount
        except (sa.exc.OperationalError, sa.exc.InterfaceError) as error:
            raise TemporaryUnavailable from error
        if not taken:
            raise AdmissionEnded(
                "Ограниченный допуск в продуктивный контур закончился: "
                f"квота {admission.quota} сообщений исчерпана или допуск прекращён."
            )


def check_term(admission: Admission, now: datetime) -> None:
    """Raise AdmissionEnded when the term of the admission is over."""
    if now >= admission.until:
        raise AdmissionEnded(
            "Срок ограниченного допуска в продуктивный контур истёк "
            f"{admission.until.astimezone(LOCAL):%d.%m.%Y в %H:%M}."
        )
