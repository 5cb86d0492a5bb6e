"""The whole hub sends: office, registry, deliverer, commands and books, put together as served."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import peers
import pytest
from click.testing import CliRunner
from postal import HUB, envelope_of, header_of, http, saying

from adapters.bank.messages import bank_payment
from gateway import bootstrap
from gateway.adapter import Adapter, Outward
from gateway.bootstrap.contours import ContourJobs
from gateway.cli.books import reconcile
from gateway.cli.outbox import outbox as outbox_command
from gateway.contracts import codec
from gateway.contracts.messages import common
from gateway.kernel.errors import DuplicateConflict
from gateway.kernel.message import Contour
from gateway.kernel.settings import Settings
from gateway.outgoing import Outgoing, Parcel
from gateway.soap import build, fault
from gateway.soap.parse import Version
from gateway.storage import migrate
from registry import endpoints
from registry.endpoints import Endpoint
from registry.kinds import Network
from registry.seed import DEMO, seed_demo

CONTRACT = "meals/bank-payment/1.0"
BANK = DEMO["bank"].code
MOMENT = datetime(2026, 3, 2, 7, tzinfo=UTC)


class Sent(list):
    """What a slice has heard."""

    def settle(self, settled, work):
        assert work.office(Outgoing).is_reachable(BANK, CONTRACT)
        self.append(settled)


@pytest.fixture
def sent():
    return Sent()


@pytest.fixture
def hub(blank_database, tmp_path, sent, clock):
    url = blank_database.url.set(drivername=blank_database.url.get_backend_name())
    settings = Settings(home=tmp_path, test_database_url=url.render_as_string(False))  # noqa: FBT003 -- SQLAlchemy's own
    whole = bootstrap.assemble(settings, clock)
    slice_ = Adapter("trial", outward=(Outward(CONTRACT, bank_payment, sent.settle),))
    hub = replace(whole, adapters=(*whole.adapters, slice_))
    migrate.upgrade(hub.registry, "registry")
    for contour in Contour:
        migrate.upgrade(hub.databases[contour], "contour")
    seed_demo(hub.registry, clock)
    yield hub
    hub.close()


@pytest.fixture
def name(hub):
    """Name where the bank is."""

    def name(peer):
        point = Endpoint("meals/bank-payment", Contour.TEST, peer.url(), Network.INTERNET, "1.0")
        with hub.registry.writing() as transaction:
            endpoints.register(
                transaction, BANK, point, hub.clock(), "тест", uuid4, is_operator=True
            )
        hub.directory.invalidate()

    return name


@pytest.fixture
def send(hub):
    def send():
        parcel = Parcel(
            recipient=BANK,
            contract=CONTRACT,
            request=bank_payment.PingRequest(),
            key="trial/1",
            source="trial/1",
            message_id=uuid4(),
        )
        with ContourJobs(hub, Contour.TEST).begin() as work:
            return work.office(Outgoing).send(work, parcel)

    return send


@pytest.fixture
def run(hub):
    def run(command, *arguments):
        result = CliRunner().invoke(command, arguments, obj=hub, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    return run


def deliver(hub):
    for deliverer in hub.deliverers():
        deliverer.drain()


def pong(request):
    header = build.ReplyHeader(
        message_id=uuid4(),
        sender=BANK,
        recipient=HUB,
        timestamp=MOMENT,
        contour=Contour.TEST,
        correlation_id=header_of(envelope_of(request), "messageId"),
    )
    response = bank_payment.PingResponse(
        service="meals/bank-payment",
        version="1.0",
        contour=common.Contour.TEST,
        time=MOMENT,
    )
    payload = codec.octet_encoder(type(response))(response)
    return http(build.reply(Version.SOAP11, header, payload))


def test_a_message_goes_out_and_the_books_balance(hub, name, send, sent, run):
    with peers.peer(saying(pong)) as peer:
        name(peer)
        delivery = send()
        deliver(hub)

    assert [one.state.name for one in sent] == ["DELIVERED"]
    assert sent[0].response.service == "meals/bank-payment"
    listed = run(outbox_command, "list", "--in", "test")
    assert f"participant/{BANK}/{CONTRACT}" in listed.replace("\n", "")
    shown = run(outbox_command, "show", "--in", "test", str(delivery))
    assert "Обмен" in shown
    assert "PingResponse" in run(outbox_command, "reply", "--in", "test", str(delivery))
    assert "исходящих написано 1 = доставлено 1" in run(reconcile)


def test_the_slice_hears_that_an_operator_has_given_up(hub, name, send, sent, run):
    refused = lambda _: http(  # noqa: E731 -- an answer
        fault.build(Version.SOAP11, DuplicateConflict(), "1-1", None), "500 Error"
    )
    with peers.peer(saying(refused)) as peer:
        name(peer)
        delivery = send()
        deliver(hub)
        run(outbox_command, "cancel", "--in", "test", str(delivery), "--reason", "не нужно")

    assert [(one.state.name, one.operation) for one in sent] == [
        ("PARKED", "Ping"),
        ("CANCELLED", "Ping"),
    ]
    assert "отменено 1" in run(reconcile)
