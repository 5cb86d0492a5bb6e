"""Sessions of trials: kept in rows that only grow, judged anew whenever somebody asks (GW-11).

`desk` is the door. `opening` begins a session, `gathering` collects its evidence from rows
from the journal (`journaled`) and asks the judge, `moves` does what the judge waits for from the
stand, `proofs` keeps what participants show and testers decide, `ends` freezes the result.
"""

from gateway.conformance.sessions.desk import SessionDesk
from gateway.conformance.sessions.frozen import Finished, FrozenLine
from gateway.conformance.sessions.gathering import Judged
from gateway.conformance.sessions.suites import Suites
from gateway.conformance.sessions.values import (
    Call,
    CallDue,
    Decision,
    Difference,
    NewSession,
    Review,
    Session,
    SessionState,
    Shown,
)

__all__ = [
    "Call",
    "CallDue",
    "Decision",
    "Difference",
    "Finished",
    "FrozenLine",
    "Judged",
    "NewSession",
    "Review",
    "Session",
    "SessionDesk",
    "SessionState",
    "Shown",
    "Suites",
]
