"""Sub-kinds, cards with versions, contacts, agreements, systems, endpoints, bindings, users."""

import sqlalchemy as sa
from alembic import op

from gateway.storage.types import Identifier, Instant

revision = "0004"
down_revision = "0003"

_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_STILL_OPEN = sa.text("ended_at IS NULL")
_OPERATOR = sa.text("kind = 'OPERATOR'")

# Who has joined before agreements were kept, has joined by what the operator named then.
_KNOWN_AGREEMENTS = """
    INSERT INTO agreement (participant, kind, number, registered_at, created_at)
    SELECT participant, 'JOIN', COALESCE(basis, 'не указан'), changed_at, changed_at
    FROM change_log
    WHERE id IN (
        SELECT min(id) FROM change_log
        WHERE subject = 'state' AND after = '"JOINED"' GROUP BY participant
    )
    ORDER BY id
"""


def upgrade() -> None:
    """Add the tables, and the agreements that the change log already knows."""
    op.add_column("participant", sa.Column("sub_kind", sa.Text()))
    op.create_index(
        "participant_operator",
        "participant",
        ["kind"],
        unique=True,
        sqlite_where=_OPERATOR,
        postgresql_where=_OPERATOR,
    )
    _create_cards()
    _create_systems()
    _create_bindings()
    _create_users()
    op.execute(_KNOWN_AGREEMENTS)


def _create_cards() -> None:
    _create(
        "organization_version",
        ("participant",),
        _participant(),
        _text("full_name", nullable=False),
        _text("short_name", nullable=False),
        _text("inn"),
        _text("kpp"),
        _text("ogrn"),
        _text("legal_form"),
        _text("address"),
        _text("postal_address"),
        _text("head_name"),
        _text("phone"),
        _text("bank_name"),
        _text("bik"),
        _text("account"),
        _text("correspondent_account"),
        references=("participant",),
    )
    _create(
        "contact",
        ("participant", "role"),
        _participant(),
        _text("role", nullable=False),
        _text("full_name", nullable=False),
        _text("position"),
        _text("phone", nullable=False),
        _text("email", nullable=False),
        sa.Column("powers_ended_on", sa.Date()),
        references=("participant",),
    )
    _create(
        "agreement",
        ("participant", "kind", "number"),
        _participant(),
        _text("kind", nullable=False),
        _text("number", nullable=False),
        sa.Column("registered_at", Instant(), nullable=False),
        _text("incoming_number"),
        references=("participant",),
    )


def _create_systems() -> None:
    _create(
        "information_system",
        ("code",),
        _text("code", nullable=False),
        _participant("owner"),
        _text("name", nullable=False),
        _text("version"),
        _text("known_as"),
        _text("platform"),
        references=("owner",),
    )
    op.create_index("information_system_owner", "information_system", ["owner"])
    _create(
        "endpoint",
        ("participant", "service", "contour"),
        sa.Column("endpoint_id", Identifier(), nullable=False),
        _participant(),
        _text("service", nullable=False),
        _text("contour", nullable=False),
        _text("url", nullable=False),
        _text("network", nullable=False),
        _text("format_version", nullable=False),
        _text("smev_number"),
        sa.UniqueConstraint("endpoint_id"),
        references=("participant",),
    )


def _create_bindings() -> None:
    _create(
        "acquirer_binding",
        ("organizer",),
        _participant("organizer"),
        _participant("bank"),
        _text("contract_number", nullable=False),
        sa.Column("contract_date", sa.Date(), nullable=False),
        _text("contact_name", nullable=False),
        _text("contact_phone", nullable=False),
        _text("contact_email", nullable=False),
        references=("organizer", "bank"),
    )
    _create(
        "school_binding",
        ("school", "building", "since"),
        _text("school", nullable=False),
        _text("building", nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        _participant("organizer"),
        _text("contract_number", nullable=False),
        sa.Column("until", sa.Date()),
        references=("organizer",),
    )


def _create_users() -> None:
    _create(
        "registry_user",
        ("user_id",),
        sa.Column("user_id", Identifier(), nullable=False),
        _participant(),
        _text("full_name", nullable=False),
        _text("snils", nullable=False),
        sa.Column("snils_mark", sa.LargeBinary(), nullable=False),
        references=("participant",),
    )
    _one_open("registry_user_person", "registry_user", ("participant", "snils_mark"))
    _create(
        "role_grant",
        ("user_id", "role", "participant"),
        sa.Column("user_id", Identifier(), nullable=False),
        _text("role", nullable=False),
        _participant(),
        _text("granted_by", nullable=False),
        references=("participant",),
    )
    _create(
        "consent",
        ("user_id", "version"),
        sa.Column("user_id", Identifier(), nullable=False),
        _text("version", nullable=False),
        sa.Column("accepted_at", Instant(), nullable=False),
    )


def _create(
    name: str,
    key: tuple[str, ...],
    *parts: sa.schema.SchemaItem,
    references: tuple[str, ...] = (),
) -> None:
    """Make a table whose rows begin and end, one of them open per `key`."""
    op.create_table(
        name,
        sa.Column("id", _SERIAL, nullable=False),
        *parts,
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant()),
        sa.PrimaryKeyConstraint("id"),
        *(sa.ForeignKeyConstraint([column], ["participant.code"]) for column in references),
    )
    _one_open(f"{name}_open", name, key)


def _one_open(name: str, table: str, key: tuple[str, ...]) -> None:
    op.create_index(
        name,
        table,
        list(key),
        unique=True,
        sqlite_where=_STILL_OPEN,
        postgresql_where=_STILL_OPEN,
    )


def _participant(name: str = "participant") -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _text(name: str, *, nullable: bool = True) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)
