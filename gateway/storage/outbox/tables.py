"""Tables of an outbox: one shape in whichever database, and how a letter gets in."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from gateway.storage import append_only
from gateway.storage.database import Transaction
from gateway.storage.outbox.letter import Letter, State
from gateway.storage.query import Query
from gateway.storage.types import Identifier, Instant

SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # SQLite numbers only an INTEGER key

# The indexes below are partial. Their conditions are text, so that a query that repeats them is
# seen to be covered by them on either database, whatever its parameters.
WAITING = sa.text("state = 'WAITING'")
CLAIMED = sa.text("state = 'CLAIMED'")
IN_LINE = sa.text("in_line")

_STATES = ", ".join(f"'{state.value}'" for state in State)
_DELIVERY_COLUMNS = (
    "letter",
    "key",
    "channel",
    "address",
    "state",
    "not_before",
    "due_at",
    "deadline",
    "budget",
    "attempts",
    "holds",
    "in_line",
)


class Outbox:
    """The tables of one outbox; `put` is for those who send."""

    def __init__(self, metadata: sa.MetaData, prefix: str) -> None:
        """Declare the tables on `metadata`, their names beginning with `prefix`."""
        self.channel = f"hub_{prefix}outbox"
        """What PostgreSQL's NOTIFY is called that wakes the deliverers."""
        self.letter = sa.Table(
            f"{prefix}outbox_letter",
            metadata,
            sa.Column("letter", SERIAL, primary_key=True),
            sa.Column("id", Identifier, nullable=False),
            sa.Column("message_id", sa.Text, nullable=False),
            sa.Column("source", sa.Text, nullable=False),
            sa.Column("entry", sa.BigInteger),
            sa.Column("payload", sa.LargeBinary, nullable=False),
            sa.Column("created_at", Instant, nullable=False),
            sa.Index(f"{prefix}outbox_letter_id", "id", unique=True),
            sa.Index(f"{prefix}outbox_letter_source", "source"),
        )
        append_only.protect(self.letter)
        self.delivery = sa.Table(
            f"{prefix}outbox_delivery",
            metadata,
            self._of_letter(primary_key=True, autoincrement=False),
            sa.Column("key", sa.Text, nullable=False),
            sa.Column("channel", sa.Text, nullable=False),
            sa.Column("address", sa.Text, nullable=False),
            sa.Column("state", sa.Text, nullable=False),
            sa.Column("not_before", Instant, nullable=False),
            sa.Column("due_at", Instant, nullable=False),
            sa.Column("deadline", Instant, nullable=False),
            sa.Column("budget", sa.Integer, nullable=False),
            sa.Column("attempts", sa.Integer, nullable=False),
            sa.Column("holds", sa.Boolean, nullable=False),
            sa.Column("in_line", sa.Boolean, nullable=False),
            sa.Column("claimed_by", sa.Text),
            sa.Column("claimed_at", Instant),
            sa.Column("lease_until", Instant),
            sa.Column("ended_at", Instant),
            sa.CheckConstraint(f"state IN ({_STATES})", name=f"{prefix}outbox_delivery_state"),
            sa.CheckConstraint(
                "(state = 'CLAIMED') = (lease_until IS NOT NULL)",
                name=f"{prefix}outbox_delivery_lease",
            ),
            _where(f"{prefix}outbox_delivery_due", WAITING, "address", "due_at", "letter"),
            _where(f"{prefix}outbox_delivery_deadline", WAITING, "deadline"),
            _where(f"{prefix}outbox_delivery_claimed", CLAIMED, "lease_until"),
            _where(f"{prefix}outbox_delivery_line", IN_LINE, "key", "letter"),
        )
        self.attempt = sa.Table(
            f"{prefix}outbox_attempt",
            metadata,
            self._of_letter(primary_key=True, autoincrement=False),
            sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
            sa.Column("started_at", Instant, nullable=False),
            sa.Column("ended_at", Instant, nullable=False),
            sa.Column("verdict", sa.Text, nullable=False),
            sa.Column("code", sa.Text, nullable=False),
            sa.Column("note", sa.Text, nullable=False),
        )
        append_only.protect(self.attempt)
        self.address = sa.Table(
            f"{prefix}outbox_address",
            metadata,
            sa.Column("address", sa.Text, primary_key=True),
            sa.Column("failures", sa.Integer, nullable=False),  # in a row, of reaching it
            sa.Column("open_until", Instant),  # the circuit breaker lets nothing through
            sa.Column("paused_at", Instant),  # by an operator
        )
        self.command = sa.Table(
            f"{prefix}outbox_command",
            metadata,
            sa.Column("id", SERIAL, primary_key=True),
            sa.Column("given_at", Instant, nullable=False),
            sa.Column("actor", sa.Text, nullable=False),
            sa.Column("command", sa.Text, nullable=False),
            sa.Column("address", sa.Text),
            self._of_letter(),
            sa.Column("reason", sa.Text, nullable=False),
        )
        append_only.protect(self.command)
        self._notify = Query(f"SELECT pg_notify('{self.channel}', '')")

    def put(self, transaction: Transaction, letters: Sequence[Letter], now: datetime) -> None:
        """Write letters in the caller's transaction; nothing is sent before it commits.

        Two transactions that write letters of one key at the same time have no order between
        them: whoever needs one locks the object that the letters are about first.
        """
        if not letters:
            return
        written = transaction.execute(
            sa.insert(self.letter).returning(self.letter.c.letter, sort_by_parameter_order=True),
            [
                {
                    "id": one.id,
                    "message_id": one.message_id or str(one.id),
                    "source": one.source,
                    "entry": one.entry,
                    "payload": one.payload,
                    "created_at": now,
                }
                for one in letters
            ],
        )
        numbers = written.scalars().all()
        transaction.insert(
            self.delivery,
            _DELIVERY_COLUMNS,
            [_row(number, one, now) for number, one in zip(numbers, letters, strict=True)],
        )
        transaction.insert(
            self.address,
            ("address", "failures"),
            [(name, 0) for name in sorted({one.address for one in letters})],
            "DO NOTHING",
        )
        self.notify(transaction)

    def notify(self, transaction: Transaction) -> None:
        """Wake the deliverers of every process when the transaction commits (PostgreSQL)."""
        if transaction.on_postgresql:
            transaction.send(self._notify)

    def _of_letter(self, **more: bool) -> sa.Column[int]:
        return sa.Column("letter", sa.BigInteger, sa.ForeignKey(self.letter.c.letter), **more)  # type: ignore[arg-type]


def _where(name: str, condition: sa.TextClause, *columns: str) -> sa.Index:
    return sa.Index(name, *columns, sqlite_where=condition, postgresql_where=condition)


def _row(number: int, letter: Letter, now: datetime) -> tuple[object, ...]:
    not_before = letter.not_before or now
    return (
        number,
        letter.key,
        letter.channel,
        letter.address,
        State.WAITING.value,
        not_before,
        not_before,
        not_before + letter.lifetime,
        letter.budget,
        0,
        letter.holds,
        True,
    )
