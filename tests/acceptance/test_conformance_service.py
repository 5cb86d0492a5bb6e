"""A newcomer tests alone, from outside: by REST and by SOAP (SVC-17, GW-11)."""

import hashlib
import time
from uuid import uuid4

import pytest
import requests
import sqlalchemy as sa
import zeep
from hub_process import hub_on
from lxml import etree
from messages import envelope
from requests.auth import HTTPBasicAuth
from zeep.exceptions import Fault

from gateway.storage import journal
from gateway.storage.journal import journal_entry

SUITE = "SUITE-02"


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def hub(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(f"trials-{request.param}")
    with hub_on(request.param, folder, request.getfixturevalue) as process:
        process.start()
        yield process


def rest(hub, method: str, path: str, who: str = "bank", **more) -> requests.Response:
    player = hub.seeded.people.by_role[who]
    return requests.request(
        method,
        f"{hub.base_url}/test/rest/conformance/1.0/{path}",
        auth=(player.login, player.password),
        timeout=30,
        **more,
    )


def request_of(**more) -> dict:
    return {
        "sessionRequestId": str(uuid4()),
        "suiteCode": SUITE,
        "contour": "TEST",
        "systemVersion": "7.1",
        **more,
    }


def started(hub, **more) -> str:
    answer = rest(hub, "POST", "sessions", json=request_of(**more))
    assert answer.status_code == 201, answer.text
    return answer.json()["sessionId"]


def begun(hub, session: str, case: str, **more) -> dict:
    path = f"sessions/{session}/cases/{case}/attempts"
    answer = rest(hub, "POST", path, json={"attempt": 1, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()["result"]


def submit_prepared(hub, session: str, case: str, **query) -> requests.Response:
    path = f"sessions/{session}/cases/{case}/attachment"
    file = rest(hub, "GET", path, params=query)
    assert file.status_code == 200, file.text
    payload = etree.tostring(etree.fromstring(file.content), encoding="unicode")
    return hub.post("payment-registry", envelope(payload))


def line_of(state: dict, case: str, row: int | None = None) -> dict | None:
    found = (line for line in state["result"] if (line["caseCode"], line.get("row")) == (case, row))
    return next(found, None)


def watched(hub, session: str, case: str, row: int | None = None, until=("PASS", "FAIL")) -> dict:
    """Follow a line by its tail, as a page or a command does."""
    deadline, after, line = time.monotonic() + 30, 0, {}
    while line.get("verdict") not in until:
        assert time.monotonic() < deadline, line
        state = rest(hub, "GET", f"sessions/{session}/tail", params={"after": after}).json()
        after, line = state["seq"], line_of(state, case, row) or line
        time.sleep(0.1)
    return line


def test_suites_are_told_case_by_case(hub):
    (suite,) = rest(hub, "GET", f"suites/{SUITE}").json()["suite"]

    assert (suite["plan"], suite["mandatoryCount"]) == ("bank-registry", 16)
    case = suite["case"][0]
    assert (case["caseCode"], case["direction"]) == ("BR-01", "CLIENT_CALLS_HUB")
    assert [step["mover"] for step in case["step"]] == ["PARTICIPANT", "STAND", "STAND", "STAND"]
    untested = [row for row in suite["requirement"] if "notTested" in row]
    assert [row["requirementId"] for row in untested] == ["MEAL-BANK-13"]


def test_suites_are_found_by_their_service(hub):
    found = rest(hub, "GET", "suites", params={"serviceCode": "meals/bank-payment"}).json()

    assert [suite["suiteCode"] for suite in found["suite"]] == ["SUITE-01", "SUITE-13"]


def test_a_right_registry_passes_and_the_tail_tells_it(hub):
    session = started(hub)
    line = begun(hub, session, "BR-01")
    assert (line["verdict"], line["wait"]["mover"]) == ("WAIT", "PARTICIPANT")

    assert submit_prepared(hub, session, "BR-01").status_code == 200
    line = watched(hub, session, "BR-01")

    assert (line["verdict"], line["passed"]) == ("PASS", True)
    sums = next(check for step in line["step"] for check in step["check"] if check["what"] == "sum")
    assert sums["received"] == "600.30"
    assert sums["line"] > 1
    assert sums["path"].endswith("totalAmount")
    assert sums["requirement"] == ["MEAL-BANK-08", "MEAL-BANK-09"]


def test_the_tail_leaves_out_what_has_not_changed(hub):
    session = started(hub)
    seq = rest(hub, "GET", f"sessions/{session}/tail", params={"after": 0}).json()["seq"]
    begun(hub, session, "BR-04")

    tail = rest(hub, "GET", f"sessions/{session}/tail", params={"after": seq}).json()

    assert [line["caseCode"] for line in tail["result"]] == ["BR-04"]


def test_a_client_that_repeats_a_refused_registry_fails(hub):
    session = started(hub)
    begun(hub, session, "BR-02", row=1)

    assert submit_prepared(hub, session, "BR-02", row=1).status_code == 500
    submit_prepared(hub, session, "BR-02", row=1)
    line = watched(hub, session, "BR-02", 1)

    assert line["verdict"] == "FAIL"
    assert "не должно приходить" in line["reason"]


def test_a_session_is_begun_once_for_one_request(hub):
    request = request_of()

    first, again = (rest(hub, "POST", "sessions", json=request) for _ in range(2))
    other = rest(hub, "POST", "sessions", json={**request, "systemVersion": "8"})

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["sessionId"] == again.json()["sessionId"]
    assert again.json()["duplicate"] is True
    assert (other.status_code, other.json()["code"]) == (409, "DUPLICATE_CONFLICT")


def test_the_setting_is_looked_at_before_the_first_case(hub):
    session = started(hub)
    state = {"preflight": []}

    def is_looked_at() -> bool:
        state.update(rest(hub, "GET", f"sessions/{session}").json())
        return len(state.get("preflight", [])) == 6

    hub.wait_until(is_looked_at)

    checks = {check["name"]: check["green"] for check in state["preflight"]}
    assert [name for name, green in checks.items() if not green] == ["clock"]
    assert state["exitCode"] == 2
    assert "Предварительная проверка «clock» не пройдена." in state["obstacle"]
    assert {line["attempt"] for line in state["result"]} == {0}


def test_an_attempt_is_begun_once_and_in_turn(hub):
    session = started(hub)
    begun(hub, session, "BR-04")

    path = f"sessions/{session}/cases/BR-04/attempts"
    again = rest(hub, "POST", path, json={"attempt": 1})
    later = rest(hub, "POST", path, json={"attempt": 3})
    second = rest(hub, "POST", path, json={"attempt": 2})

    assert (again.status_code, again.json()["duplicate"]) == (200, True)
    assert (later.status_code, later.json()["code"]) == (409, "ILLEGAL_TRANSITION")
    assert (second.status_code, len(second.json()["result"]["earlier"])) == (201, 2)


def test_a_prepared_file_is_always_the_same(hub):
    session = started(hub)
    begun(hub, session, "BR-01")

    path = f"sessions/{session}/cases/BR-01/attachment"
    first, again = (rest(hub, "GET", path) for _ in range(2))

    assert first.content == again.content
    assert first.headers["content-type"] == "application/xml"
    assert "registry-three-lines.xml" in first.headers["content-disposition"]
    assert first.headers["cache-control"] == "no-store"


def test_one_participant_sees_nothing_of_another(hub):
    session = started(hub)

    answers = [
        rest(hub, "GET", f"sessions/{session}", who="school"),
        rest(hub, "GET", f"sessions/{session}/report.xml", who="school"),
        rest(hub, "POST", f"sessions/{session}/cancel", who="school", json={"reason": "чужой"}),
    ]

    assert [answer.json()["code"] for answer in answers] == ["NOT_FOUND"] * 3
    assert [answer.status_code for answer in answers] == [404] * 3


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"contour": "PROD"}, 403, "NOT_ALLOWED_IN_CONTOUR"),
        ({"suiteCode": "SUITE-99"}, 404, "NOT_FOUND"),
        ({"parameter": [{"name": "account", "value": "1"}]}, 400, "VALIDATION_ERROR"),
        ({"endpointUrl": "ftp://bank.example"}, 400, "VALIDATION_ERROR"),
        ({"surprise": 1}, 400, "VALIDATION_ERROR"),
    ],
)
def test_a_session_that_cannot_be_is_refused_with_the_place(hub, change, status, code):
    answer = rest(hub, "POST", "sessions", json=request_of(**change))

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["entry"]


