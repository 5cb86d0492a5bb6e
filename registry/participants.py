"""Changes of the participant registry: what `hub participant` does.

Every change is one transaction that raises the version of the registry (so every directory sees
it) and leaves a row in the change log: who, when, what, from what to what (SEC-13).
"""

import secrets
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from gateway.kernel import identifiers
from gateway.kernel.errors import IllegalTransition
from gateway.kernel.message import BankTerms, Contour, SignatureInTest
from gateway.kernel.ports import Clock
from gateway.storage.database import Database
from registry import entry, errors, kinds, models
from registry.change import Change, changing
from registry.entry import Newcomer
from registry.kinds import ParticipantKind, SubKind
from registry.onboarding import access
from registry.onboarding.services import published as published_services
from registry.passwords import PASSWORD_BYTES, SALT_BYTES, hash_password, spell

__all__ = [
    "CREDIT_DAYS",
    "DIALECTS",
    "IssuedCredentials",
    "Newcomer",
    "ParticipantKind",
    "Registrar",
    "SubKind",
    "published_services",
]

DIALECTS = frozenset({"osmp", "sberbank"})
"""HTTP GET front doors that a bank may be given."""

CREDIT_DAYS = range(3, 6)
"""Banking days from payment to crediting that the regulation allows (MEAL-BANK-07)."""


@dataclass(frozen=True, slots=True)
class IssuedCredentials:
    """A login and its password, which nobody will ever see again."""

    login: str
    password: str


