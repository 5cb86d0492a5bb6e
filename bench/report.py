"""From measurements to a table: medians, ratios to the reference, and what was checked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

from bench.database import Mode
from bench.load import Figures

CROWDED = 0.15
"""Share of the machine used by strangers above which a figure is marked."""

MODE_TITLES: Mapping[Mode, str] = {
    "none": "without a database",
    "sqlite": "durable on SQLite (WAL, synchronous=FULL)",
    "pg": "durable on PostgreSQL",
}


class Cell(NamedTuple):
    """One place of the table."""

    mode: Mode
    message: str
    connections: int


@dataclass(frozen=True, slots=True)
class Measurement:
    """One run of wrk against one server in one round."""

    server: str
    round: int
    cell: Cell
    figures: Figures
    cpu_us: float
    """Processor time of the server's own processes a request."""
    database_us: float
    """The same of PostgreSQL's backends that serve it; its writers and fsync are nobody's."""
    strangers: float
    """Share of the machine used by neither the server, its database nor wrk."""

    @property
    def whole_us(self) -> float:
        return self.cpu_us + self.database_us


@dataclass(frozen=True, slots=True)
class Row:
    """The median of the rounds."""

    server: str
    cell: Cell
    per_second: float
    low: float
    high: float
    ratio: float | None
    """To the reference in the same round, median of the rounds: the machine's drift divides out."""
    cheaper: float | None
    """How many times less processor time than the reference, PostgreSQL's included."""
    p50_us: float
    p99_us: float
    cpu_us: float
    database_us: float
    errors: int
    crowded: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """What was proven about one server beside its speed."""

    server: str
    mode: Mode
    let_through: tuple[str, ...]
    """Broken samples that were answered as if they were good."""
    memory_mib: float


@dataclass(slots=True)
class Results:
    """Everything a run found out."""

    head: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    measurements: list[Measurement] = field(default_factory=list)
    checked: list[Checked] = field(default_factory=list)
    absent: dict[str, str] = field(default_factory=dict)
    """Who is not installed, and what is missing."""
    failed: dict[str, str] = field(default_factory=dict)
    """Who could not be built or started, or answered wrongly."""


def rows(measurements: Sequence[Measurement], reference: str) -> list[Row]:
    """Fold the rounds; keep the order in which servers and cells were first measured."""
    keys = dict.fromkeys((one.cell, one.server) for one in measurements)
    return [_row(cell, server, measurements, reference) for cell, server in keys]


def _row(cell: Cell, server: str, measurements: Sequence[Measurement], reference: str) -> Row:
    own = _by_round(measurements, cell, server)
    base = _by_round(measurements, cell, reference)
    pairs = [(one, base[number]) for number, one in own.items() if number in base]
    speeds = [one.figures.per_second for one in own.values()]
    return Row(
        server=server,
        cell=cell,
        per_second=median(speeds),
        low=min(speeds),
        high=max(speeds),
        ratio=_median([a.figures.per_second / b.figures.per_second for a, b in pairs]),
        cheaper=_median([b.whole_us / a.whole_us for a, b in pairs]),
        p50_us=median(one.figures.p50_us for one in own.values()),
        p99_us=median(one.figures.p99_us for one in own.values()),
        cpu_us=median(one.cpu_us for one in own.values()),
        database_us=median(one.database_us for one in own.values()),
        errors=sum(one.figures.errors for one in own.values()),
        crowded=max(one.strangers for one in own.values()) > CROWDED,
    )


def _by_round(
    measurements: Sequence[Measurement], cell: Cell, server: str
) -> dict[int, Measurement]:
    return {one.round: one for one in measurements if (one.cell, one.server) == (cell, server)}


def _median(values: Sequence[float]) -> float | None:
    return median(values) if values else None


def markdown(results: Results, reference: str) -> str:
    """The whole report."""
    parts = ["# Peers side by side", _list(results.head)]
    parts += ["## Who takes part", _list(results.versions)]
    folded = rows(results.measurements, reference)
    tables = dict.fromkeys((row.cell.mode, row.cell.message) for row in folded)
    for mode, message in tables:
        own = [row for row in folded if (row.cell.mode, row.cell.message) == (mode, message)]
        parts += [f"## {message}, {MODE_TITLES[mode]}", _table(own, results.titles)]
    parts += ["## What was checked", _checks(results.checked, results.titles)]
    if results.absent:
        parts += ["## Who is not installed", _list(results.absent)]
    if results.failed:
        parts += ["## Who failed", _list(results.failed)]
    parts.append(LEGEND)
    return "\n\n".join(parts) + "\n"


LEGEND = f"""\
req/s: median of the rounds (lowest-highest). x ref: median of the rounds' ratios to the reference.
CPU us, PG us: processor time of the server's processes and of its PostgreSQL backends a request.
x CPU: how many times less of both than the reference; neighbours hardly change it.
`*`: neighbours took more than {CROWDED:.0%} of the machine in some round, in each attempt.
Payments and registries were counted in the database after the load: never fewer than answers."""


def _list(facts: Mapping[str, str]) -> str:
    return "\n".join(f"- {name}: {value}" for name, value in facts.items())


def _table(own: Sequence[Row], titles: Mapping[str, str]) -> str:
    heading = (
        *("server", "conn", "req/s", "low-high", "x ref"),
        *("p50 ms", "p99 ms", "CPU us", "PG us", "x CPU", "errors"),
    )
    lines = [
        (
            titles[row.server],
            str(row.cell.connections),
            f"{row.per_second:,.0f}{'*' if row.crowded else ''}",
            f"{row.low:,.0f}-{row.high:,.0f}",
            "" if row.ratio is None else f"{row.ratio:.2f}",
            f"{row.p50_us / 1000:.2f}",
            f"{row.p99_us / 1000:.2f}",
            f"{row.cpu_us:,.0f}",
            f"{row.database_us:,.0f}",
            "" if row.cheaper is None else f"{row.cheaper:.2f}",
            str(row.errors),
        )
        for row in sorted(own, key=lambda row: row.cell.connections)
    ]
    return grid([heading, *lines])


def _checks(checked: Iterable[Checked], titles: Mapping[str, str]) -> str:
    heading = ("server", "mode", "broken samples let through", "memory MiB")
    lines = {
        (one.server, one.mode): (
            titles[one.server],
            one.mode,
            ", ".join(one.let_through) or "none",
            f"{one.memory_mib:,.0f}",
        )
        for one in checked
    }
    return grid([heading, *lines.values()])


def grid(lines: Sequence[Sequence[str]]) -> str:
    """A Markdown table that also reads well in a terminal; columns after the first to the right."""
    widths = [max(len(line[n]) for line in lines) for n in range(len(lines[0]))]
    ruler = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(_line(line, widths) for line in (lines[0], ruler, *lines[1:]))


def _line(line: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(line, widths, strict=True)
    cells = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
    return f"| {' | '.join(cells)} |"
