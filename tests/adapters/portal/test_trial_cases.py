"""Each sample of SUITE-06 and SUITE-07 gets what its case says, and for no other reason."""

from base64 import b64decode, b64encode
from hashlib import sha256
from uuid import uuid4

import pytest
from lxml import etree
from portal_counter import CATALOG, DEPARTMENT
from suite_samples import handed_out, suite_of

from adapters import portal
from adapters.portal import control, samples
from adapters.portal.messages.application import SubmitApplicationRequest
from adapters.portal.messages.events import PushEventRequest
from gateway.conformance.language.template import Sources, draw, render
from gateway.contracts import codec
from gateway.files import AttachmentHashMismatch
from gateway.kernel.xml import make_parser
from gateway.soap import attachments as binary
from gateway.trial_data import Preparation
from registry.portal_services import AttachmentTerms

EVENTS = CATALOG.contract("portal/events/1.0")
APPLICATIONS = CATALOG.contract("portal/application/1.0")
CODE = "{*}event/{*}orderStatusEvent/{*}statusCode/{*}techCode"
REFUSED = {
    "PE-08": (1, "{*}orderId", "order"),
    "PE-09": (2, "{*}orderId", "order"),
    "PE-10": (4, CODE, "6"),
    "PE-11": (5, "{*}orderId", "order"),
    "PE-12": (3, CODE, "6"),
    "PE-13": (6, "{*}event/{*}paymentStatusEvent/{*}payment/{*}uin", "72000000000000000019"),
    "PE-15": (5, "{*}orderId", "order"),
}
"""What each negative sample is answered, and the one value that mends it."""
BEFORE = {"PE-15": "PE-14"}
"""What a negative sample needs to have happened."""


class Session:
    """What a session works with, and how its samples come to the hub."""

    def __init__(self, desk, plan):
        self.desk, self.plan = desk, plan
        preparation = Preparation(
            participant=DEPARTMENT,
            wanted={param.name for param in suite_of(plan).params if not param.by_participant},
            given={},
            now=desk.clock(),
            calendar=None,
            ledger=None,
            identifiers=uuid4,
            choose=lambda most: most // 3,
        )
        with desk.database.writing() as transaction:
            self.params = portal.ADAPTER.test_data.prepare(transaction, preparation)

    def sample(self, case):
        payload = handed_out(self.plan, case, 0, self.desk.clock(), self.params)
        assert EVENTS.validate(payload), EVENTS.last_error()
        return payload

    def push(self, payload):
        return self.desk.ask(codec.decode(PushEventRequest, payload))

    def count(self, state, **where):
        ask = portal.ADAPTER.test_data.states[state]
        with self.desk.database.reading() as transaction:
            return len(ask(transaction, DEPARTMENT.code, where))


@pytest.fixture
def session(desk):
    return Session(desk, "portal-events")


@pytest.mark.parametrize("case", ["PE-01", "PE-02", "PE-03", "PE-04", "PE-05", "PE-06", "PE-14"])
def test_every_kind_of_event_is_taken_once(session, case):
    payload = session.sample(case)
    first, again = session.push(payload), session.push(payload)

    assert [(one.code.value, one.duplicate) for one in (first, again)] == [(0, False), (0, True)]
    event, order = payload.findtext("{*}eventId"), payload.findtext("{*}orderId")
    assert session.count("events", order=order, event_id=event) == 1


@pytest.mark.parametrize("case", REFUSED)
def test_a_negative_sample_is_refused_with_its_code_and_its_mended_value_is_taken(session, case):
    code, path, mended = REFUSED[case]
    if case in BEFORE:
        assert session.push(session.sample(BEFORE[case])).code.value == 0
    payload = session.sample(case)
    assert session.push(payload).code.value == code
    assert session.count("events", event_id=payload.findtext("{*}eventId")) == 0

    payload.find(path).text = session.params.get(mended, mended)
    assert session.push(payload).code.value == 0


def test_a_cancellation_of_a_trial_waits_for_its_end(desk):
    params = Session(desk, "portal-application").params
    asked = {"order": params["cancelled_order"], "state": "9"}
    with desk.database.reading() as transaction:
        found = portal.ADAPTER.test_data.states["application_state"](
            transaction, DEPARTMENT.code, asked
        )
    assert len(found) == 1


def called(desk, name):
    """Return a sample that the stand sends, filled in, as a payload."""
    suite = suite_of("portal-application")
    params = Session(desk, "portal-application").params
    [case, *_] = [
        case
        for case in suite.cases
        if any(getattr(step, "body", None) == f"samples/{name}.xml" for step in case.steps)
    ]
    values = draw(case.variables, Sources(desk.clock(), uuid4, lambda _: 0))
    octets = render(suite.samples[f"samples/{name}.xml"], values, {}, params)
    payload = etree.fromstring(octets, make_parser())
    assert APPLICATIONS.validate(payload), APPLICATIONS.last_error()
    return payload


def form_errors(payload):
    folder = samples._folder(samples.ARCHIVE)
    [schema] = [one for one in folder.iterdir() if one.name.endswith(".xsd")]
    checked = etree.XMLSchema(etree.fromstring(schema.read_bytes()))
    checked.validate(etree.ElementTree(payload.find("{*}formData")[0]))
    return {error.line for error in checked.error_log}


@pytest.mark.parametrize(
    "name",
    [
        "application",
        "second-application",
        "cancelled-application",
        "cancel",
        "message",
        "correction",
    ],
)
def test_what_the_stand_sends_is_by_the_format_and_the_form(desk, name):
    payload = called(desk, name)

    assert payload.find("{*}formData") is None or not form_errors(payload)


def test_the_wrong_form_breaks_one_rule_and_mended_none(desk):
    payload = called(desk, "wrong-form")
    year = payload.find(".//{*}fromYear")
    assert form_errors(payload) == {year.sourceline}

    year.text = "1985"
    assert not form_errors(payload)


def test_the_wrong_attachment_has_another_digest_and_mended_is_taken(desk):
    payload = called(desk, "wrong-attachment")
    terms = AttachmentTerms(frozenset({"text/plain"}), 1000)

    def check():
        parts = binary.detach(payload, {}, APPLICATIONS.binary_elements)
        request = codec.decode(SubmitApplicationRequest, payload)
        files = control.files_of("SubmitApplicationRequest", request.attachment)
        control.check_files(files, parts, terms)

    content = payload.findtext(".//{*}content")
    with pytest.raises(AttachmentHashMismatch) as refused:
        check()
    assert [one.rule for one in refused.value.findings] == ["hash"]

    payload.find(".//{*}content").text = content
    payload.find(".//{*}hash").text = b64encode(sha256(b64decode(content)).digest()).decode()
    check()
