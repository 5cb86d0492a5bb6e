"""`hub demo`: from nothing to a working hub with a story behind it."""

import json
import logging
import os
import secrets
import signal
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

import click

import adapters.meals.seed
import registry.seed
from adapters.portal.samples import sample_services
from gateway.bootstrap import Hub
from gateway.cli import connection, demo_home, meals_story, portal_counterparts, portal_story, story
from gateway.cli.databases import prepare
from gateway.cli.portal_counterparts import Counterparts
from gateway.cli.program import Identity, StoryBroken
from gateway.cli.serve import at
from gateway.edge import server
from gateway.kernel.identifiers import issue_account
from gateway.kernel.message import Contour
from gateway.kernel.ports import LOCAL
from gateway.security.issuing import TestAuthority
from registry import issuance
from registry.participants import Newcomer, ParticipantKind, Registrar, SubKind
from registry.reference import OPERATOR

UNKNOWN_SERIAL = 987_654
"""Serial of a well-formed account that no seed issues."""
CARELESS = Newcomer(
    "BANK72002",
    "Небрежный банк (показ)",
    ParticipantKind.BANK,
    "7200000064",
    sub_kind=SubKind.ONLINE,
)
"""The bank that fails its trials."""
ASIDE = (CARELESS, registry.seed.SECOND_DEPARTMENT)
"""Who is invented besides those who play by a role."""


@dataclass(frozen=True, slots=True)
class Seeded:
    """What the seeds left: who may call and where to pay to."""

    people: registry.seed.DemoParticipants
    accounts: adapters.meals.seed.DemoAccounts


class Made(NamedTuple):
    """What the story has left, part by part."""

    bank_day: story.Told
    school_day: meals_story.Told
    applications: portal_story.Told
    connected: connection.Connected
    refused: connection.Refused


class Actors(NamedTuple):
    """Who plays the story."""

    good: story.Cast
    careless: story.Cast
    production: Mapping[str, demo_home.KeyFiles]
    """Keys of production by the bank's code."""
    counterparts: Counterparts
    """The portal and the department: other programs, elsewhere."""


@click.command()
@click.option("--host", help="Адрес, на котором слушать.")
@click.option("--port", type=int, help="Порт.")
@click.option("--once", is_flag=True, help="Сыграть историю и остановиться.")
@click.pass_obj
def demo(hub: Hub, host: str | None, port: int | None, once: bool) -> None:  # noqa: FBT001 -- a flag of the command line
    """Создать участников, сыграть день банка, школы, портала услуг и принимать сообщения дальше."""
    if "log_level" not in hub.settings.sources:
        logging.getLogger().setLevel(logging.ERROR)  # the story is told without interruptions
    hub = demo_home.of(at(hub, host, port, 1))
    prepare(hub)
    demo_home.check(hub, [who.code for who in (*registry.seed.DEMO.values(), *ASIDE)])
    demo_home.make_keys(hub)
    seeded = seed(hub)
    lay_tables(hub, seeded)
    with portal_counterparts.playing(hub, seeded.people) as counterparts:
        actors = _actors(hub, seeded, counterparts)
        server.serve(hub, ready=lambda: _play(hub, seeded, actors, once=once))


def seed(hub: Hub) -> Seeded:
    """Enter the demo participants, their certificates and accounts in the test contour; repeatable.

    The hub itself gets a key of the test contour, unless it has one.
    """
    authority = TestAuthority(hub.settings.home / "test-ca")
    if not authority.exists:
        authority.make(hub.clock(), secrets.token_bytes)
    key_file, certificate_file = hub.settings.signing_files(Contour.TEST.path)
    if not key_file.exists():
        issuance.issue_own(
            authority,
            hub.settings.code,
            OPERATOR.name,
            key_file,
            certificate_file,
            hub.clock(),
            secrets.token_bytes,
        )
    people = registry.seed.seed_demo(hub.registry, hub.clock, hub.desk)
    registry.seed.seed_portal(hub.registry, hub.clock, hub.desk, sample_services())
    people = registry.seed.certify_demo(
        people,
        hub.registry,
        hub.certificate_reader,
        authority,
        hub.settings.home / "certificates",
        hub.clock,
    )
    with hub.databases[Contour.TEST].writing() as transaction:
        accounts = adapters.meals.seed.seed_demo(
            transaction, people.organizer_inn, people.organizer_name
        )
    return Seeded(people, accounts)