def test_a_stranger_is_asked_for_credentials(hub):
    answer = requests.get(f"{hub.base_url}/test/rest/conformance/1.0/suites", timeout=30)

    assert (answer.status_code, answer.json()["code"]) == (401, "AUTH_FAILED")
    assert answer.headers["www-authenticate"].startswith("Basic")


def test_production_takes_no_unsigned_request(hub):
    player = hub.seeded.people.bank
    answer = requests.get(
        f"{hub.base_url}/prod/rest/conformance/1.0/suites",
        auth=(player.login, player.password),
        timeout=30,
    )

    assert (answer.status_code, answer.json()["code"]) == (403, "SIGNATURE_INVALID")
    assert "Пользуйтесь SOAP" in answer.json()["detail"]


def test_a_form_instead_of_json_is_told_what_to_send(hub):
    answer = rest(hub, "POST", "sessions", data={"suiteCode": SUITE})

    assert answer.status_code == 415
    assert "application/json" in answer.json()["detail"]


def test_every_request_is_journaled_with_what_it_asked(hub):
    session = started(hub)
    rest(hub, "GET", f"sessions/{session}/tail", params={"after": 0})

    with hub.database().reading() as transaction:
        rows = transaction.execute(
            sa.select(journal_entry)
            .where(journal_entry.c.business_key == session)
            .order_by(journal_entry.c.entry.desc())
        ).all()

    assert [(row.operation, row.binding, row.sender) for row in rows] == [
        ("GetSession", "rest", "BANK72001")
    ]
    asked = journal.unpack(rows[0].request, packed=rows[0].packed)
    assert asked.startswith(f"GET /test/rest/conformance/1.0/sessions/{session}/tail".encode())


