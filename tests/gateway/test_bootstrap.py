"""Contracts and handlers fit together, or the hub does not start and says what is left over."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pki
import pytest

from adapters.portal.samples import sample_services
from adapters.portal.statuses import Statuses
from gateway import bootstrap
from gateway.bootstrap import ADAPTERS, HubBroken, bind, delays, load_calendar, load_statuses
from gateway.contracts.catalog import load_catalog
from gateway.delivery import Breaker, Pace, Patience
from gateway.kernel.message import Contour
from gateway.kernel.settings import Settings
from gateway.security import cms, policy
from gateway.storage import migrate
from registry.portal_services import PortalServices
from registry.seed import seed_demo, seed_portal, silent_desk

BANK_PAYMENT = "meals/bank-payment/1.0"


@pytest.fixture(scope="module")
def catalog():
    return load_catalog()


def with_operations(change):
    """Return the slices with the operations of bank payments changed."""
    return [
        replace(
            adapter,
            services=tuple(
                replace(service, operations=tuple(change(service.operations)))
                if service.contract == BANK_PAYMENT
                else service
                for service in adapter.services
            ),
        )
        for adapter in ADAPTERS
    ]


def test_every_published_operation_has_its_handler(catalog):
    routes = bind(catalog, ADAPTERS)
    for contract in catalog:
        assert {route.request_tag for route in routes.get(contract.name, {}).values()} == {
            operation.request for operation in contract.operations if not contract.is_template
        }


def test_template_is_published_and_served_by_nobody(catalog):
    assert catalog.contract("portal/event-sink/1.0").is_template
    assert "portal/event-sink/1.0" not in bind(catalog, ADAPTERS)


def test_contract_without_an_adapter_stops_the_hub(catalog):
    with pytest.raises(HubBroken, match=r"meals/admin/1\.0: контракт без адаптера"):
        bind(catalog, [])


def test_operation_without_a_handler_stops_the_hub_and_is_named(catalog):
    slices = with_operations(lambda operations: operations[1:])
    with pytest.raises(HubBroken, match="операция без обработчика CheckAccount"):
        bind(catalog, slices)


def test_handler_of_no_operation_stops_the_hub_and_is_named(catalog):
    slices = with_operations(lambda all_: [*all_, replace(all_[0], name="Invented")])
    with pytest.raises(HubBroken, match="лишний обработчик Invented"):
        bind(catalog, slices)


def test_two_handlers_of_one_operation_stop_the_hub(catalog):
    slices = with_operations(lambda operations: [*operations, operations[0]])
    with pytest.raises(HubBroken, match="два обработчика"):
        bind(catalog, slices)


def test_ping_names_the_service_as_its_contract_says(catalog, clock):
    routes = bind(catalog, ADAPTERS)
    work = SimpleNamespace(contour=Contour.TEST, now=clock.now)
    for contract in (one for one in catalog if not one.is_template):
        (ping,) = (r for r in routes[contract.name].values() if r.operation.name == bootstrap.PING)
        answer = ping.operation.handle(None, work)
        assert (f"{answer.service}/{answer.version}", answer.time) == (contract.name, clock.now)


def test_a_hub_that_does_not_know_its_order_of_revocation_says_so():
    hub = bootstrap.assemble(Settings(revocation_prod="sometimes"))

    with pytest.raises(HubBroken, match="HUB_REVOCATION_PROD"):
        _ = hub.trust


def test_a_scanner_that_cannot_be_spoken_to_is_refused_at_the_start():
    hub = bootstrap.assemble(Settings(scanner="icap://scanner:1344"))

    with pytest.raises(HubBroken, match="HUB_SCANNER"):
        _ = hub.scanner


def test_attachments_are_kept_for_a_month_at_least():
    hub = bootstrap.assemble(Settings(attachment_days=7))

    with pytest.raises(HubBroken, match="HUB_ATTACHMENT_DAYS"):
        _ = hub.jobs


def test_the_hub_keeps_house(tmp_path):
    hub = bootstrap.assemble(Settings(home=tmp_path))

    assert {chore.name for chore in hub.chores} == {
        "runs.retention",
        "calendar.check",
        "certificate.expiry",
        "onboarding.go_live",
        "onboarding.deadlines",
    }
    assert {routine.name for routine in hub.routines} == {
        "certificate-revocation",
        "journal-root-test",
        "journal-root-prod",
    }
    hub.close()


def test_the_operators_own_years_are_read_from_the_folder_of_the_hub(tmp_path):
    (tmp_path / "calendar").mkdir()
    (tmp_path / "calendar" / "2031.xml").write_text(
        '<production-calendar year="2031"><source>приказ</source></production-calendar>',
        encoding="utf-8",
    )

    assert 2031 in {year.year for year in load_calendar(Settings(home=tmp_path)).years}


def test_a_broken_year_of_the_operator_stops_the_start_and_is_named(tmp_path):
    (tmp_path / "2031.xml").write_text("<production-calendar/>", encoding="utf-8")

    with pytest.raises(HubBroken, match=r"2031\.xml"):
        load_calendar(Settings(calendar_folder=str(tmp_path)))


def test_a_folder_of_years_that_is_not_there_stops_the_start(tmp_path):
    with pytest.raises(HubBroken, match="HUB_CALENDAR_FOLDER"):
        load_calendar(Settings(calendar_folder=str(tmp_path / "nowhere")))


def test_a_broken_table_of_states_stops_the_start_and_is_named(tmp_path):
    own = tmp_path / "states.toml"
    own.write_text("[[state]]\ncode = 1\n", encoding="utf-8")

    with pytest.raises(HubBroken, match=r"HUB_PORTAL_STATUSES: states\.toml: код 1"):
        load_statuses(Settings(portal_statuses=str(own)))


def test_handlers_find_the_services_of_their_contour_and_the_states(tmp_path, clock):
    hub = bootstrap.assemble(Settings(home=tmp_path), clock)
    migrate.upgrade(hub.registry, "registry")
    seed_demo(hub.registry, clock)
    seed_portal(hub.registry, clock, silent_desk("CITTO"), sample_services())

    offices = {contour: hub.offices(contour) for contour in Contour}

    assert offices[Contour.TEST][PortalServices].find("edu-school") is not None
    assert offices[Contour.PROD][PortalServices].find("edu-school") is None
    assert offices[Contour.TEST][Statuses].title(3) == "Исполнено"
    hub.close()


def test_roots_of_the_journal_are_signed_with_the_hubs_own_key(tmp_path, clock):
    hub = bootstrap.assemble(Settings(home=tmp_path), clock)
    own = pki.Authority.root().issue("Узел", key=pki.rsa_key())
    key_file, certificate_file = hub.settings.signing_files("prod")
    key_file.parent.mkdir()
    key_file.write_bytes(own.key_pem)
    certificate_file.write_bytes(own.pem)
    for contour in Contour:
        migrate.upgrade(hub.databases[contour], "contour")
    for routine in hub.routines:
        if routine.name.startswith("journal-root"):
            routine.run(clock())
    hub.close()

    exported = tmp_path / "roots"
    document = (exported / "prod" / "2026-03-01.xml").read_bytes()
    signature = (exported / "prod" / "2026-03-01.xml.sig").read_bytes()
    signed = cms.verify(signature, [document], policy.PRODUCTION, hub.providers, hub.keys)
    assert signed.certificate == own.der
    assert [path.name for path in (exported / "test").iterdir()] == ["2026-03-01.xml"]


def test_the_hub_delivers_from_every_outbox(tmp_path):
    hub = bootstrap.assemble(Settings(home=tmp_path))

    assert set(hub.outboxes) == {"registry", "test", "prod"}
    assert len(hub.deliverers()) == 3
    hub.close()


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"smtp_host": "mail", "smtp_security": "perhaps"}, "HUB_SMTP_SECURITY"),
        ({"smtp_host": "mail", "smtp_login": "uzel"}, "HUB_SMTP_LOGIN"),
    ],
)
def test_a_hub_whose_relay_is_set_wrongly_says_so(settings, named, tmp_path):
    hub = bootstrap.assemble(Settings(home=tmp_path, **settings))

    with pytest.raises(HubBroken, match=named):
        hub.deliverers()
    hub.close()


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"delivery_delays": " "}, "HUB_DELIVERY_DELAYS: нужна хотя бы одна"),
        ({"delivery_delays": "60 soon"}, "HUB_DELIVERY_DELAYS: «soon»"),
        ({"delivery_delays": "0.01"}, "HUB_DELIVERY_DELAYS: пауза «0.01» не от 0.05 до 86400"),
        ({"delivery_delays": "nan"}, "HUB_DELIVERY_DELAYS: «nan»"),
        ({"delivery_delays": "1e99"}, "HUB_DELIVERY_DELAYS: «1e99»"),
        ({"delivery_breaker": "5 30"}, "HUB_DELIVERY_BREAKER: нужны три"),
        ({"delivery_breaker": "0 30 60"}, "HUB_DELIVERY_BREAKER: неудач"),
        ({"delivery_breaker": "5 30 3"}, "HUB_DELIVERY_BREAKER: неудач"),
        ({"delivery_lease_seconds": 0.5}, "HUB_DELIVERY_LEASE_SECONDS"),
        ({"delivery_lease_seconds": float("nan")}, "HUB_DELIVERY_LEASE_SECONDS"),
    ],
)
def test_delays_beyond_reason_stop_the_deliverers_and_are_named(settings, named, tmp_path):
    hub = bootstrap.assemble(Settings(home=tmp_path, **settings))

    with pytest.raises(HubBroken, match=named):
        hub.deliverers()
    hub.close()


def test_delays_are_those_of_the_settings_and_by_default_those_of_the_specification():
    given = Settings(delivery_delays="0.5 2", delivery_breaker="3 1 4", delivery_lease_seconds=2.0)

    assert delays.patience(given) == Patience((timedelta(seconds=0.5), timedelta(seconds=2)))
    assert delays.breaker(given) == Breaker(3, timedelta(seconds=1), timedelta(seconds=4))
    assert delays.pace(given).lease == timedelta(seconds=2)
    assert (delays.patience(Settings()), delays.breaker(Settings())) == (Patience(), Breaker())
    assert delays.pace(Settings()) == Pace()


def test_a_hub_whose_mail_comes_from_nobody_says_so(tmp_path):
    hub = bootstrap.assemble(Settings(home=tmp_path, smtp_from="citto"))

    with pytest.raises(HubBroken, match="HUB_SMTP_FROM"):
        _ = hub.notice_board
    hub.close()


def test_the_desk_tells_on_the_board_that_participants_read(tmp_path):
    hub = bootstrap.assemble(Settings(home=tmp_path))

    assert hub.desk.notices is hub.notice_board
    hub.close()