def lay_tables(hub: Hub, seeded: Seeded) -> None:
    """Enter menus and orders of the days whose choice is closed: nobody could have made them."""
    people = seeded.people
    with hub.databases[Contour.TEST].writing() as transaction:
        adapters.meals.seed.lay_tables(
            transaction, people.organizer_inn, people.organizer_name, hub.calendar, hub.clock()
        )


def _actors(hub: Hub, seeded: Seeded, counterparts: Counterparts) -> Actors:
    """Enter the careless bank, give both banks their keys of production."""
    good = _cast(hub, seeded, seeded.people.bank)
    careless = _cast(hub, seeded, _seed_careless(hub, seeded))
    keys = {who.sender: demo_home.open_trust(hub, who.sender) for who in (good, careless)}
    return Actors(good, careless, keys, counterparts)


def _play(hub: Hub, seeded: Seeded, actors: Actors, *, once: bool) -> None:
    """Play the story against the running hub, tell it, leave `demo.json`."""
    cast, careless, keys, counterparts = actors
    moment = hub.clock().astimezone(LOCAL)
    click.echo(
        f"\nУзел отвечает на {hub.settings.base_url}. День банка и школы, {moment:%d.%m.%Y}:\n"
    )
    try:
        told = story.play(cast, hub.clock, click.echo)
        connected = connection.connect(hub, cast, keys[cast.sender], click.echo)
        refused = connection.refuse(hub, careless, keys[careless.sender], click.echo)
        school_day = meals_story.play(meals_cast(hub, seeded), hub.calendar, hub.clock, click.echo)
        applications = portal_story.play(
            portal_cast(hub, seeded, counterparts), hub.clock, click.echo
        )
    except StoryBroken as error:
        click.echo(f"\nИСТОРИЯ ПРЕРВАНА: {error}", err=True)
        os.kill(os.getpid(), signal.SIGTERM)
        return
    except Exception:
        os.kill(os.getpid(), signal.SIGTERM)  # nobody waits for a story that has no end
        raise
    path = hub.settings.home / "demo.json"
    demo_home.write_settings(hub)
    made = Made(told, school_day, applications, connected, refused)
    _write_demo(path, hub, seeded, made)
    _tell_where_to_look(hub, seeded, path)
    if once:
        os.kill(os.getpid(), signal.SIGTERM)


def meals_cast(hub: Hub, seeded: Seeded) -> meals_story.Cast:
    """Return who plays the day of the school."""
    people = seeded.people
    return meals_story.Cast(
        organizer=_identity(hub, people.by_role["organizer"]),
        school=_identity(hub, people.by_role["school"]),
        led=adapters.meals.seed.demo_class(people.organizer_inn, people.organizer_name),
        folder=hub.settings.home / connection.FOLDER,
    )


def portal_cast(hub: Hub, seeded: Seeded, counterparts: Counterparts) -> portal_story.Cast:
    """Return who plays the way of applications."""
    by_role = seeded.people.by_role
    return portal_story.Cast(
        account=portal_counterparts.account(hub, by_role["portal"]),
        employee=_identity(hub, by_role["department"]),
        counterparts=counterparts,
        hub_code=hub.settings.code,
    )


def _identity(hub: Hub, who: registry.seed.DemoParticipant) -> Identity:
    if who.key is None or who.certificate is None:
        raise TypeError(who)
    return Identity(
        base_url=hub.settings.base_url,
        sender=who.code,
        key_file=who.key,
        certificate_file=who.certificate,
        hub_certificate=hub.settings.signing_files(Contour.TEST.path)[1],
        login=who.login,
        password=who.password,
    )


def _cast(hub: Hub, seeded: Seeded, bank: registry.seed.DemoParticipant) -> story.Cast:
    if bank.key is None or bank.certificate is None:
        raise TypeError(bank)
    return story.Cast(
        base_url=hub.settings.base_url,
        sender=bank.code,
        key_file=bank.key,
        certificate_file=bank.certificate,
        hub_certificate=hub.settings.signing_files(Contour.TEST.path)[1],
        login=bank.login,
        password=bank.password,
        organizer_inn=seeded.people.organizer_inn,
        accounts=seeded.accounts.open,
        unknown_account=issue_account(UNKNOWN_SERIAL),
        set_signature_in_test=partial(
            Registrar(hub.registry, hub.clock, registry.seed.ACTOR).set_signature_in_test, bank.code
        ),
    )