def test_unfinished_lines_keep_a_session_open_unless_forced(hub):
    session = started(hub)

    refused = rest(hub, "POST", f"sessions/{session}/finish")
    forced = rest(hub, "POST", f"sessions/{session}/finish", json={"force": True})
    again = rest(hub, "POST", f"sessions/{session}/finish")

    assert refused.json()["code"] == "MANDATORY_PENDING"
    assert len(refused.json()["findings"]) == 16
    assert forced.json()["state"] == "FAILED"
    assert again.json() == forced.json()
    late = rest(hub, "POST", f"sessions/{session}/cases/BR-01/attempts", json={"attempt": 1})
    assert late.json()["code"] == "ILLEGAL_TRANSITION"


def test_a_session_may_be_cancelled_twice(hub):
    session = started(hub)

    answers = [
        rest(hub, "POST", f"sessions/{session}/cancel", json={"reason": "по ошибке"})
        for _ in range(2)
    ]

    assert [answer.json() for answer in answers] == [{"state": "CANCELLED"}] * 2
    state = rest(hub, "GET", f"sessions/{session}").json()
    assert state["state"] == "CANCELLED"


def test_reports_are_for_machines(hub):
    session = started(hub, rehearsal=True)
    begun(hub, session, "BR-04")
    assert submit_prepared(hub, session, "BR-04").status_code == 200
    watched(hub, session, "BR-04")

    junit = etree.fromstring(rest(hub, "GET", f"sessions/{session}/report.xml").content)
    told = rest(hub, "GET", f"sessions/{session}/report.json").json()

    assert junit.get("name") == "bank-registry (репетиция)"
    names = [case.get("name") for case in junit]
    assert len(names) == len(set(names)) == 16
    passed = next(case for case in junit if case.get("name").startswith("BR-04"))
    assert passed.find("failure") is None
    assert "SubmitRegistryRequest" in passed.findtext("system-out")
    assert (told["rehearsal"], len(told["lines"])) == (True, 16)


