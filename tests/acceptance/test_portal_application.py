"""The portal submits an application to the hub over HTTP and asks how it stands (PORT-APP-01)."""

import hashlib
from base64 import b64encode

import requests
from lxml import etree

from adapters.portal.samples import ARCHIVE, KINDERGARTEN, sample_data

CONTRACT = "portal/application/1.0"
NAMESPACE = f"urn://x-artefacts-citto-72/{CONTRACT}"
COMMON = "urn://x-artefacts-citto-72/common/1.0"
SCAN = b"%PDF-1.7 invented"


def test_application_is_taken_once_and_its_state_is_told(running_hub):
    first = submit(running_hub, KINDERGARTEN, attached=True)
    again = submit(running_hub, KINDERGARTEN, attached=True)
    state = post(
        running_hub,
        f"<GetApplicationStateRequest xmlns='{NAMESPACE}'>"
        "<orderId>720000117</orderId></GetApplicationStateRequest>",
    )

    assert [text(one, "duplicate") for one in (first, again)] == ["false", "true"]
    assert text(first, "hubApplicationId") == text(again, "hubApplicationId")
    assert (text(state, "techCode"), text(state, "title")) == ("1", "Принято от заявителя")


def test_every_broken_place_of_the_form_is_told_with_its_line(running_hub):
    refused = submit(running_hub, KINDERGARTEN, data="invalid", status=500)

    assert text(refused, "code") == "FORM_SCHEMA_INVALID"
    details = refused.findall(".//{*}HubFault/{*}detail")
    assert details
    for detail in details:
        assert detail.findtext("{*}path").startswith("/SubmitApplicationRequest/formData/")
        assert int(detail.findtext("{*}line")) > 1
        assert detail.findtext("{*}rule")
        assert detail.findtext("{*}advice")


def test_document_for_a_service_that_takes_none_is_forbidden(running_hub):
    refused = submit(running_hub, ARCHIVE, attached=True, status=500)

    assert text(refused, "code") == "ATTACHMENT_TYPE_FORBIDDEN"


def submit(hub, service, *, data="valid", attached=False, status=200):
    form = etree.tostring(etree.fromstring(sample_data(service, data))).decode()
    return post(
        hub,
        f"""<SubmitApplicationRequest xmlns="{NAMESPACE}" xmlns:c="{COMMON}">
  <orderId>720000117</orderId>
  <serviceCode>{service}</serviceCode>
  <formVersion>1.0</formVersion>
  <submittedAt>2026-03-02T10:00:00+05:00</submittedAt>
  <applicant><type>FL</type><person><name>
    <c:lastName>Примеров</c:lastName><c:firstName>Пример</c:firstName>
  </name></person></applicant>
  <formData>{form}</formData>
  {attachment() if attached else ""}
</SubmitApplicationRequest>""",
        status,
    )


def attachment():
    return f"""<attachment><code>SCAN</code><file>
    <c:fileId>0191aa3c-0f27-7b5d-8a14-6c2e9d4b1f03</c:fileId><c:fileName>scan.pdf</c:fileName>
    <c:mimeType>application/pdf</c:mimeType><c:size>{len(SCAN)}</c:size>
    <c:hash>{b64encode(hashlib.sha256(SCAN).digest()).decode()}</c:hash>
    <c:hashAlg>SHA-256</c:hashAlg><c:content>{b64encode(SCAN).decode()}</c:content>
  </file></attachment>"""


def post(hub, payload, status=200):
    portal = hub.seeded.people.by_role["portal"]
    answer = requests.post(
        f"{hub.base_url}/test/ws/{CONTRACT}",
        data=(
            '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">'
            f"<s:Body>{payload}</s:Body></s:Envelope>"
        ).encode(),
        auth=(portal.login, portal.password),
        headers={"Content-Type": "text/xml; charset=utf-8"},
        timeout=60,
    )
    assert answer.status_code == status, answer.text
    return etree.fromstring(answer.content)


def text(envelope, name):
    return envelope.findtext(f".//{{*}}{name}")
