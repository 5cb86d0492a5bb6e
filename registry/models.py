"""Tables of the participant registry. Nothing is deleted: what ends gets the moment of its end."""

import sqlalchemy as sa

from gateway.storage import append_only
from gateway.storage.database import registry_metadata
from gateway.storage.types import Instant

_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # SQLite numbers only an INTEGER key


def _participant(name: str = "participant") -> sa.Column[str]:
    return sa.Column(name, sa.Text, sa.ForeignKey("participant.code"), nullable=False)


def _one_open(name: str, *columns: str) -> sa.Index:
    """Allow one row without an end per `columns`."""
    still_open = sa.text("ended_at IS NULL")
    return sa.Index(
        name, *columns, unique=True, sqlite_where=still_open, postgresql_where=still_open
    )


participant = sa.Table(
    "participant",
    registry_metadata,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),  # ParticipantKind
    sa.Column("state", sa.Text, nullable=False),  # ParticipantState
    sa.Column("inn", sa.Text),
    sa.Column("kpp", sa.Text),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
    # SignatureInTest: whether the test contour takes unsigned messages with credentials.
    sa.Column("signature_in_test", sa.Text, nullable=False, server_default="OPTIONAL"),
)

credential = sa.Table(
    "credential",
    registry_metadata,
    sa.Column("login", sa.Text, primary_key=True),
    _participant(),
    sa.Column("contour", sa.Text, nullable=False),
    # scrypt (RFC 7914) with the cost it was made with, so that a later cost can stand beside it.
    sa.Column("salt", sa.LargeBinary, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    sa.Column("cost", sa.Integer, nullable=False),
    sa.Column("block_size", sa.Integer, nullable=False),
    sa.Column("parallelism", sa.Integer, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
)

access_right = sa.Table(
    "access_right",
    registry_metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    _participant(),
    sa.Column("service", sa.Text, nullable=False),  # contract family: meals/bank-payment
    sa.Column("contour", sa.Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    _one_open("access_right_open", "participant", "service", "contour"),
)

dialect_switch = sa.Table(
    "dialect_switch",
    registry_metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    _participant(),
    sa.Column("dialect", sa.Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    _one_open("dialect_switch_open", "participant", "dialect"),
)

bank_terms = sa.Table(
    "bank_terms",
    registry_metadata,
    sa.Column("participant", sa.Text, sa.ForeignKey("participant.code"), primary_key=True),
    sa.Column("credit_mode", sa.Text, nullable=False),  # CreditMode
    sa.Column("credit_days", sa.Integer, nullable=False),
    sa.Column("bank_name", sa.Text, nullable=False),
    sa.Column("bik", sa.Text, nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
    sa.CheckConstraint("credit_days BETWEEN 3 AND 5", name="bank_terms_credit_days"),
)

bank_day = sa.Table(
    "bank_day",
    registry_metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    _participant(),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("banking", sa.Boolean, nullable=False),  # otherwise than the calendar says (CAL-05)
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    _one_open("bank_day_open", "participant", "day"),
)

organizer_binding = sa.Table(
    "organizer_binding",
    registry_metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    _participant("bank"),
    sa.Column("organizer_inn", sa.Text, nullable=False),
    sa.Column("contract_number", sa.Text, nullable=False),
    sa.Column("since", sa.Date, nullable=False),
    sa.Column("until", sa.Date),  # last day of the binding
    sa.Column("created_at", Instant, nullable=False),
    sa.Index("organizer_binding_pair", "bank", "organizer_inn"),
)

certificate = sa.Table(
    "certificate",
    registry_metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    _participant(),
    sa.Column("contour", sa.Text, nullable=False),
    sa.Column("purpose", sa.Text, nullable=False),  # Purpose
    sa.Column("thumbprint", sa.Text, nullable=False),  # SHA-256 of the DER, hexadecimal
    sa.Column("der", sa.LargeBinary, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("issuer", sa.Text, nullable=False),
    sa.Column("serial", sa.Text, nullable=False),  # hexadecimal
    sa.Column("inn", sa.Text),
    sa.Column("ogrn", sa.Text),
    sa.Column("not_before", Instant, nullable=False),
    sa.Column("not_after", Instant, nullable=False),
    sa.Column("vouched_by", sa.Text),  # thumbprint of the predecessor that signed the enrolment
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    sa.Column("revoked", sa.Text),  # why; an ended certificate without it was only replaced
    _one_open("certificate_open", "contour", "thumbprint"),
    sa.Index("certificate_thumbprint", "thumbprint"),
)

certificate_notice = sa.Table(
    "certificate_notice",
    registry_metadata,
    sa.Column("certificate", sa.BigInteger, sa.ForeignKey("certificate.id"), primary_key=True),
    sa.Column("step", sa.Integer, primary_key=True),  # days before the end, of the ladder
    sa.Column("days_left", sa.Integer, nullable=False),  # when it was written; fewer if late
    sa.Column("noted_at", Instant, nullable=False),
)

authority = sa.Table(
    "authority",
    registry_metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    sa.Column("contour", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),  # Role
    sa.Column("thumbprint", sa.Text, nullable=False),
    sa.Column("der", sa.LargeBinary, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("not_after", Instant, nullable=False),
    # The only addresses that this authority is asked at, whatever its certificates say.
    sa.Column("crl_address", sa.Text),
    sa.Column("ocsp_address", sa.Text),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    _one_open("authority_open", "contour", "thumbprint"),
)

revocation_list = sa.Table(
    "revocation_list",
    registry_metadata,
    sa.Column("issuer", sa.Text, primary_key=True),  # thumbprint of the authority
    sa.Column("der", sa.LargeBinary, nullable=False),
    sa.Column("this_update", Instant, nullable=False),
    sa.Column("next_update", Instant, nullable=False),
    sa.Column("fetched_at", Instant, nullable=False),
)

revocation_answer = sa.Table(
    "revocation_answer",
    registry_metadata,
    sa.Column("issuer", sa.Text, primary_key=True),
    sa.Column("thumbprint", sa.Text, primary_key=True),  # of the certificate asked about
    sa.Column("der", sa.LargeBinary, nullable=False),  # the OCSP response as it came
    sa.Column("status", sa.Text, nullable=False),  # Status
    sa.Column("this_update", Instant, nullable=False),
    sa.Column("next_update", Instant, nullable=False),
    sa.Column("revoked_at", Instant),
    sa.Column("fetched_at", Instant, nullable=False),
)

revocation_attempt = sa.Table(
    "revocation_attempt",
    registry_metadata,
    sa.Column("address", sa.Text, primary_key=True),
    sa.Column("thumbprint", sa.Text, primary_key=True),  # of the authority or certificate
    sa.Column("tried_at", Instant, nullable=False),
    sa.Column("failure", sa.Text),  # in Russian; absent when the last attempt succeeded
)

registry_version = sa.Table(
    "registry_version",
    registry_metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.CheckConstraint("id = 1", name="registry_version_single"),
)

change_log = sa.Table(
    "change_log",
    registry_metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    sa.Column("changed_at", Instant, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    # None for what belongs to no participant: authorities.
    sa.Column("participant", sa.Text, sa.ForeignKey("participant.code")),
    sa.Column("subject", sa.Text, nullable=False),  # what was changed: state, right, terms ...
    sa.Column("before", sa.Text),  # JSON; absent for what is new
    sa.Column("after", sa.Text),  # JSON; absent for what has ended
    sa.Column("basis", sa.Text),  # the document behind the change, as the operator named it
    sa.Index("change_log_participant", "participant", "id"),
)
append_only.protect(change_log)