def test_a_rehearsal_never_admits(hub):
    session = started(hub, rehearsal=True)

    state = rest(hub, "GET", f"sessions/{session}").json()

    assert "Это репетиция: она не даёт права на допуск." in state["obstacle"]


def test_what_is_shown_waits_for_a_tester(hub):
    session = started(hub, suiteCode="SUITE-13")
    begun(hub, session, "CT-10")
    path = f"sessions/{session}/cases/CT-10/evidence"
    shown = {
        "params": {"stepId": "step1", "fileName": "ответ.txt"},
        "data": b"HTTP/1.1 413",
        "headers": {"content-type": "text/plain"},
    }

    first, again = (rest(hub, "POST", path, **shown) for _ in range(2))

    assert (first.status_code, again.status_code) == (201, 200), first.text
    assert first.json()["result"]["verdict"] == "REVIEW"
    assert again.json()["duplicate"] is True


def test_what_is_shown_must_be_of_the_kind_that_is_asked_for(hub):
    session = started(hub, suiteCode="SUITE-13")
    begun(hub, session, "CT-10")

    answer = rest(
        hub,
        "POST",
        f"sessions/{session}/cases/CT-10/evidence",
        params={"stepId": "step1"},
        data=b"\xff\xfe",
        headers={"content-type": "text/plain"},
    )

    assert (answer.status_code, answer.json()["code"]) == (400, "VALIDATION_ERROR")
    assert "UTF-8" in answer.json()["title"]


def test_asking_how_the_trials_stand_is_no_message_of_the_trials(hub):
    session = started(hub, suiteCode="SUITE-13")
    begun(hub, session, "CT-01")
    for _ in range(3):
        rest(hub, "GET", f"sessions/{session}/tail", params={"after": 0})

    line = line_of(rest(hub, "GET", f"sessions/{session}").json(), "CT-01")

    assert line["verdict"] == "WAIT"


# SOAP: the same contract.


@pytest.fixture(scope="module")
def soap(hub):
    session = requests.Session()
    session.auth = HTTPBasicAuth(*hub.credentials)
    transport = zeep.Transport(session=session)
    wsdl = f"{hub.base_url}/test/ws/test/conformance/1.0?wsdl"
    with session:
        service = zeep.Client(wsdl, transport=transport).service
        yield lambda operation, **fields: getattr(service, operation)(**fields).body


def test_every_operation_answers_by_soap(hub, soap):
    assert soap("Ping")["service"] == "test/conformance"
    assert soap("ListSuites", suiteCode=SUITE)["suite"][0]["plan"] == "bank-registry"
    session = soap("StartSession", **request_of())["sessionId"]
    line = {"sessionId": session, "caseCode": "BR-02", "row": 1}
    assert soap("RunCase", **line, attempt=1)["result"]["verdict"] == "WAIT"
    file = soap("GetAttachment", **line)["file"]
    assert hashlib.sha256(file["content"]).digest() == file["hash"]
    assert len(soap("GetSession", sessionId=session)["result"]) == 16
    assert soap("GetReport", sessionId=session, format="JUNIT")["file"]["content"].startswith(
        b"<?xml"
    )
    assert soap("FinishSession", sessionId=session, force=True)["state"] == "FAILED"
    other = soap("StartSession", **request_of())["sessionId"]
    assert soap("CancelSession", sessionId=other, reason="по ошибке")["state"] == "CANCELLED"


def test_evidence_whose_digest_is_another_is_refused(soap):
    session = soap("StartSession", **request_of())["sessionId"]
    file = {
        "fileId": str(uuid4()),
        "fileName": "снимок.png",
        "mimeType": "image/png",
        "size": 4,
        "hash": b"\0" * 32,
        "hashAlg": "SHA-256",
        "content": b"test",
    }

    with pytest.raises(Fault) as refused:
        soap(
            "ProvideEvidence", sessionId=session, caseCode="BR-02", row=1, stepId="step6", file=file
        )

    assert refused.value.detail.findtext(".//{*}code") == "VALIDATION_ERROR"
