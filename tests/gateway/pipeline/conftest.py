from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
import sqlalchemy as sa
from writing import NOTES, NobodyKnown, Stand

from gateway.adapter import Rules
from gateway.kernel.message import Contour
from gateway.kernel.quotas import Quota, Quotas
from gateway.pipeline.exchange import Endpoint
from gateway.pipeline.keeping import Keeper
from gateway.pipeline.process import Line, Parts
from gateway.pipeline.writer import Writer
from gateway.security.proof import CredentialVerifier
from gateway.storage import journal
from gateway.storage.received import ReceivedLog


@pytest.fixture
def stand(contour_database, clock, tmp_path):
    strand = journal.open_strand(contour_database, "test:1", clock())
    rules = Rules(
        check_digits_are_errors=False, max_inline_lines=1, max_file_lines=1, batch_lines=1
    )
    parts = Parts(
        keeper=Keeper(contour_database),
        contour=Contour.TEST,
        database=contour_database,
        registry=None,
        shelf=None,
        offices={},
        directory=NobodyKnown(),
        verifier=CredentialVerifier(),
        calendar=None,
        ledger=lambda transaction: None,
        payments=lambda transaction: None,
        rules=rules,
        clock=clock,
        identifiers=uuid4,
        hub_code="HUB",
        header_skew=timedelta(minutes=15),
        wake=lambda name: None,
        quotas=Quotas(Quota(), clock, lambda: 0.0),
        use_admission=lambda admission, now: None,
    )
    contract = SimpleNamespace(
        name="test/test/1.0", validate=lambda *_: True, last_error=lambda: ""
    )
    marks = ReceivedLog(tmp_path / "received", strand)
    line = Line(parts, strand, marks)
    stand = Stand(line, None, Endpoint("/test", Contour.TEST, contract, "test/test", {}))

    def release(settled):
        with stand.arrived:
            stand.released += settled
            stand.batches.append(len(settled))
            stand.arrived.notify_all()

    stand.writer = Writer(line, release)
    yield stand
    marks.close()


@pytest.fixture
def notes(stand):
    database = stand.line.parts.database
    with database.writing() as transaction:
        transaction.execute(sa.text("CREATE TABLE writer_test_note (text TEXT)"))

    def read() -> list[str]:
        with database.reading() as transaction:
            return sorted(transaction.execute(sa.select(NOTES.c.text)).scalars())

    yield read
    with database.writing() as transaction:
        transaction.execute(sa.text("DROP TABLE writer_test_note"))
