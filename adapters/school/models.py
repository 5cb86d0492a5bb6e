"""The batches that were answered; everything else stands in the tables of `adapters.meals`."""

import sqlalchemy as sa

from gateway.storage.database import contour_metadata
from gateway.storage.types import Instant

school_batch = sa.Table(
    "school_batch",
    contour_metadata,
    sa.Column("sender", sa.Text, primary_key=True),
    sa.Column("batch_id", sa.Text, primary_key=True),
    sa.Column("digest", sa.LargeBinary, nullable=False),  # what «the same batch» means
    sa.Column("answer", sa.LargeBinary, nullable=False),  # the response as it was sent
    sa.Column("answered_at", Instant, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False),
)
