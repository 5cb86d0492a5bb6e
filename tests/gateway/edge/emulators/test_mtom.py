"""Attachments that come as parts of their own are seen by a counterpart like any other."""

import base64
import hashlib

import pytest
import requests

BOUNDARY = b"=_72_="
CONTENT = b"\r\n--oc\0tets\r\n\r\n<no xml>"
ENVELOPE = (
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
    '<a:SubmitApplicationRequest xmlns:a="urn://x-artefacts-citto-72/portal/application/1.0"'
    ' xmlns:c="urn://x-artefacts-citto-72/common/1.0">'
    "<a:orderId>7</a:orderId><a:serviceCode>SRV-1</a:serviceCode>"
    "<a:formVersion>1.0</a:formVersion><a:submittedAt>2026-03-02T12:00:00+05:00</a:submittedAt>"
    "<a:applicant><a:type>FL</a:type></a:applicant>"
    "<a:formData><f:form xmlns:f='urn:test:form'/></a:formData>"
    "<a:attachment><a:code>SCAN</a:code><a:file>"
    "<c:fileId>11111111-2222-4333-8444-555555555555</c:fileId><c:fileName>a.pdf</c:fileName>"
    "<c:mimeType>application/pdf</c:mimeType><c:size>{size}</c:size><c:hash>{digest}</c:hash>"
    "<c:hashAlg>SHA-256</c:hashAlg><c:content>"
    '<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:{cid}"/>'
    "</c:content></a:file></a:attachment></a:SubmitApplicationRequest></s:Body></s:Envelope>"
)
HEADERS = {
    "Content-Type": 'multipart/related; type="application/xop+xml"; start="<root@x>"; '
    'start-info="text/xml"; boundary="=_72_="'
}


def multipart(cid="part%40x", content=CONTENT) -> bytes:
    digest = base64.b64encode(hashlib.sha256(CONTENT).digest()).decode()
    envelope = ENVELOPE.format(size=len(CONTENT), digest=digest, cid=cid).encode()
    parts = (
        (b"application/pdf", b"part@x", content),
        (b'application/xop+xml; type="text/xml"', b"root@x", envelope),
    )
    return b"".join(
        b"--%s\r\nContent-Type: %s\r\nContent-ID: <%s>\r\n\r\n%s\r\n" % (BOUNDARY, *part)
        for part in parts
    ) + (b"--%s--\r\n" % BOUNDARY)


def test_a_part_is_put_back_where_it_is_included(server, emulator):
    answer = requests.post(server.url, data=multipart(), headers=HEADERS, timeout=10)
    assert (answer.status_code, b"hubApplicationId" in answer.content) == (200, True)
    (kept,) = emulator.received("SubmitApplication")
    assert base64.b64encode(CONTENT) in kept.request


def test_a_part_that_is_not_what_it_says_is_refused(server):
    answer = requests.post(server.url, data=multipart(content=b"?"), headers=HEADERS, timeout=10)
    assert b"ATTACHMENT_HASH_MISMATCH" in answer.content


@pytest.mark.parametrize("octets", [multipart(cid="other"), b"--=_72_=\r\n\r\n", b""])
def test_parts_that_do_not_fit_reach_no_service(octets, server, emulator):
    answer = requests.post(server.url, data=octets, headers=HEADERS, timeout=10)
    assert answer.status_code == 400
    assert emulator.received()[0].operation is None
