"""Departments that we did not write take applications and tell of them, in both bindings.

They know nothing but the addresses of the published WSDLs, a login and a password, and in SMEV 2
their mnemonic and the hub's. The same is expected of all four: `department_world`.
"""

import ast
import base64
import hashlib
from collections import defaultdict
from dataclasses import replace
from email.parser import BytesParser
from pathlib import Path
from uuid import uuid4

import pytest
import requests
from department_world import APPLICATION, EVENTS, FRONT, KINDS, RESULT, SCAN, department_world
from hub_process import hub_on
from lxml import etree
from smev2_client import HUB

from gateway.edge.emulators import calls
from gateway.soap.smev2 import Status

pytestmark = pytest.mark.interop

HERE = Path(__file__).parent
REVISION = HERE.parents[1] / "xsd" / "external" / "smev" / "smev256.xsd"
SMEV = "{http://smev.gosuslugi.ru/rev120315}"
SPACE = "urn://x-artefacts-citto-72"
SECOND = [kind for kind in KINDS if kind.speaks_smev2]

each = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
each_of_smev2 = pytest.mark.parametrize("kind", SECOND, ids=lambda kind: kind.name)


@pytest.fixture(scope="module")
def world(tmp_path_factory, request):
    commands = {name: request.getfixturevalue(name) for name in {kind.client for kind in KINDS}}
    with (
        hub_on("sqlite", tmp_path_factory.mktemp("departments"), request.getfixturevalue) as hub,
        department_world(hub, commands) as world,
    ):
        yield world


def ask(world, service, operation, content, status=Status.REQUEST, *, signs=False, **more):
    """Have the portal ask the hub over SMEV 2; `content` is the text of the request element."""
    family, _, version = service.rpartition("/")
    payload = f'<{operation}Request xmlns="{SPACE}/{service}">{content}</{operation}Request>'
    return world.client(service, signs=signs).ask(
        f"{{{SPACE}/{family}/smev2/{version}}}{operation}Request", payload, status, **more
    )


def submit_by_smev2(world, order):
    payload = etree.tostring(calls.submitted(order)).decode()
    wrapper = f"{{{SPACE}/portal/application/smev2/1.0}}SubmitApplicationRequest"
    return world.client(APPLICATION).ask(wrapper, payload, case_number=str(order.order_id))


def ping(world, asked):
    wrapper = f"{{{SPACE}/portal/application/smev2/1.0}}SubmitApplicationRequest"
    return world.client(APPLICATION).ask(wrapper, "", Status.PING, request_id=asked)


def test_program_of_a_department_imports_nothing_of_the_hub():
    tree = ast.parse((HERE / "python" / "department.py").read_text("utf-8"))
    names = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
    }
    assert names & {"zeep", "lxml"}
    assert not names & {"gateway", "adapters", "registry", "scheduler"}


@each
def test_application_arrives_once_with_its_form_and_file(world, kind):
    order = world.order(kind, SCAN)
    world.submit(order)
    assert world.taken(kind, order.order_id) == {
        "service": f"SRV-{kind.code}",
        "lastName": "Эталонов",
        "question": f"Вопрос {order.order_id}",
        "files": {SCAN.name: hashlib.sha256(SCAN.content).hexdigest()},
        "times": 1,
        "cancels": [],
    }


@each
def test_states_come_to_the_portal_once_and_in_order_with_the_result(world, kind):
    order, program = world.submitted(kind), world.programs[kind.name]
    world.wait_for_states(order, 1, 2)
    told = [
        program.tell(order, 6),
        program.tell(order, 7),
        program.tell(order, 3, file=RESULT),
        program.do("tell again"),
    ]
    accepted = "ACCEPT" if kind.speaks_smev2 else None
    assert [(one["code"], one["duplicate"], one["status"]) for one in told] == [
        (0, False, accepted),
        (0, False, accepted),
        (0, False, accepted),
        (0, True, accepted),
    ]
    events = world.wait_for_states(order, 1, 2, 6, 7, 3)
    assert [one.documents for one in events] == [(), (), (), (), (RESULT["name"],)]


