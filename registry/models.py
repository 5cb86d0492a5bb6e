"""Tables of the participant registry. Nothing is deleted: what ends gets the moment of its end."""

import sqlalchemy as sa

from gateway.storage import append_only
from gateway.storage.database import registry_metadata
from gateway.storage.types import Identifier, Instant, Sealed

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
    sa.Column("sub_kind", sa.Text),  # SubKind
    # There is one operator, whatever happens at the same time (PART-01).
    sa.Index(
        "participant_operator",
        "kind",
        unique=True,
        sqlite_where=sa.text("kind = 'OPERATOR'"),
        postgresql_where=sa.text("kind = 'OPERATOR'"),
    ),
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

organization_version = sa.Table(
    "organization_version",
    registry_metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    _participant(),
    sa.Column("full_name", sa.Text, nullable=False),
    sa.Column("short_name", sa.Text, nullable=False),
    sa.Column("inn", sa.Text),
    sa.Column("kpp", sa.Text),
    sa.Column("ogrn", sa.Text),
    sa.Column("legal_form", sa.Text),
    sa.Column("address", sa.Text),
    sa.Column("postal_address", sa.Text),
    sa.Column("head_name", Sealed("organization_version.head_name")),
    sa.Column("phone", sa.Text),
    sa.Column("bank_name", sa.Text),
    sa.Column("bik", sa.Text),
    sa.Column("account", sa.Text),
    sa.Column("correspondent_account", sa.Text),
    sa.Column("valid_from", sa.Date),  # from when it is in force; empty: at once
    sa.Column("created_at", Instant, nullable=False),  # from when the version stands
    sa.Column("ended_at", Instant),
    _one_open("organization_version_open", "participant"),
)

organization_statement = sa.Table(
    "organization_statement",  # what a participant has told of itself, so that a repeat is one
    registry_metadata,
    sa.Column("participant", sa.Text, sa.ForeignKey("participant.code"), primary_key=True),
    sa.Column("digest", sa.LargeBinary, primary_key=True),  # of the message's content
    sa.Column("version", sa.Integer, nullable=False),  # which card it came to, counted from 1
    sa.Column("told_at", Instant, nullable=False),
)

contact = sa.Table(
    "contact",
    registry_metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    _participant(),
    sa.Column("role", sa.Text, nullable=False),  # ContactRole
    sa.Column("full_name", Sealed("contact.full_name"), nullable=False),
    sa.Column("position", sa.Text),
    sa.Column("phone", Sealed("contact.phone"), nullable=False),
    sa.Column("email", Sealed("contact.email"), nullable=False),
    sa.Column("powers_ended_on", sa.Date),  # the owner says so; a successor is awaited (PART-14)
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    _one_open("contact_open", "participant", "role"),
)

agreement = sa.Table(
    "agreement",
    registry_metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    _participant(),
    sa.Column("kind", sa.Text, nullable=False),  # AgreementKind
    sa.Column("number", sa.Text, nullable=False),
    # The instant of registration is the one from which a participant has joined (PART-04).
    sa.Column("registered_at", Instant, nullable=False),
    sa.Column("incoming_number", sa.Text),  # in the operator's document flow (SYS-36)
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    _one_open("agreement_open", "participant", "kind", "number"),
)

information_system = sa.Table(
    "information_system",
    registry_metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    sa.Column("code", sa.Text, nullable=False),  # mnemonic
    _participant("owner"),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("version", sa.Text),
    sa.Column("known_as", sa.Text),  # number of the catalogue of systems: SYS-09
    sa.Column("platform", sa.Text),  # of a mobile application
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    _one_open("information_system_open", "code"),
    sa.Index("information_system_owner", "owner"),
)

endpoint = sa.Table(
    "endpoint",
    registry_metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    sa.Column("endpoint_id", Identifier, nullable=False, unique=True),  # told to the participant
    _participant(),
    sa.Column("service", sa.Text, nullable=False),  # contract family
    sa.Column("contour", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("network", sa.Text, nullable=False),  # Network
    sa.Column("format_version", sa.Text, nullable=False),
    sa.Column("smev_number", sa.Text),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    _one_open("endpoint_open", "participant", "service", "contour"),
)

smev2_profile = sa.Table(
    "smev2_profile",
    registry_metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    _participant(),
    sa.Column("mnemonic", sa.Text, nullable=False),  # of its system in SMEV 2
    sa.Column("digest", sa.Text),  # Hash, of its DigestValue
    sa.Column("app_data_type", sa.Text),  # xsi:type of AppData, {namespace}local
    sa.Column("service_name", sa.Text),
    sa.Column("service_version", sa.Text),
    sa.Column("exchange_type", sa.Text),
    sa.Column("serves", sa.Boolean, nullable=False),  # its own services are called in it
    sa.Column("inline_files", sa.Boolean, nullable=False),  # BinaryData instead of Reference
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    _one_open("smev2_profile_open", "participant"),
    _one_open("smev2_profile_mnemonic", "mnemonic"),
)

acquirer_binding = sa.Table(
    "acquirer_binding",
    registry_metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    _participant("organizer"),
    _participant("bank"),
    sa.Column("contract_number", sa.Text, nullable=False),
    sa.Column("contract_date", sa.Date, nullable=False),
    # Whom the bank has named for this organizer.
    sa.Column("contact_name", Sealed("acquirer_binding.contact_name"), nullable=False),
    sa.Column("contact_phone", Sealed("acquirer_binding.contact_phone"), nullable=False),
    sa.Column("contact_email", Sealed("acquirer_binding.contact_email"), nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    _one_open("acquirer_binding_open", "organizer"),
)

school_binding = sa.Table(
    "school_binding",
    registry_metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    sa.Column("school", sa.Text, nullable=False),  # its code in the school system
    sa.Column("building", sa.Text, nullable=False),  # empty: the whole school
    sa.Column("since", sa.Date, nullable=False),
    _participant("organizer"),
    sa.Column("contract_number", sa.Text, nullable=False),
    sa.Column("until", sa.Date),  # last day
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    _one_open("school_binding_open", "school", "building", "since"),
)

registry_user = sa.Table(
    "registry_user",
    registry_metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    sa.Column("user_id", Identifier, nullable=False),
    _participant(),
    sa.Column("full_name", Sealed("registry_user.full_name"), nullable=False),
    sa.Column("snils", Sealed("registry_user.snils"), nullable=False),
    sa.Column("snils_mark", sa.LargeBinary, nullable=False),  # Vault.mark: finds the person again
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    _one_open("registry_user_open", "user_id"),
    _one_open("registry_user_person", "participant", "snils_mark"),
)

role_grant = sa.Table(
    "role_grant",
    registry_metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    sa.Column("user_id", Identifier, nullable=False),
    sa.Column("role", sa.Text, nullable=False),  # code of a role of registry.roles
    _participant(),  # inside which the role holds
    sa.Column("granted_by", sa.Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    _one_open("role_grant_open", "user_id", "role", "participant"),
)

consent = sa.Table(
    "consent",
    registry_metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    sa.Column("user_id", Identifier, nullable=False),
    sa.Column("version", sa.Text, nullable=False),  # of the user agreement
    sa.Column("accepted_at", Instant, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    _one_open("consent_open", "user_id", "version"),
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
