"""Rows that every table shares, and the vocabulary of the others in short."""

from registry.notices.codes import NoticeCode
from registry.onboarding import guards
from registry.onboarding.table import (
    NEW,
    CaseKind,
    Doc,
    Effect,
    Guard,
    Machine,
    Row,
    Who,
)
from registry.onboarding.terms import Term
from registry.participants import ParticipantKind

PARTICIPANT, OPERATOR, OWNER, SCHEDULER = (
    (Who.PARTICIPANT,),
    (Who.OPERATOR,),
    (Who.OWNER,),
    (Who.SCHEDULER,),
)
BOTH_CONTACTS = ("responsible_contact", "technical_contact")
"""Without both a request is not taken (PART-05)."""
STOPPED = frozenset({"REJECTED", "WITHDRAWN", "REFUSED", "DISCONNECTED"})
"""Nothing leads out of these, in any machine."""


def joining(row_id: str) -> tuple[Row, ...]:
    """Return how a case comes to JOINED: by a statement, or by one registered before."""
    return (
        Row(
            row_id,
            (NEW,),
            "submit_join",
            "JOIN_SUBMITTED",
            "подать заявление о присоединении к соглашению",
            who=PARTICIPANT,
            receives=Doc.JOIN,
        ),
        Row(
            row_id,
            ("JOIN_SUBMITTED",),
            "register_join",
            "JOINED",
            "зарегистрировать заявление: с этого момента участник присоединился",
            needs=("join_number",),
            notice=NoticeCode.JOINED,
            effect=Effect.JOINS,
        ),
        Row(
            row_id,
            (NEW,),
            "continue_joined",
            "JOINED",
            "начать дело присоединившегося ранее участника",
            who=PARTICIPANT,
            guards=(guards.joined,),
        ),
    )


def response(row_id: str, before: str, after: str, *takes: str) -> Row:
    """Return how a participant mends what was found in its request; the term runs anew."""
    return Row(
        row_id,
        (before,),
        "respond",
        after,
        "устранить недостатки",
        who=PARTICIPANT,
        needs=("answer",),
        takes=takes,
    )


def act(
    row_id: str, before: str, document: Doc, *, after: str = "ACT_SIGNED", with_date: bool = False
) -> tuple[Row, ...]:
    """Return how an act is drawn up and signed; `with_date` when it names the day of going live."""
    return (
        Row(
            row_id,
            (before,),
            "draw_up_act",
            before,
            "составить акт",
            needs=("go_live_on",) if with_date else (),
            guards=(guards.go_live_ahead,) if with_date else (),
            draws=document,
        ),
        Row(
            row_id,
            (before,),
            "sign_act",
            after,
            "внести акт, подписанный обеими сторонами",
            needs=("signed_on",),
            guards=(guards.signed_by_both, guards.go_live_not_before_act),
            signs=document,
            effect=Effect.SIGNS_ACT,
        ),
    )


def going_live(row_id: str, before: str) -> Row:
    """Return the step that nobody but the hub does, on the act's date."""
    return Row(
        row_id,
        (before,),
        "go_live",
        "IN_OPERATION",
        "ввести в эксплуатацию в день, названный актом",
        who=SCHEDULER,
        guards=(guards.date_reached,),
        effect=Effect.GOES_LIVE,
    )


def admission(row_id: str, state: str, *more: Guard) -> Row:
    """Return the limited admission to production, at the one state that has tests there."""
    return Row(
        row_id,
        (state,),
        "admit",
        state,
        "допустить ограниченно в продуктивный контур для испытаний",
        needs=("quota", "admitted_until", "masked"),
        guards=(guards.admission_bounded, *more),
        effect=Effect.ADMITS,
    )


def machine(
    kind: CaseKind,
    title: str,
    code: str,
    participants: frozenset[ParticipantKind],
    rows: tuple[Row, ...],
    operational: frozenset[str],
    final: frozenset[str] = frozenset(),
    suspension: str = "ONB-COMMON",
) -> Machine:
    """Return a machine with the rows that all have: withdraw, reject, suspend, disconnect."""
    states = dict.fromkeys(row.after for row in rows)
    stopped = STOPPED | final
    going = tuple(state for state in states if state not in operational | stopped)
    running = tuple(state for state in states if state in operational)
    return Machine(
        kind,
        title,
        code,
        participants,
        (*rows, *_common(going, running, suspension)),
        operational,
        stopped,
    )


def _common(going: tuple[str, ...], running: tuple[str, ...], suspension: str) -> tuple[Row, ...]:
    reason = ("reason",)
    ends = Effect.ENDS
    rows = (
        Row(
            "ONB-COMMON",
            going,
            "withdraw",
            "WITHDRAWN",
            "отозвать заявку",
            who=PARTICIPANT,
            takes=reason,
            effect=ends,
        ),
        Row(
            "ONB-COMMON",
            going,
            "reject",
            "REJECTED",
            "отказать в подключении",
            needs=reason,
            effect=ends,
        ),
        Row(
            suspension,
            running,
            "suspend",
            "SUSPENDED",
            "приостановить: закрыть оба контура",
            who=(Who.OPERATOR, Who.SCHEDULER),
            needs=reason,
            notice=NoticeCode.SUSPENDED,
            effect=Effect.SUSPENDS,
        ),
        *(
            Row(
                "ONB-COMMON",
                ("SUSPENDED",),
                "resume",
                state,
                "возобновить",
                needs=reason,
                effect=Effect.RESUMES,
            )
            for state in running[:1]
        ),
        Row(
            "ONB-COMMON",
            (*running, "SUSPENDED"),
            "disconnect",
            "DISCONNECTED",
            "отключить: закрыть оба контура навсегда",
            needs=reason,
            effect=Effect.DISCONNECTS,
        ),
    )
    return rows if running else rows[:2]


def term(row_id: str, what: str, days: int, since: str | None = "received_at") -> Term:
    """Return a term in working days from the receipt (CAL-03)."""
    return Term(row_id, what, days, since=since)
