"""A suite in memory: a plan with its cases, as its author meant them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum

from lxml import etree

from gateway.conformance.evidence import Signature
from gateway.conformance.language.scalars import Operand, Reference


class Kind(Enum):
    """Whether a case must be passed."""

    MANDATORY = "mandatory"
    OPTIONAL = "optional"
    CONDITIONAL = "conditional"
    """Mandatory where its `when` is given."""


@dataclass(frozen=True, slots=True)
class Path:
    """An XPath, compiled with the plan's prefixes."""

    text: str
    compiled: etree.XPath = field(repr=False, compare=False)


class Rule:
    """What an assertion looks at; one class for each verb of the language."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Xsd(Rule):
    """The payload and the hub's header fit the published schema; `*` finds it by the payload."""

    contract: str


@dataclass(frozen=True, slots=True)
class XPath(Rule):
    """Every node of a path fits; without a comparison there must be one at all."""

    path: Path
    equals: Operand | None = None
    least: Operand | None = None
    most: Operand | None = None
    among: tuple[Operand, ...] = ()
    matches: re.Pattern[str] | None = None
    after: Operand | None = None
    none: bool = False
    """There must be no such node."""
    as_money: bool = False


@dataclass(frozen=True, slots=True)
class Sum(Rule):
    """The sum of the nodes, in decimal roubles, equals one value."""

    rows: Path
    equals: Operand | Path


@dataclass(frozen=True, slots=True)
class Fault(Rule):
    """The reply is a fault of this code; `none`: it is no fault."""

    code: Operand


@dataclass(frozen=True, slots=True)
class Http(Rule):
    """The HTTP status is one of these."""

    statuses: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Same(Rule):
    """A path has the same text here and in another document."""

    path: Path
    other: Reference


@dataclass(frozen=True, slots=True)
class SameBody(Rule):
    """The payload is the same, canonically, as another one."""

    other: Reference


@dataclass(frozen=True, slots=True)
class Count(Rule):
    """The hub's answer has so many rows."""

    count: Operand


@dataclass(frozen=True, slots=True)
class Signed(Rule):
    """What the hub found about the signature."""

    signature: Signature


@dataclass(frozen=True, slots=True)
class Assertion:
    """A rule with what the protocol says of it."""

    rule: Rule
    requirement: str | None
    """None: those of the case."""
    warns: bool
    """Whether it only warns when broken."""
    hint: str | None


@dataclass(frozen=True, slots=True)
class Match:
    """Which of the participant's messages is meant."""

    path: Path | None = None
    equals: Operand | None = None
    fault: str | None = None
    answered: Path | None = None
    """What must be found in the reply: of one who asks again and again, the answer that counts."""


@dataclass(frozen=True, slots=True)
class ReplyRule:
    """What the stand does instead of answering."""

    drop: bool = False
    """The answer is made and journaled, and the line is cut."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A person is asked to do something."""

    id: str
    text: str
    attach: str | None
    """Name of the sample that is handed out."""
    evidence: str | None
    """What has to be brought: text, file, image."""
    once: bool
    """Whether only the first row of a data table asks for it."""


@dataclass(frozen=True, slots=True)
class Expect:
    """A message of the participant has to come, or must not."""

    id: str
    operation: str
    """`*` is any, also one that the hub did not understand."""
    within: timedelta
    match: Match | None
    absent: bool
    unidentified: bool
    """Whether the sender may be unknown to the hub, as behind a bad signature."""
    reply: ReplyRule | None
    assertions: tuple[Assertion, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """We call the participant."""

    id: str
    operation: str
    to: Reference
    body: str
    timeout: timedelta
    assertions: tuple[Assertion, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """Something that is held already is looked at: a document, or the hub's state."""

    id: str
    what: str
    """`$step.reply`, `$step.request`, `hub.…`."""
    where: Mapping[str, Operand]
    within: timedelta | None
    assertions: tuple[Assertion, ...]


Step = Ask | Expect | Call | Check


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a data table: one line of the protocol."""

    number: int
    """From 1; 0 for a case without a table."""
    name: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """One case: what is done, what has to come of it, which requirements that verifies."""

    code: str
    title: str
    purpose: str
    kind: Kind
    when: Reference | None
    sut: str
    verifies: tuple[str, ...]
    needs: tuple[str, ...]
    sample: str | None
    variables: Mapping[str, str]
    rows: tuple[Row, ...]
    """Never empty."""
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Param:
    """A value of the session that cases refer to."""

    name: str
    title: str
    by_participant: bool
    required: bool


@dataclass(frozen=True, slots=True)
class Requirement:
    """What the plan has to verify, or says why it does not."""

    id: str
    text: str
    source: str
    not_tested: str | None


@dataclass(frozen=True, slots=True)
class AdmissionRule:
    """What the plan's protocol is good for."""

    documents: tuple[str, ...]
    months: int
    evidence_days: int
    recheck_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suite:
    """A plan with everything it needs to be judged."""

    code: str
    """SUITE-02."""
    plan: str
    version: str
    title: str
    basis: tuple[str, ...]
    format: str
    """Contract name; `*` for every service."""
    also: tuple[str, ...]
    """Contracts whose messages are meant as well: a tried service may have to call another one."""
    namespaces: Mapping[str, str]
    """By the prefix that paths write."""
    params: tuple[Param, ...]
    preflight: tuple[str, ...]
    requirements: tuple[Requirement, ...]
    cases: tuple[Case, ...]
    admission: AdmissionRule
    samples: Mapping[str, bytes]
    """Templates by name, `samples/registry.xml`."""
    manifest: str
    """One line for each file that the verdict depends on: SHA-256, two spaces, name."""
    digest: str
    """SHA-256 of the manifest: the plan as it was released."""

    @property
    def services(self) -> tuple[str, ...]:
        """Contracts whose messages the plan is about; `*` among them means every one."""
        return (self.format, *self.also)

    @property
    def called(self) -> tuple[str, ...]:
        """Contracts that the participant calls here, and needs a right to; none of `*`."""
        calls = any(case.sut == "client" for case in self.cases)
        named = (self.format, *self.also) if calls else self.also
        return tuple(name for name in named if name != "*")

    def is_about(self, service: str | None) -> bool:
        """Tell whether messages to a contract may be meant by the plan's steps."""
        return self.format == "*" or service in self.services

    def case(self, code: str) -> Case | None:
        """Return a case by code."""
        return next((case for case in self.cases if case.code == code), None)