class Registrar:
    """Changes the registry in the name of `actor`."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        actor: str,
        *,
        random: Callable[[int], bytes] = secrets.token_bytes,
        services: Callable[[], Collection[str]] = published_services,
    ) -> None:
        """`actor` is the operator's name as the change log shall tell it."""
        self._database = database
        self._clock = clock
        self._actor = actor
        self._random = random
        self._services = services

    def add(self, newcomer: Newcomer) -> None:
        """Enter a candidate; raise ParticipantExists or AttributeInvalid."""
        with self._database.writing() as transaction:
            entry.enter(transaction, newcomer, self._clock(), self._actor)

    def suspend(self, code: str, basis: str) -> None:
        """Close both contours at once; `basis` names the decision or the letter (GW-09).

        Raises NothingToChange for a participant that is suspended or was never let in, and
        SingleOperator for the operator.
        """
        with self._changing(code) as change:
            if change.kind == ParticipantKind.OPERATOR.value:
                raise errors.SingleOperator
            standing = access.standing_of(change.transaction, code, change.now)
            if not standing.opens(Contour.TEST):
                raise errors.NothingToChange(f"Состояние {standing.state.value}: закрывать нечего.")
            access.suspend(change, basis)
            access.settle_state(change, basis)

    def resume(self, code: str, basis: str) -> None:
        """End a suspension of the participant as such; raise NothingToChange if there is none.

        What its cases have opened is open again. The suspension of a case ends with a step of it.
        """
        with self._changing(code) as change:
            if not access.resume(change):
                raise errors.NothingToChange("Приостановления без дела о подключении нет.")
            access.settle_state(change, basis)

    def choose_sub_kind(self, code: str, sub_kind: SubKind) -> None:
        """Say what the participant is more closely; raise NothingToChange if it is so already."""
        with self._database.writing() as transaction:
            if not entry.choose_sub_kind(transaction, code, sub_kind, self._clock(), self._actor):
                raise errors.NothingToChange

    def issue_credentials(self, code: str, contour: Contour) -> IssuedCredentials:
        """Make a login and a password for one contour; the password is not kept anywhere.

        Earlier credentials go on working until they are revoked, so that a system can change over.
        Raises IllegalTransition while the participant's state does not open the contour.
        """
        password = spell(self._random(PASSWORD_BYTES))
        kept = hash_password(password, self._random(SALT_BYTES))
        with self._changing(code) as change:
            _require_open(change, contour)
            if not access.may_have_test_credentials(change.transaction, code, change.kind):
                raise IllegalTransition(
                    "Тестовые учётные данные выдаются с начала разработки: "
                    f"шаг {access.CREDENTIALS_FROM[change.kind]} дела о подключении."
                )
            login = change.free_login(f"{code.lower()}-{contour.path}")
            change.insert(
                models.credential,
                login=login,
                participant=code,
                contour=contour.value,
                salt=kept.salt,
                hash=kept.hash,
                cost=kept.cost,
                block_size=kept.block_size,
                parallelism=kept.parallelism,
                created_at=change.now,
            )
            change.log("credentials", None, {"login": login, "contour": contour.value})
        return IssuedCredentials(login, password)

    def revoke_credentials(self, code: str, login: str) -> None:
        """End a login for ever; raise NothingToChange if it does not work anyway."""
        with self._changing(code) as change:
            change.end(models.credential, {"participant": code, "login": login})
            change.log("credentials", {"login": login}, None)

    def grant(self, code: str, service: str, contour: Contour) -> None:
        """Give the access right to a service, such as `meals/bank-payment`, in the test contour.

        Raises IllegalTransition for production, whose rights come from the signed act alone, and
        before the test contour is open; ServiceNotForKind for a service of other participants.
        """
        if service not in self._services():
            raise errors.ServiceUnknown(f"Сервис {service} не опубликован.")
        _require_test(contour)
        with self._changing(code) as change:
            sub_kind = None if change.sub_kind is None else SubKind(change.sub_kind)
            if not kinds.may_be_given(ParticipantKind(change.kind), sub_kind, service):
                raise errors.ServiceNotForKind(
                    f"Участнику {code} вида {change.kind} сервис {service} не открывают."
                )
            _require_open(change, contour)
            right = {"service": service, "contour": contour.value}
            change.open(models.access_right, {"participant": code, **right})
            change.log("right", None, right)

    def revoke(self, code: str, service: str, contour: Contour) -> None:
        """Take the access right back; raise NothingToChange if there is none.

        Production is closed by a suspension, not service by service: raises IllegalTransition.
        """
        _require_test(contour)
        with self._changing(code) as change:
            right = {"service": service, "contour": contour.value}
            change.end(models.access_right, {"participant": code, **right})
            change.log("right", right, None)

    def set_signature_in_test(self, code: str, policy: SignatureInTest) -> None:
        """Say whether the test contour takes unsigned messages of the participant."""
        table = models.participant
        with self._changing(code) as change:
            row = change.first(sa.select(table.c.signature_in_test).where(table.c.code == code))
            before = None if row is None else row["signature_in_test"]
            if before == policy.value:
                raise errors.NothingToChange
            change.update_participant(signature_in_test=policy.value)
            change.log("signature-in-test", before, policy.value)

    def switch_dialect(self, code: str, dialect: str, *, on: bool) -> None:
        """Switch an HTTP GET front door of a bank on or off."""
        if dialect not in DIALECTS:
            raise errors.AttributeInvalid(f"Диалекта {dialect} нет.")
        with self._changing(code) as change:
            change.require_bank()
            key = {"participant": code, "dialect": dialect}
            if on:
                change.open(models.dialect_switch, key)
                change.log("dialect", None, dialect)
            else:
                change.end(models.dialect_switch, key)
                change.log("dialect", dialect, None)

    def set_terms(self, code: str, terms: BankTerms) -> None:
        """Record what was agreed with a bank; raise AttributeInvalid or NothingToChange.

        Exception days of the terms are not taken from here: `mark_bank_day` sets them.
        """
        _check_terms(terms)
        with self._changing(code) as change:
            change.require_bank()
            table = models.bank_terms
            values = {
                "credit_mode": terms.credit_mode.value,
                "credit_days": terms.credit_days,
                "bank_name": terms.bank_name,
                "bik": terms.bik,
            }
            row = change.first(sa.select(table).where(table.c.participant == code))
            before = None if row is None else {name: row[name] for name in values}
            if before == values:
                raise errors.NothingToChange
            if before is None:
                change.insert(table, participant=code, changed_at=change.now, **values)
            else:
                change.execute(
                    sa.update(table)
                    .where(table.c.participant == code)
                    .values(changed_at=change.now, **values)
                )
            change.log("terms", before, values)

    def mark_bank_day(self, code: str, day: date, *, banking: bool) -> None:
        """Make `day` settle, or not settle, at this bank whatever the calendar says (CAL-05)."""
        with self._changing(code) as change:
            change.require_bank()
            change.open(models.bank_day, {"participant": code, "day": day}, banking=banking)
            change.log("bank-day", None, {"day": day.isoformat(), "banking": banking})

    def clear_bank_day(self, code: str, day: date) -> None:
        """Let the calendar decide about `day` again."""
        with self._changing(code) as change:
            change.end(models.bank_day, {"participant": code, "day": day})
            change.log("bank-day", {"day": day.isoformat()}, None)

    def bind(self, bank: str, organizer_inn: str, contract_number: str, since: date) -> None:
        """Bind an organizer of meals to a bank from `since` on (MEAL-BANK-09).

        Raises NothingToChange when a binding of the two reaches into that time.
        """
        entry.require("ИНН организатора", identifiers.check_inn(organizer_inn))
        table = models.organizer_binding
        with self._changing(bank) as change:
            change.require_bank()
            overlapping = sa.select(table.c.id).where(
                table.c.bank == bank,
                table.c.organizer_inn == organizer_inn,
                sa.or_(table.c.until.is_(None), table.c.until >= since),
            )
            if change.first(overlapping) is not None:
                raise errors.NothingToChange("Этот организатор уже закреплён за банком.")
            binding = {"organizer_inn": organizer_inn, "contract_number": contract_number}
            change.insert(table, bank=bank, since=since, created_at=change.now, **binding)
            change.log("binding", None, {**binding, "since": since.isoformat()})

    def unbind(self, bank: str, organizer_inn: str, last_day: date) -> None:
        """End the binding with `last_day`; raise NothingToChange if there is none to end."""
        table = models.organizer_binding
        with self._changing(bank) as change:
            standing = sa.select(table).where(
                table.c.bank == bank,
                table.c.organizer_inn == organizer_inn,
                table.c.until.is_(None),
                table.c.since <= last_day,
            )
            row = change.first(standing)
            if row is None:
                raise errors.NothingToChange("Действующего закрепления нет.")
            change.execute(sa.update(table).where(table.c.id == row["id"]).values(until=last_day))
            binding = {
                "organizer_inn": organizer_inn,
                "contract_number": row["contract_number"],
                "since": row["since"].isoformat(),
            }
            change.log("binding", binding, {**binding, "until": last_day.isoformat()})

    def _changing(self, code: str) -> AbstractContextManager[Change]:
        return changing(self._database, self._clock(), self._actor, code)


def _require_test(contour: Contour) -> None:
    if contour is not Contour.TEST:
        raise IllegalTransition(
            "Права в продуктивном контуре даёт подписанный акт, закрывает приостановление."
        )


def _require_open(change: Change, contour: Contour) -> None:
    """Hold credentials and rights to the facts of the moment (GW-09)."""
    standing = access.standing_of(change.transaction, change.code, change.now)
    if not standing.opens(contour):
        raise IllegalTransition(
            f"Состояние {standing.state.value} не открывает контур {contour.value}."
        )


def _check_terms(terms: BankTerms) -> None:
    if terms.credit_days not in CREDIT_DAYS:
        raise errors.AttributeInvalid("Срок зачисления: от 3 до 5 банковских дней.")
    if not terms.bank_name.strip():
        raise errors.AttributeInvalid("Наименование банка пусто.")
    entry.require("БИК", identifiers.check_bik(terms.bik))