@each
def test_rejected_application_is_over(world, kind):
    order, program = world.submitted(kind), world.programs[kind.name]
    world.wait_for_states(order, 1, 2)
    program.tell(order, 6)
    program.tell(order, 4, comment="Не хватает документов")
    assert world.wait_for_states(order, 1, 2, 6, 4)[-1].comment == "Не хватает документов"
    late = program.tell(order, 7)
    assert (late["code"], late["status"]) == (5, "REJECT" if kind.speaks_smev2 else None)


@each
def test_withdrawal_reaches_the_department_and_its_decision_the_portal(world, kind):
    order, cancel_id = world.submitted(kind), str(uuid4())
    world.wait_for_states(order, 1, 2)
    program = world.programs[kind.name]
    program.tell(order, 6)
    content = f"<orderId>{order}</orderId><cancelId>{cancel_id}</cancelId>"
    answer = ask(world, APPLICATION, "CancelApplication", content, Status.CANCEL)
    assert answer.status == "ACCEPT"
    world.wait(lambda: program.application(order)["cancels"] == [cancel_id])
    program.tell(order, 10)
    world.wait_for_states(order, 1, 2, 6, 9, 10)


@each
def test_repeat_of_a_lost_answer_is_the_same_application(world, kind):
    order = world.order(kind)
    number, wire = str(order.order_id), world.wires[kind.name]
    wire.losing.add(number)
    world.submit(order)
    world.wait_for_states(order.order_id, 1, 2)
    assert world.taken(kind, order.order_id)["times"] == 2
    first, again = [one for one in wire.sent if not one.is_answer and one.text("orderId") == number]
    assert etree.tostring(first.envelope) == etree.tostring(again.envelope)


@each
def test_trouble_of_a_department_is_waited_out(world, kind):
    order, program = world.order(kind), world.programs[kind.name]
    program.do("refuse", order=order.order_id, **{"with": "FAILURE"})
    world.submit(order)
    world.wait_for_states(order.order_id, 1, 2)
    assert world.taken(kind, order.order_id)["times"] == 1
    assert "FAILURE" in program.do("report")["refused"]


@each
@pytest.mark.parametrize("said", ["INVALID", "REJECT"])
def test_refusal_of_a_department_parks_the_application(world, kind, said):
    order, program = world.order(kind), world.programs[kind.name]
    program.do("refuse", order=order.order_id, **{"with": said})
    world.submit(order)
    world.wait_for_states(order.order_id, 1, 5)
    assert program.application(order.order_id) is None
    assert said in program.do("report")["refused"]


@each_of_smev2
@pytest.mark.parametrize(("code", "status"), [(3, "RESULT"), (4, "REJECT")])
def test_portal_asks_by_ping_until_the_department_is_done(world, kind, code, status):
    order, program = world.order(kind), world.programs[kind.name]
    taken = submit_by_smev2(world, order)
    assert taken.status == "ACCEPT"
    asked = taken.message.request_id
    assert ping(world, asked).status == "PROCESS"
    world.wait_for_states(order.order_id, 1, 2)
    program.tell(order.order_id, 6)
    assert (ping(world, asked).status, ping(world, asked).text("techCode")) == ("PROCESS", "6")
    program.tell(order.order_id, code)
    done = ping(world, asked)
    assert (done.status, done.text("techCode")) == (status, str(code))


def test_form_that_does_not_fit_is_invalid_before_any_department_hears_of_it(world):
    order = replace(world.order(SECOND[0]), form=b'<Form xmlns="urn:test:form:DEPT72102"/>')
    answer = submit_by_smev2(world, order)
    assert (answer.status, set(answer.error_codes)) == ("INVALID", {"FORM_SCHEMA_INVALID"})


def result_of(world, kind):
    """Have a department finish an application; return what names its result in GetAttachment."""
    order, program = world.submitted(kind), world.programs[kind.name]
    world.wait_for_states(order, 1, 2)
    program.tell(order, 6)
    program.tell(order, 3, file=RESULT)
    seq = world.wait_for_states(order, 1, 2, 6, 3)[-1].seq
    since = f"<sinceSeq>{seq - 1}</sinceSeq><limit>1</limit>"
    file_id = ask(world, EVENTS, "GetEvents", since).text("fileId")
    return f"<seq>{seq}</seq><fileId>{file_id}</fileId>"


