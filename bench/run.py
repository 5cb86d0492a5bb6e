"""`make bench`: us and the peers side by side, interleaved, by one contract and one load."""

import json
import os
import platform
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click
import psutil

from bench import hub, report
from bench.contender import Broken, Contender, Plan, checked, measure, prove, start_peer, visiting
from bench.contract import MESSAGES, Payers
from bench.database import MODES, Mode, peer_rows, postgres_settings
from bench.load import LoadFailed
from bench.report import Results
from bench.roster import PEERS_OF_THE_TABLE, REFERENCE, VAR, BuildFailed
from bench.server import ServerFailed

FAILURES = (Broken, BuildFailed, LoadFailed, ServerFailed)


def _words(_context: click.Context, _parameter: click.Parameter, value: str) -> list[str]:
    return [word for word in value.split(",") if word]


@click.command()
@click.option("--quick", is_flag=True, help="64 connections, one short round.")
@click.option("--only", callback=_words, default="", help="Names by comma; all when empty.")
@click.option("--modes", callback=_words, default=",".join(MODES), help="none,sqlite,pg")
@click.option("--messages", callback=_words, default="S,M", help="S,M")
@click.option("--connections", callback=_words, default="", help="1,16,64 (--quick: 64)")
@click.option("--rounds", type=click.IntRange(1), help="3 (--quick: 1)")
@click.option("--seconds", type=click.IntRange(1), help="5 a figure (--quick: 4)")
@click.option("--patience", type=click.IntRange(1), help="Warm after 3 idle windows")
@click.option("--attempts", type=click.IntRange(1), help="3 on a crowded machine (--quick: 1)")
def main(
    *,
    quick: bool,
    only: list[str],
    modes: list[Mode],
    messages: list[str],
    connections: list[str],
    rounds: int | None,
    seconds: int | None,
    patience: int | None,
    attempts: int | None,
) -> None:
    """Measure and print; keep the report and every figure in bench/var/."""
    plan = Plan(
        modes=[mode for mode in MODES if mode in modes],
        messages=[message for message in MESSAGES if message.name in messages],
        connections=[int(n) for n in connections or (["64"] if quick else ["1", "16", "64"])],
        rounds=rounds or (1 if quick else 3),
        seconds=seconds or (4 if quick else 5),
        patience=patience or 3,
        attempts=attempts or (1 if quick else 3),
    )
    # An ended benchmark leaves no server running and no database behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if shutil.which("wrk") is None:
        raise click.ClickException("wrk is missing: apt-get install wrk")
    if strangers := {*only} - {hub.NAME, *(peer.name for peer in PEERS_OF_THE_TABLE)}:
        raise click.BadParameter(f"unknown: {', '.join(sorted(strangers))}", param_hint="--only")
    results = Results()
    contenders = _gather(only, results)
    results.head = _head(plan)
    _measure(contenders, plan, results)
    _publish(results)
    sys.exit(1 if results.failed else 0)


def _gather(only: Sequence[str], results: Results) -> list[Contender]:
    """Build who can take part; write down who cannot, and why."""
    found = _us(results) if not only or hub.NAME in only else []
    for peer in PEERS_OF_THE_TABLE:
        if only and peer.name not in only:
            continue
        if missing := peer.missing():
            results.absent[peer.name] = f"missing {', '.join(missing)}; {peer.install}"
            continue
        try:
            peer.build()
        except BuildFailed as error:
            results.failed[peer.name] = str(error)
            continue
        results.titles[peer.name] = peer.title
        results.versions[peer.name] = f"{peer.version()}; validated by: {peer.validates}"
        found.append(Contender(peer.name, peer.title, partial(start_peer, peer), peer_rows))
    return found


def _us(results: Results) -> list[Contender]:
    if reason := hub.missing():
        results.absent[hub.NAME] = reason
        return []
    results.titles[hub.NAME] = hub.TITLE
    results.versions[hub.NAME] = hub.version()
    return [Contender(hub.NAME, hub.TITLE, hub.start_hub, hub.rows)]


def _measure(contenders: Sequence[Contender], plan: Plan, results: Results) -> None:
    """Round by round all servers in turn, so that the machine's drift meets everybody alike."""
    for mode in plan.modes:
        for number in range(plan.rounds):
            for contender in contenders:
                if contender.name in results.failed:
                    continue
                try:
                    _visit(contender, mode, number, plan, results)
                except FAILURES as error:
                    results.failed[contender.name] = f"{mode}: {error}"
                    print(f"  {contender.name}: {error}", file=sys.stderr)


def _visit(contender: Contender, mode: Mode, number: int, plan: Plan, results: Results) -> None:
    with visiting(contender, mode) as visit:
        let_through = prove(visit, plan.messages)
        results.measurements.extend(measure(visit, plan, number))
        results.checked.append(checked(visit, let_through))


def _head(plan: Plan) -> dict[str, str]:
    memory = psutil.virtual_memory().total / 2**30
    sizes = [f"{m.name} = {m.title}, {m.size(Payers()):,} bytes" for m in plan.messages]
    settings = ", ".join(f"{name}={value}" for name, value in postgres_settings().items())
    return {
        "when": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "revision": _said(["git", "rev-parse", "--short", "HEAD"]),
        "processor": f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        "PostgreSQL": settings or "does not answer",
        "messages": "; ".join(sizes),
        "load": f"{_said(['wrk', '-v']).splitlines()[0]}, {plan.seconds} s a figure after"
        " warming until a request gets no cheaper, median of"
        f" {plan.rounds} interleaved rounds",
        "ratios to": REFERENCE,
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _said(command: Iterable[str]) -> str:
    done = subprocess.run(list(command), capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def _publish(results: Results) -> None:
    text = report.markdown(results, REFERENCE)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    (VAR / f"results-{stamp}.md").write_text(text, encoding="utf-8")
    everything = json.dumps(asdict(results), ensure_ascii=False, indent=1)
    (VAR / f"results-{stamp}.json").write_text(everything, encoding="utf-8")
    print(text)
    print(f"Kept as bench/var/results-{stamp}.md and .json")


if __name__ == "__main__":
    main()
