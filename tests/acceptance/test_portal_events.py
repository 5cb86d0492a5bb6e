"""An application's whole way over HTTP: queue, statuses, result, what the portal reads (SVC-12)."""

import hashlib
from base64 import b64decode, b64encode

import pytest
import requests
from lxml import etree
from test_portal_application import submit, text

from adapters.portal.samples import KINDERGARTEN

EVENTS, PPU = "portal/events/1.0", "portal/ppu/1.0"
COMMON = "urn://x-artefacts-citto-72/common/1.0"
STATUS = "urn://x-artefacts-citto-72/portal/common/1.0"
ORDER = 720000117
RESULT = b"%PDF-1.7 the invented result of a service"
FILE = "0191aa3c-0f27-7b5d-8a14-6c2e9d4b1f44"


@pytest.fixture
def submitted(running_hub):
    submit(running_hub, KINDERGARTEN)
    return running_hub


def test_department_takes_an_application_and_the_portal_reads_its_result(submitted):
    inbox = ask(submitted, "department", PPU, "<GetInboxRequest xmlns='{ns}'/>")
    assert text(inbox, "orderId") == str(ORDER)
    taken = ask(submitted, "department", PPU, by_order("TakeApplicationRequest"))
    assert (text(taken, "techCode"), text(taken, "duplicate")) == ("2", "false")
    assert text(set_status(submitted, 1, 6), "code") == "0"

    packet = ask(
        submitted,
        "department",
        EVENTS,
        f"<PushEventsRequest xmlns='{{ns}}'>{event(2, 6)}{event(3, 3, result())}{event(4, 7)}"
        "</PushEventsRequest>",
    )

    assert [one.text for one in packet.findall(".//{*}result/{*}code")] == ["4", "0", "5"]
    told = pull(submitted)
    assert [one.text for one in told.findall(".//{*}techCode")] == ["1", "2", "6", "3"]
    assert text(told, "lastSeq") == "4"
    got = ask(
        submitted,
        "portal",
        EVENTS,
        f"<GetAttachmentRequest xmlns='{{ns}}'><seq>4</seq><fileId>{FILE}</fileId>"
        "</GetAttachmentRequest>",
    )
    assert b64decode(text(got, "content")) == RESULT


def test_event_pushed_again_is_answered_as_before(submitted):
    request = f"<PushEventRequest xmlns='{{ns}}'>{fields(1, 6)}</PushEventRequest>"
    first, again = (ask(submitted, "department", EVENTS, request) for _ in range(2))
    assert [text(one, "code") for one in (first, again)] == ["0", "0"]
    assert [text(one, "duplicate") for one in (first, again)] == ["false", "true"]
    assert [one.text for one in pull(submitted).findall(".//{*}techCode")] == ["1", "2", "6"]


def test_portal_acknowledges_what_it_has_read(submitted):
    acknowledge = "<AckEventsRequest xmlns='{ns}'><seq>1</seq></AckEventsRequest>"
    acked = [text(ask(submitted, "portal", EVENTS, acknowledge), "acked") for _ in range(2)]
    assert acked == ["1", "0"]


def pull(hub):
    request = "<GetEventsRequest xmlns='{ns}'><sinceSeq>0</sinceSeq><limit>500</limit>"
    return ask(hub, "portal", EVENTS, f"{request}</GetEventsRequest>")


def set_status(hub, number, code):
    request = (
        f"<SetStatusRequest xmlns='{{ns}}' xmlns:p='{STATUS}'>"
        f"<eventId>{identifier(number)}</eventId>"
        f"<orderId>{ORDER}</orderId><statusCode><p:techCode>{code}</p:techCode></statusCode>"
        "</SetStatusRequest>"
    )
    return ask(hub, "department", PPU, request)


def by_order(name):
    return f"<{name} xmlns='{{ns}}'><orderId>{ORDER}</orderId></{name}>"


def event(number, code, attachment=""):
    return f"<event>{fields(number, code, attachment)}</event>"


def fields(number, code, attachment=""):
    return (
        f"<eventId>{identifier(number)}</eventId><orderId>{ORDER}</orderId>"
        "<eventDate>2026-03-02T12:00:00+05:00</eventDate><event><orderStatusEvent><statusCode>"
        f"<techCode xmlns='{STATUS}'>{code}</techCode>"
        f"</statusCode></orderStatusEvent></event>{attachment}"
    )


def result():
    return (
        f"<attachment xmlns:c='{COMMON}'><c:fileId>{FILE}</c:fileId>"
        "<c:fileName>result.pdf</c:fileName><c:mimeType>application/pdf</c:mimeType>"
        f"<c:size>{len(RESULT)}</c:size>"
        f"<c:hash>{b64encode(hashlib.sha256(RESULT).digest()).decode()}</c:hash>"
        f"<c:hashAlg>SHA-256</c:hashAlg><c:content>{b64encode(RESULT).decode()}</c:content>"
        "</attachment>"
    )


def identifier(number):
    return f"00000000-0000-4000-8000-{number:012}"


def ask(hub, role, contract, payload):
    who = hub.seeded.people.by_role[role]
    namespace = f"urn://x-artefacts-citto-72/{contract}"
    body = payload.replace("{ns}", namespace)
    answer = requests.post(
        f"{hub.base_url}/test/ws/{contract}",
        data=(
            '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">'
            f"<s:Body>{body}</s:Body></s:Envelope>"
        ).encode(),
        auth=(who.login, who.password),
        headers={"Content-Type": "text/xml; charset=utf-8"},
        timeout=60,
    )
    assert answer.status_code == 200, answer.text
    return etree.fromstring(answer.content)
