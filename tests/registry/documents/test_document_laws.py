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

from gateway.documents import FileFormat
from gateway.documents.forms import ConnectionPlan, EmpAct
from gateway.kernel.errors import GatewayError
from registry.documents import models, shelf
from registry.documents.states import DocumentState
from registry.documents.values import Cms, Scan, Wanted

WHICH = st.integers(0, 2)
FORMS = st.sampled_from([EmpAct(system="А"), EmpAct(system="Б"), ConnectionPlan()])
STEPS = st.one_of(
    st.tuples(st.just("draw_up"), FORMS),
    st.tuples(st.just("redraw"), WHICH, FORMS),
    st.tuples(st.just("offer"), WHICH),
    st.tuples(
        st.just("sign"),
        WHICH,
        st.sampled_from([OPERATOR, BANK, OTHER]),
        st.sampled_from(["paper", "other paper", "pen", "pen of another", "nonsense"]),
    ),
    st.tuples(st.just("register"), WHICH),
    st.tuples(st.just("cancel"), WHICH),
)
LAWFUL = {DocumentState.SIGNED, DocumentState.REGISTERED}


@dataclass
class World:
    office: object
    pens: dict
    other_pen: object
    documents: list = field(default_factory=list)
    frozen: dict = field(default_factory=dict)
    """The digests of the files of every document that somebody has signed."""

    def try_(self, name, *arguments):
        try:
            getattr(self, name)(*arguments)
        except GatewayError:
            return

    def draw_up(self, form):
        self.documents.append(self.office.draw_up(form).document_id)

    def redraw(self, which, form):
        self.office.do("redraw", self.of(which), form)

    def offer(self, which):
        self.office.do("offer", self.of(which))

    def register(self, which):
        self.office.do("register", self.of(which))

    def cancel(self, which):
        self.office.do("cancel", self.of(which), "случай")

    def sign(self, which, party, how):
        document = self.office.ask(shelf.find, self.of(which))
        self.office.sign(document, party, self.evidence(document, party, how))

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

    def of(self, which):
        if not self.documents:
            self.draw_up(EmpAct())
        return self.documents[which % len(self.documents)]


@pytest.fixture
def world(office, own_pen, bank_pen):
    return World(office, {OPERATOR: own_pen, BANK: bank_pen, OTHER: bank_pen}, bank_pen)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEPS, min_size=4, max_size=14))
def test_whatever_is_tried_the_laws_hold(world, steps):
    world.documents.clear()  # one database serves all examples: the laws are over all of it
    for name, *arguments in steps:
        world.try_(name, *arguments)
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
