"""Tables of applications: what the portal has sent, what came after it, and the events on it."""

import sqlalchemy as sa

from gateway.storage import attachments
from gateway.storage.database import contour_metadata
from gateway.storage.types import Identifier, Instant, Sealed

application = sa.Table(
    "portal_application",
    contour_metadata,
    sa.Column("id", Identifier, primary_key=True),
    sa.Column("portal", sa.Text, nullable=False),
    sa.Column("order_id", sa.BigInteger, nullable=False),
    sa.Column("department", sa.Text, nullable=False),
    sa.Column("service", sa.Text, nullable=False),
    sa.Column("form_version", sa.Text, nullable=False),
    sa.Column("route", sa.Text, nullable=False),
    sa.Column("digest", sa.LargeBinary, nullable=False),  # what «the same application» means
    # SubmitApplicationRequest without the content of its files: it is full of personal data.
    sa.Column("content", Sealed("portal_application.content"), nullable=False),
    sa.Column("submitted_at", Instant, nullable=False),
    sa.Column("received_at", Instant, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False),
    sa.Column("state", sa.Integer, nullable=False),
    sa.Column("org_code", sa.Text),
    sa.Column("changed_at", Instant, nullable=False),
    sa.Column("cancel_allowed", sa.Boolean, nullable=False),
    sa.Column("message_allowed", sa.Boolean, nullable=False),
    sa.Column("org_number", sa.Text),
    sa.Column("taken_at", Instant),
    sa.UniqueConstraint("portal", "order_id"),
    # A department's events name nothing but the number: it has to say whose application it is.
    sa.UniqueConstraint("department", "order_id"),
    sa.Index("portal_application_inbox", "department", "state", "received_at"),
    sa.Index("portal_application_order", "order_id"),
)

request = sa.Table(
    "portal_request",
    contour_metadata,
    sa.Column("application", Identifier, sa.ForeignKey("portal_application.id"), primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),  # CANCEL, MESSAGE, CORRECTION
    sa.Column("id", Identifier, primary_key=True),  # as the portal has numbered it
    sa.Column("digest", sa.LargeBinary, nullable=False),
    # The request as it came, without the content of its files.
    sa.Column("content", Sealed("portal_request.content"), nullable=False),
    sa.Column("received_at", Instant, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False),
    sa.Column("accepted", sa.Boolean),  # what the department's own service has answered
)

attachment = sa.Table(
    "portal_attachment",
    contour_metadata,
    sa.Column("application", Identifier, sa.ForeignKey("portal_application.id"), primary_key=True),
    # `application`, `message/<uuid>`, `correction/<uuid>`, `event/<seq>`
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("file_id", Identifier, primary_key=True),
    sa.Column("name", Sealed("portal_attachment.name"), nullable=False),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    attachments.reference("sha256", nullable=False),
)

event = sa.Table(
    "portal_event",
    contour_metadata,
    sa.Column("portal", sa.Text, primary_key=True),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("id", Identifier, nullable=False),
    sa.Column("sender", sa.Text, nullable=False),
    sa.Column("application", Identifier, sa.ForeignKey("portal_application.id"), nullable=False),
    sa.Column("digest", sa.LargeBinary, nullable=False),  # what «the same event» means
    sa.Column("tech_code", sa.Integer),  # of a status event
    sa.Column("state", sa.Integer, nullable=False),  # of the application after it
    sa.Column("pushed", sa.Boolean, nullable=False),  # there is a letter to the portal
    # EventRecordType without the content of its files.
    sa.Column("content", Sealed("portal_event.content"), nullable=False),
    sa.Column("event_date", Instant, nullable=False),
    sa.Column("recorded_at", Instant, nullable=False),
    sa.Column("entry", sa.BigInteger),  # none: the hub's own
    sa.Column("acknowledged_at", Instant),
    sa.UniqueConstraint("sender", "id"),
    sa.Index("portal_event_application", "application", "seq"),
)

event_counter = sa.Table(
    "portal_event_counter",
    contour_metadata,
    sa.Column("portal", sa.Text, primary_key=True),
    sa.Column("number", sa.BigInteger, nullable=False),
)
