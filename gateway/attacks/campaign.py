"""Fires attacks at a hub, and looks after each whether the hub is still well."""

from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from time import monotonic

from gateway.attacks import wire
from gateway.attacks.attack import Attack, Shot, Surface
from gateway.attacks.forge import Forge
from gateway.attacks.ground import Credentials, Ground
from gateway.attacks.wire import Answer, Canary, Target, Unreachable
from gateway.contracts.catalog import Catalog
from gateway.kernel.message import Contour
from gateway.kernel.ports import Clock
from gateway.kernel.verdict import PASSED, Outcome, Verdict, failed, undefined
from gateway.soap.parse import Version

MOST_AT_ONCE = 8
PATIENCE_SECONDS = 30.0
"""How long an answer may take before it counts as none."""


class NotATestContour(Exception):
    """The address is not one that may be attacked; the text says why."""


@dataclass(frozen=True, slots=True)
class Fired:
    """What one shot met."""

    attack: Attack
    shot: str
    expected: str
    got: str
    seconds: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Told:
    """What became of an attack."""

    attack: Attack
    fired: tuple[Fired, ...]
    seconds: float
    """All its shots together."""
    ping_seconds: float | None
    """How long the hub took for a good Ping afterwards; None when it did not answer it."""
    verdict: Verdict

    @property
    def got(self) -> str:
        """What came back, each kind once, the most frequent first."""
        counted = Counter(one.got for one in self.fired)
        return "; ".join(
            f"{got} ×{count}" if count > 1 else got for got, count in counted.most_common()
        )


def reconnoitre(
    target: Target,
    version: Version,
    credentials: Credentials,
    catalog: Catalog,
    clock: Clock,
    canary: Canary,
    forge: Forge | None = None,
) -> Ground:
    """Ask who we are and where; raise NotATestContour or Unreachable.

    Only a hub that names its contour TEST may be attacked.
    """
    ground = Ground(target, version, credentials, catalog, clock, "", canary.url)
    answer = ping(ground)
    if answer.status is None:
        raise NotATestContour(f"{target.url}: на Ping нет ответа")
    if answer.fault is not None or answer.field("contour") != Contour.TEST.value:
        why = answer.fault.text if answer.fault else f"статус {answer.status}"
        raise NotATestContour(
            f"{target.url}: это не тестовый контур или учётные данные не его ({why})"
        )
    ground = replace(ground, sender=answer.field("recipient"), forge=forge)
    if forge is not None:
        _introduce(ground, forge)
    return ground


def _introduce(ground: Ground, forge: Forge) -> None:
    """Send an honestly signed Ping: unless it is answered, no refusal would prove anything."""
    signed = forge.sign(ground.envelope(ground.ping(), header=ground.header()))
    request = ground.post(signed.octets, {"Authorization": None})
    answer = wire.send(ground.target, [request], patience=PATIENCE_SECONDS)
    if answer.field("contour") != Contour.TEST.value:
        why = answer.fault.text if answer.fault else f"статус {answer.status}"
        raise NotATestContour(f"{ground.target.url}: подписанный Ping не принят ({why})")


def ping(ground: Ground) -> Answer:
    """Send a good Ping."""
    body = ground.envelope(ground.ping())
    return wire.send(ground.target, [ground.post(body)], patience=PATIENCE_SECONDS)


def run(attacks: Iterable[Attack], ground: Ground, canary: Canary) -> Iterator[Told]:
    """Fire the attacks one after another, until the hub takes no connection any more."""
    for attack in attacks:
        try:
            yield fire(attack, ground, canary)
        except Unreachable as error:
            yield Told(attack, (), 0.0, None, failed(f"узел не принимает соединений: {error}"))
            return


def fire(attack: Attack, ground: Ground, canary: Canary) -> Told:
    """Fire one attack; raise Unreachable when the hub takes no connection any more."""
    if attack.surface is not Surface.OPEN and not (
        attack.surface is Surface.KEY and ground.forge is not None
    ):
        return Told(attack, (), 0.0, None, undefined(f"{attack.surface.value}: {attack.note}"))
    started, asked = monotonic(), canary.asked
    fired = _volley(attack, ground)
    seconds = monotonic() - started
    after = ping(ground)
    well = after.field("contour") == Contour.TEST.value
    return Told(
        attack,
        fired,
        seconds,
        after.seconds if well else None,
        _judge(fired, fetched=canary.asked - asked, well=well),
    )


def _volley(attack: Attack, ground: Ground) -> tuple[Fired, ...]:
    with ThreadPoolExecutor(MOST_AT_ONCE if attack.at_once else 1) as threads:
        return tuple(threads.map(lambda shot: _shoot(attack, shot, ground), attack.shots(ground)))


def _judge(fired: tuple[Fired, ...], *, fetched: int, well: bool) -> Verdict:
    if not well:
        return failed("после атаки узел не отвечает на Ping")
    if fetched:
        return failed(f"узел сходил по адресу из сообщения, раз: {fetched}")
    wrong = [one for one in fired if one.verdict.failed]
    if wrong:
        return failed(f"{wrong[0].shot}: {wrong[0].verdict.text}" + _others(len(wrong)))
    return PASSED if fired else Verdict(Outcome.UNDEFINED, "ничего не послано")


def _others(count: int) -> str:
    return f" (и ещё {count - 1})" if count > 1 else ""


def _shoot(attack: Attack, shot: Shot, ground: Ground) -> Fired:
    with wire.crowd(ground.target, shot.crowd):
        answer = wire.send(
            ground.target,
            shot.pieces,
            patience=max(PATIENCE_SECONDS, ground.slow_seconds),
            pause=shot.pause,
        )

    def again(request: bytes) -> Answer:
        return wire.send(ground.target, [request], patience=PATIENCE_SECONDS)

    complaint = shot.expected.complaint(answer)
    if complaint is None and shot.then is not None:
        complaint = shot.then(answer, again)
    verdict = PASSED if complaint is None else failed(complaint)
    return Fired(attack, shot.name, str(shot.expected), _got(answer), answer.seconds, verdict)


def _got(answer: Answer) -> str:
    if answer.status is None:
        return "закрыто" if answer.closed else "молчание"
    fault = answer.fault
    return f"{answer.status} {fault.name} {fault.code}".strip() if fault else str(answer.status)
