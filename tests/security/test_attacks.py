"""Every attack of the catalogue against a live hub over a socket, in both SOAP versions."""

import pytest
import sqlalchemy as sa
from lxml import etree

from gateway.attacks import campaign, content, wire
from gateway.attacks.attack import Surface
from gateway.attacks.campaign import Told
from gateway.attacks.catalogue import ATTACKS
from gateway.attacks.ground import REGISTRIES
from gateway.contracts import sample
from gateway.contracts.catalog import load_catalog
from gateway.soap.parse import Version
from gateway.storage.journal import Outcome, journal_entry

CPU_SECONDS_OF_A_MESSAGE = 0.5
CPU_SECONDS_OF_A_FAMILY = 3.0
"""A net for what grows without bounds; the dearest attack takes a fraction of a second."""
HARMLESS = {"Ping", "CheckAccount", "GetPaymentStatus", "GetRegistryStatus"}
MEANT = {36: {"SubmitRegistry"}, 37: {"SubmitRegistry"}, 58: {"RegisterPayment"}}
"""Operations whose ordinary answer is the point of an attack."""

FIRED = [one for one in ATTACKS if one.surface in {Surface.OPEN, Surface.KEY}]


@pytest.mark.parametrize("attack", FIRED, ids=lambda one: one.name)
def test_attack_is_withstood(attacked, ground, attack):
    begun, last = attacked.cpu_seconds(), last_entry(attacked)
    told = campaign.fire(attack, ground, attacked.canary)
    spent = attacked.cpu_seconds() - begun
    assert told.verdict.passed, complaints(told)
    assert attacked.process.is_running()
    assert attacked.hub.process.poll() is None
    assert answered_operations(attacked, last) <= HARMLESS | MEANT.get(attack.number, set())
    assert spent < min(CPU_SECONDS_OF_A_FAMILY, CPU_SECONDS_OF_A_MESSAGE * len(told.fired))


def test_the_payment_behind_the_attacks_would_be_taken(ground):
    answer = wire.send(ground.target, [ground.post(ground.envelope(ground.payment()))], patience=5)
    assert answer.field("resultCode") == "0"


def test_the_header_behind_the_attacks_is_right(ground):
    body = ground.envelope(ground.ping(), header=ground.header())
    answer = wire.send(ground.target, [ground.post(body)], patience=5)
    assert answer.field("contour") == "TEST"


def test_the_registry_behind_the_attacks_would_be_taken(ground):
    contract = load_catalog().contract(REGISTRIES)
    file = etree.fromstring(sample.samples(contract)["PaymentRegistryFile"])
    request = content.registry(ground, etree.tostring(file), "registry.xml")
    answer = wire.send(ground.target, [request], patience=5)
    complaint = content.rejected(ground)(
        answer, lambda again: wire.send(ground.target, [again], patience=5)
    )
    assert complaint is not None
    assert "ACCEPTED" in complaint


def last_entry(attacked) -> int:
    with attacked.hub.database().reading() as transaction:
        return transaction.execute(sa.select(sa.func.max(journal_entry.c.entry))).scalar() or 0


def answered_operations(attacked, last: int) -> set[str]:
    """What was not refused since: an adapter has seen no other operation."""
    with attacked.hub.database().reading() as transaction:
        rows = transaction.execute(
            sa.select(journal_entry.c.operation).where(
                journal_entry.c.entry > last, journal_entry.c.outcome != Outcome.REFUSED.value
            )
        )
        return {row.operation for row in rows}


def complaints(told: Told) -> str:
    return "\n".join(
        f"{one.shot}: {one.verdict.text}; ожидалось {one.expected}, получено {one.got}"
        for one in told.fired
        if one.verdict.failed
    ) or str(told.verdict)


def test_every_number_from_1_to_62_has_its_attack():
    assert [attack.number for attack in ATTACKS] == list(range(1, 63))


@pytest.mark.parametrize("ground", [Version.SOAP11], indirect=True)
def test_names_of_attacks_and_of_their_shots_are_told_apart(ground):
    assert len({attack.slug for attack in ATTACKS}) == len(ATTACKS)
    for attack in FIRED:
        names = [shot.name for shot in attack.shots(ground)]
        assert len(set(names)) == len(names) > 0, attack.name