@each_of_smev2
@pytest.mark.parametrize("signs", [False, True], ids=["unsigned", "signed"])
def test_portal_fetches_a_result_over_smev2(world, kind, signs):
    answer = ask(world, EVENTS, "GetAttachment", result_of(world, kind), signs=signs)
    assert (answer.status, answer.is_signed) == ("RESULT", signs)
    assert answer.text("content") == RESULT["content"]


def test_portal_that_reads_mtom_gets_the_result_beside_the_message(world):
    client = world.client(EVENTS)
    inside = result_of(world, SECOND[0])
    octets = client.envelope(
        f"{{{SPACE}/portal/events/smev2/1.0}}GetAttachmentRequest",
        f'<GetAttachmentRequest xmlns="{SPACE}/{EVENTS}">{inside}</GetAttachmentRequest>',
    )
    reads = {"Accept": 'multipart/related; type="application/xop+xml"', "Content-Type": "text/xml"}
    answer = requests.post(client.url, data=octets, auth=client.auth, headers=reads, timeout=60)
    head = f"Content-Type: {answer.headers['Content-Type']}\r\n\r\n".encode()
    root, part = BytesParser().parsebytes(head + answer.content).get_payload()
    include = etree.fromstring(root.get_payload(decode=True)).find(".//{*}content/{*}Include")
    assert f"<{include.get('href').removeprefix('cid:')}>" == part["Content-ID"]
    assert part.get_payload(decode=True) == base64.b64decode(RESULT["content"])


def play_every_status(world, kind):
    """Have the portal, the hub and a department say to each other whatever SMEV 2 lets them."""
    program = world.programs[kind.name]
    for said in ("INVALID", "REJECT"):
        refused = world.order(kind)
        program.do("refuse", order=refused.order_id, **{"with": said})
        submit_by_smev2(world, refused)
        world.wait_for_states(refused.order_id, 1, 5)
    for code in (3, 4):
        order = world.order(kind, SCAN)
        number = order.order_id
        program.do("refuse", order=number, **{"with": "FAILURE"})
        asked = submit_by_smev2(world, order).message.request_id
        ping(world, asked)
        world.wait_for_states(number, 1, 2)
        program.tell(number, 6)
        content = f"<orderId>{number}</orderId><cancelId>{uuid4()}</cancelId>"
        ask(world, APPLICATION, "CancelApplication", content, Status.CANCEL)
        world.wait(lambda number=number: program.application(number)["cancels"])
        program.tell(number, 11)
        program.tell(number, code, file=RESULT)
        ping(world, asked)
    submit_by_smev2(world, replace(world.order(kind), form_version="0"))


@each_of_smev2
def test_every_status_is_on_the_wire_and_every_message_valid_by_the_revision(world, kind):
    """What is held is the files of the revision as they came, and nothing of the hub's own code."""
    wires = {"hub": world.wires[FRONT], "department": world.wires[kind.name]}
    before = {name: len(wire.sent) for name, wire in wires.items()}
    play_every_status(world, kind)
    sent = [one for name, wire in wires.items() for one in wire.sent[before[name] :] if one.status]
    seen = defaultdict(set)
    for one in sent:
        seen["to" if not one.is_answer else "from", one.to].add(one.status)
    assert seen == {
        ("to", FRONT): {"REQUEST", "CANCEL", "PING", "RESULT"},
        ("from", FRONT): {"ACCEPT", "PROCESS", "RESULT", "REJECT", "INVALID"},
        ("to", kind.name): {"REQUEST", "CANCEL"},
        ("from", kind.name): {"ACCEPT", "INVALID", "REJECT", "FAILURE"},
    }
    revision = etree.XMLSchema(etree.parse(REVISION))
    for one in sent:
        message, data = one.envelope.find("{*}Body")[0]
        assert (message.tag, data.tag) == (f"{SMEV}Message", f"{SMEV}MessageData")
        for part in (message, data):
            assert revision.validate(part), (one.to, one.name, one.status, revision.error_log)
        sender = message.findtext(f"{SMEV}Sender/{SMEV}Code")
        assert (sender == HUB.code) is (one.is_answer is (one.to == FRONT))


def test_books_balance_after_all_that(world):
    assert world.portal.complaints() == []
    balanced = world.hub.run("reconcile")
    assert balanced.exit_code == 0, balanced.output
