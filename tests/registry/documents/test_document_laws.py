"""Laws over random sequences of what anybody may try with documents.

Nothing is SIGNED or REGISTERED without a signature of every party, no number comes twice or is left
out, and no file of a document that somebody has signed ever changes.
"""

from dataclasses import dataclass, field

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office import BANK, OPERATOR, OTHER, SCAN
from proofs import examples

from gateway.documents import FileFormat
from gateway.documents.forms import ConnectionPlan, EmpAct
from gateway.kernel.errors import GatewayError
from registry.documents import models, shelf
from registry.documents.states import DocumentState
from registry.documents.values import Cms, Scan, Wanted

FORMS = (EmpAct(system="А"), EmpAct(system="Б"), ConnectionPlan())
WEIGHTS = {"sign": 8, "offer": 4, "redraw": 3, "register": 2, "draw_up": 1, "cancel": 1}
"""What leads on is tried more often, or hardly anything would ever be signed."""
PARTIES = (OPERATOR, BANK, OPERATOR, BANK, OTHER)
EVIDENCE = ("paper", "pen", "paper", "pen", "other paper", "pen of another", "nonsense")
STEPS = 25
LAWFUL = {DocumentState.SIGNED, DocumentState.REGISTERED}


@dataclass
class World:
    office: object
    pens: dict
    other_pen: object
    documents: list = field(default_factory=list)
    frozen: dict = field(default_factory=dict)
    """The files of every document that somebody has signed."""
    valid: set = field(default_factory=set)
    """Who has handed in a valid signature of what, as the test knows and not as the desk says."""

    def try_(self, name, chance):
        try:
            getattr(self, name)(chance)
        except GatewayError:
            return

    def draw_up(self, chance):
        self.documents.append(self.office.draw_up(chance.choice(FORMS)).document_id)

    def redraw(self, chance):
        self.office.do("redraw", chance.choice(self.documents), chance.choice(FORMS))

    def offer(self, chance):
        self.office.do("offer", chance.choice(self.documents))

    def register(self, chance):
        self.office.do("register", chance.choice(self.documents))

    def cancel(self, chance):
        self.office.do("cancel", chance.choice(self.documents), "случай")

    def sign(self, chance):
        document = self.office.ask(shelf.find, chance.choice(self.documents))
        party, how = chance.choice(PARTIES), chance.choice(EVIDENCE)
        given = self.evidence(document, party, how)
        if is_valid(party, how):
            self.valid.add((document.document_id, party))
        self.office.sign(document, party, given)

    def evidence(self, document, party, how):
        content = self.office.file(document, FileFormat.XML).octets
        match how:
            case "paper":
                return SCAN
            case "other paper":
                return Scan(SCAN.octets + b".", SCAN.media_type)
            case "pen":
                return Cms((self.pens[party].sign(content, self.office.clock()),))
            case "pen of another":
                return Cms((self.other_pen.sign(content, self.office.clock()),))
            case _:
                return Cms((b"nonsense",))


def is_valid(party, how):
    return "paper" in how or how == "pen" or (how == "pen of another" and party == BANK)


@pytest.fixture
def world(office, own_pen, bank_pen):
    return World(office, {OPERATOR: own_pen, BANK: bank_pen, OTHER: bank_pen}, bank_pen)


@settings(
    max_examples=examples(suite=6, proofs=12),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(chance=st.randoms(use_true_random=True))
def test_whatever_is_tried_the_laws_hold(world, chance):
    world.documents.clear()  # one database serves all examples: the laws are over all of it
    world.draw_up(chance)
    for name in chance.choices(list(WEIGHTS), list(WEIGHTS.values()), k=STEPS):
        world.try_(name, chance)
        check_signatures(world)
        check_files(world)
    check_numbers(world)


def check_signatures(world):
    with world.office.database.reading() as transaction:
        found = [shelf.find(transaction, one) for one in world.documents]
        act = shelf.signed_act(transaction, BANK)
    for document in found:
        needed = {one.participant for one in document.parties if one.signs}
        signed = {one.participant for one in document.signatures}
        assert signed <= needed
        assert {(document.document_id, one) for one in signed} <= world.valid
        if document.state in LAWFUL:
            assert signed == needed
    assert act is None or act.state in LAWFUL


def check_files(world):
    table, signature = models.document_file, models.document_signature
    query = sa.select(table.c.document, table.c.format, table.c.octets).where(
        table.c.document.in_(world.documents), table.c.document.in_(sa.select(signature.c.document))
    )
    with world.office.database.reading() as transaction:
        for document_id, file_format, kept in transaction.execute(query).all():
            file = world.office.desk.file(transaction, document_id, FileFormat[file_format])
            key = (document_id, file_format)
            assert world.frozen.setdefault((*key, kept), kept) == kept
            assert world.frozen.setdefault(key, file.octets) == file.octets


def check_numbers(world):
    found = world.office.ask(shelf.search, Wanted())
    for doc_type in {one.doc_type for one in found}:
        serials = sorted(one.serial for one in found if one.doc_type is doc_type)
        assert serials == list(range(1, len(serials) + 1))
    assert len({one.number for one in found}) == len(found)
