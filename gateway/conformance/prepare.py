"""What the stand makes for an attempt: its values, and files filled in with them.

Both are recorded as evidence before anybody sees them; the judge never makes them again.
"""

from gateway.conformance.errors import StandBroken
from gateway.conformance.evidence import Attempt, Evidence, HandedOut, Place
from gateway.conformance.language import model
from gateway.conformance.language.template import Sources, draw, render


def begin(
    suite: model.Suite, case: model.Case, row: model.Row, evidence: Evidence, sources: Sources
) -> Attempt:
    """Begin the next attempt at a line; raise StandBroken."""
    earlier = [a for a in evidence.attempts if (a.case, a.row) == (case.code, row.number)]
    return Attempt(
        case=case.code,
        row=row.number,
        number=len(earlier) + 1,
        started_at=sources.now,
        digest=suite.digest,
        system_version=evidence.system_version,
        values=draw(case.variables, sources),
    )


def hand_out(
    suite: model.Suite, place: Place, sample: str, evidence: Evidence, sources: Sources
) -> HandedOut:
    """Fill a sample in for one attempt; raise StandBroken."""
    content = fill(suite, place, sample, evidence)
    return HandedOut(place, sources.now, sample.removeprefix("samples/"), content)


def fill(suite: model.Suite, place: Place, sample: str, evidence: Evidence) -> bytes:
    """Return a sample with the values of an attempt, the same each time; raise StandBroken."""
    case = suite.case(place.case)
    attempt = next((a for a in evidence.attempts if (a.case, a.row, a.number) == place[:3]), None)
    if case is None or attempt is None or sample not in suite.samples:
        raise StandBroken(f"Файл {sample} подготовить не для чего.")
    row = next(row for row in case.rows if row.number == place.row)
    return render(suite.samples[sample], attempt.values, row.values, evidence.params)