def _seed_careless(hub: Hub, seeded: Seeded) -> registry.seed.DemoParticipant:
    """Enter the careless bank with a certificate of the test contour."""
    bank = registry.seed.seed_bank(hub.registry, hub.clock, hub.desk, CARELESS, "ДЕМО-2")
    registry.seed.seed_portal(hub.registry, hub.clock, hub.desk, sample_services())
    people = registry.seed.certify_demo(
        replace(seeded.people, by_role={"careless": bank}),
        hub.registry,
        hub.certificate_reader,
        TestAuthority(hub.settings.home / "test-ca"),
        hub.settings.home / "certificates",
        hub.clock,
    )
    return people.by_role["careless"]


def _write_demo(
    path: Path,
    hub: Hub,
    seeded: Seeded,
    made: Made,
) -> None:
    """Write what other people's scripts start from; it appears whole or not at all."""
    base = hub.settings.base_url
    content = {
        "base_url": base,
        "participants": {
            role: {
                "code": who.code,
                "login": who.login,
                "password": who.password,
                "certificate": None if who.certificate is None else str(who.certificate),
                "key": None if who.key is None else str(who.key),
            }
            for role, who in seeded.people.by_role.items()
        },
        "organizer_inn": seeded.people.organizer_inn,
        "accounts": list(seeded.accounts.open),
        "links": {
            "formats": f"{base}/formats/",
            "conformance": f"{base}/conformance/",
            "bank_payment": f"{base}/test/ws/meals/bank-payment/1.0",
            "payment_registry": f"{base}/test/ws/meals/payment-registry/1.0",
            "menu_import": f"{base}/test/ws/meals/menu-import/1.0",
            "organizer": f"{base}/test/ws/meals/organizer/1.0",
            "order": f"{base}/test/ws/meals/order/1.0",
            "class_request": f"{base}/test/ws/meals/class-request/1.0",
            "school_data": f"{base}/test/ws/school/data/1.0",
            "application": f"{base}/test/ws/portal/application/1.0",
            "events": f"{base}/test/ws/portal/events/1.0",
            "ppu": f"{base}/test/ws/portal/ppu/1.0",
            "hub_certificate": str(hub.settings.signing_files(Contour.TEST.path)[1]),
            **made.bank_day._asdict(),
            **_school_links(made.school_day),
            **made.applications._asdict(),
            "session": made.connected.session,
            "session_protocol": _paths(made.connected.session_protocol),
            "protocol": _paths(made.connected.protocol),
            "act": _paths(made.connected.act),
            "refused_session": made.refused.session,
            "refused_protocol": _paths(made.refused.session_protocol),
        },
    }
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    draft.chmod(0o600)
    draft.replace(path)


def _school_links(told: meals_story.Told) -> dict[str, str]:
    """Return what a school's day has left; what was not possible today is left out."""
    return {name: str(value) for name, value in told._asdict().items() if value is not None}


def _paths(files: connection.Files) -> dict[str, str]:
    return {name: str(file) for name, file in files.items()}


def _tell_where_to_look(hub: Hub, seeded: Seeded, path: Path) -> None:
    base, bank = hub.settings.base_url, seeded.people.bank
    click.echo(
        f"""
Куда смотреть:
  {base}/formats/  опубликованные форматы и страницы сервисов
  {base}/test/ws/meals/bank-payment/1.0?wsdl  WSDL для клиента банка
  {base}/conformance/  программы испытаний
  hub conform bank-registry --as bank --rehearsal   пройти испытания самому
  логин {bank.login}, пароль {bank.password} (тестовый контур, остальные в {path})
  подписаны запросы банка ключом {bank.key}
  {hub.settings.home / connection.FOLDER}  протоколы, акт, заявка класса, меню, заказы
  HUB_CONFIG={hub.settings.home / demo_home.CONFIG} hub case list   дела обоих банков
  hub journal list   журнал сообщений
  hub meals debit    списания за питание: сегодняшнее питание спишется после 23:00
  hub outbox list    что узел отправлял ведомству и порталу, с каждой попыткой
  hub reconcile      всё ли сходится
Узел работает дальше; остановить: Ctrl+C.
"""
    )
