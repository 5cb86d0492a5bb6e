"""Column types that mean the same on PostgreSQL and SQLite."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect

from gateway.kernel import money
from gateway.storage.vault import vault_of


class Instant(sa.TypeDecorator[datetime]):
    """A moment in UTC: `timestamptz`, or ISO text that sorts as time on SQLite (CAL-01)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        """Choose the column type of the dialect."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(sa.Text())
        return dialect.type_descriptor(postgresql.TIMESTAMP(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ANN401 -- the base class says Any
        """Give SQLite the text form."""
        if value is None or dialect.name != "sqlite":
            return value
        return instant_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ANN401, ARG002 -- the base class says so
        """Return an aware moment in UTC."""
        return None if value is None else as_instant(value)


class Roubles(sa.TypeDecorator[Decimal]):
    """Roubles in Python, whole kopecks in a bigint column (NFR-12)."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002 -- signature of the base class
        """Store kopecks."""
        return None if value is None else money.to_kopecks(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002 -- signature of the base class
        """Return roubles with two places."""
        return None if value is None else money.to_roubles(int(value))


class Identifier(sa.TypeDecorator[UUID]):
    """A UUID: native on PostgreSQL, its text on SQLite."""

    impl = sa.Uuid
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        """Choose the column type of the dialect."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(sa.Text())
        return dialect.type_descriptor(postgresql.UUID(as_uuid=True))

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> Any:  # noqa: ANN401 -- the base class says Any
        """Give SQLite the text form."""
        if value is None or dialect.name != "sqlite":
            return value
        return str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:  # noqa: ANN401, ARG002 -- the base class says so
        """Return a UUID."""
        return None if value is None else as_uuid(value)


class Sealed(sa.TypeDecorator[str]):
    """Personal data: text in Python, sealed by the installation's key in the database (SEC-10).

    Two equal texts are stored differently; to find one again keep `Vault.mark` beside it.
    """

    impl = sa.Text
    cache_ok = True

    def __init__(self, place: str) -> None:
        """`place` is `table.column`: a value copied elsewhere does not open."""
        super().__init__()
        self.place = place

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Seal; raise VaultClosed without a key."""
        return None if value is None else vault_of(dialect).seal(self.place, value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Open; raise VaultClosed for another key."""
        return None if value is None else vault_of(dialect).open(self.place, value)


def instant_text(moment: datetime) -> str:
    """Return the stored text of a moment: UTC, microseconds always written."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def as_instant(value: datetime | str) -> datetime:
    """Read a moment as either database returns it."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.astimezone(UTC)


def as_day(value: date | str) -> date:
    """Read a date as either database returns it."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def as_uuid(value: UUID | str) -> UUID:
    """Read a UUID as either database returns it."""
    return UUID(value) if isinstance(value, str) else value
