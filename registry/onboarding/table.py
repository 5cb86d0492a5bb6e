"""The words a machine is written in: rows that read like the tables of the requirements, B2."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum
from functools import cached_property

from registry.notices.codes import NoticeCode
from registry.onboarding.facts import Facts
from registry.onboarding.terms import Term
from registry.participants import ParticipantKind

NEW = "NEW"
"""Before the first row: there is no case yet."""


class CaseKind(Enum):
    """What a case is about; each has its machine."""

    REG = "SM-REG"
    EDO = "SM-EDO"
    ORG_INT = "SM-ORG-INT"
    ORG_ARM = "SM-ORG-ARM"
    BANK = "SM-BANK"
    PUTO = "SM-PUTO"
    PUB = "SM-PUB"
    EMP = "SM-EMP"
    EMP_APP = "SM-EMP-APP"
    OIV_SVC = "SM-OIV-SVC"
    OIV_ACC = "SM-OIV-ACC"


class Who(Enum):
    """In whose name a step is done."""

    PARTICIPANT = "участник"
    OPERATOR = "оператор"
    OWNER = "владелец"
    SCHEDULER = "узел"


class Doc(StrEnum):
    """Documents that a case takes in, draws up or has signed; codes of section D1."""

    JOIN = "JOIN"
    APP_REGISO = "APP-REGISO"
    USER_AGREEMENT = "USER-AGREEMENT"
    ORDER_EDO = "ORDER-EDO"
    NOTICE_READY = "NOTICE-READY"
    PLAN_TEST = "PLAN-TEST"
    PLAN_CONN = "PLAN-CONN"
    PROT_ORG = "PROT-ORG"
    ACT_ORG_TEST = "ACT-ORG-TEST"
    LETTER_ARM = "LETTER-ARM"
    APP_BANK = "APP-BANK"
    PROT_BANK = "PROT-BANK"
    ACT_BANK_TEST = "ACT-BANK-TEST"
    SCHEME_SVC = "SCHEME-SVC"
    APP_PUTO = "APP-PUTO"
    APP_NET = "APP-NET"
    ACT_PUTO = "ACT-PUTO"
    PROT_PUTO = "PROT-PUTO"
    TECHREQ = "TECHREQ"
    APP_EMP = "APP-EMP"
    ACT_EMP = "ACT-EMP"
    CONTRACT_EMP = "CONTRACT-EMP"
    APP_EMP_SVC = "APP-EMP-SVC"
    REQ_OIV_SVC = "REQ-OIV-SVC"
    REQ_OIV_ACC = "REQ-OIV-ACC"
    REFUSAL_OIV = "REFUSAL-OIV"


class Effect(Enum):
    """What a step does besides moving its case; access follows from these and nothing else."""

    JOINS = "присоединяет: открыт тестовый контур"
    ADMITS = "допускает ограниченно в продуктивный контур"
    ENDS_ADMISSION = "прекращает ограниченный допуск"
    SIGNS_ACT = "вносит подписанный акт"
    GOES_LIVE = "открывает продуктивный контур по акту"
    SUSPENDS = "закрывает оба контура"
    RESUMES = "снимает приостановление"
    DISCONNECTS = "закрывает оба контура навсегда"
    ENDS = "прекращает то, что дало это дело"


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that a guard may look at."""

    participant_kind: ParticipantKind
    facts: Facts
    """Those of the case and of the step together."""
    now: datetime
    is_joined: bool = False
    """Whether a statement of joining is registered and in force (PART-04)."""
    has_organizer: bool = False
    """Whether an organizer has told of its contract with this bank (PART-12)."""
    is_admitted: bool = False
    """Whether the case has been given a limited admission."""
    untried: str | None = "Завершённых сеансов испытаний у дела нет."
    """What is missing of its trials, in Russian; None when sessions have passed them (GW-11)."""
    signed: frozenset[Doc] = frozenset()
    """Documents of the case that both sides have signed, each in its latest edition."""


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition by its name; `check` returns what is missing, or None."""

    name: str
    title: str
    check: Callable[[Situation, "Row"], str | None]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: from, to, who, when, and what it brings about."""

    id: str
    before: tuple[str, ...]
    step: str
    after: str
    title: str
    """What is done, in Russian."""
    who: tuple[Who, ...] = (Who.OPERATOR,)
    needs: tuple[str, ...] = ()
    """Facts that have to be given with the step, anew each time it is done."""
    takes: tuple[str, ...] = ()
    """Facts that may be given besides."""
    guards: tuple[Guard, ...] = ()
    within: Term | None = None
    """In which time the state has to be left."""
    receives: Doc | None = None
    draws: Doc | None = None
    signs: Doc | None = None
    notice: NoticeCode = NoticeCode.CASE_STATE
    """What its addressee is told: every step is told once."""
    effect: Effect | None = None
    becomes: CaseKind | None = None
    sets: tuple[tuple[str, bool], ...] = ()
    """Facts that the step itself settles."""

    @property
    def rests_on_trials(self) -> bool:
        """Whether it is done by finished sessions and by nobody's word."""
        return any(guard.name == "tried" for guard in self.guards)

    @property
    def document(self) -> Doc | None:
        """The document that the requirements name with the row."""
        return self.receives or self.draws or self.signs


@dataclass(frozen=True)
class Machine:
    """One table."""

    kind: CaseKind
    title: str
    code: str
    """Stands in the numbers of its cases."""
    participants: frozenset[ParticipantKind]
    rows: tuple[Row, ...]
    operational: frozenset[str]
    """States in which the connection works; they may be suspended."""
    final: frozenset[str] = frozenset()
    """Further states that nothing leads out of."""

    @cached_property
    def index(self) -> dict[tuple[str, str], Row]:
        """The row of each state and step."""
        found = {(state, row.step): row for row in self.rows for state in row.before}
        if len(found) != sum(len(row.before) for row in self.rows):
            raise ValueError(f"{self.kind.value}: two rows for one state and step")
        return found

    @cached_property
    def states(self) -> tuple[str, ...]:
        """Every state, in the order of the table."""
        seen = dict.fromkeys(row.after for row in self.rows)
        return tuple(seen)

    @cached_property
    def steps(self) -> tuple[str, ...]:
        """Every step by its name."""
        return tuple(dict.fromkeys(row.step for row in self.rows))

    def leaving(self, state: str) -> Iterator[Row]:
        """Return the rows that lead out of a state, or do something in it."""
        return (row for row in self.rows if state in row.before)
