"""What is published of the binding SMEV 2."""

import io
import zipfile

import pytest
from lxml import etree, html

from gateway.contracts.smev2 import envelope_contract
from gateway.soap.smev2 import HEADER, read_message

NAMES = ("portal/application/1.0", "portal/event-sink/1.0", "portal/events/1.0")
SINK = "/test/smev2/portal/event-sink/1.0"


def text(page) -> str:
    return " ".join(html.fromstring(page.body).text_content().split())


def envelopes(site, name):
    """The samples of the bundle, by name."""
    bundle = site.answer(f"/test/smev2/{name}", {"zip": ""}).body
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        names = [one for one in archive.namelist() if one.startswith("samples/")]
        return {
            one.removeprefix("samples/").removesuffix(".xml"): etree.fromstring(archive.read(one))
            for one in names
        }


@pytest.mark.parametrize("name", NAMES)
def test_wsdl_of_every_contract_with_the_binding_is_served(site, catalog, name):
    served = site.answer(f"/test/smev2/{name}", {"wsdl": ""})
    assert etree.fromstring(served.body).get("name") == f"{catalog.contract(name).service}Smev2"


@pytest.mark.parametrize("name", NAMES)
def test_samples_are_valid_by_the_revision_and_by_the_contract(site, catalog, name):
    found = envelopes(site, name)
    assert len(found) == 2 * len(catalog.contract(name).operations)
    for envelope in found.values():
        message, data = envelope.find("{*}Body")[0]
        assert envelope_contract().validate(message)
        assert envelope_contract().validate(data)
        assert catalog.contract(name).validate(data.find("{*}AppData")[0])


@pytest.mark.parametrize(
    ("name", "operation", "statuses", "sender"),
    [
        ("portal/events/1.0", "PushEvent", ("RESULT", "ACCEPT"), "PORT72001"),
        ("portal/event-sink/1.0", "DeliverEvent", ("RESULT", "ACCEPT"), "CITT72001"),
    ],
)
def test_samples_go_from_whoever_calls(site, name, operation, statuses, sender):
    found = envelopes(site, name)
    both = [found[f"{operation}{what}"] for what in ("Request", "Response")]
    said = [read_message(one.find("{*}Body/*/{*}Message")) for one in both]
    assert tuple(one.status.value for one in said) == statuses
    assert (said[0].sender.code, said[1].recipient.code) == (sender, sender)


def test_header_of_smev_is_written_by_the_hub_alone(site):
    for name, written in (("portal/events/1.0", "Response"), ("portal/event-sink/1.0", "Request")):
        for sample, envelope in envelopes(site, name).items():
            has = envelope.find(f"{{*}}Header/{HEADER}") is not None
            assert has is sample.endswith(written)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("/test/smev2/portal/application/1.0", "CancelApplication — CANCEL;"),
        (SINK, "DeliverEvent — RESULT;"),
    ],
)
def test_participant_reads_how_its_own_service_is_called(site, url, told):
    page = text(site.answer(url, {}))
    assert "Ваш сервис" in page
    assert told in page


def test_nobody_is_told_of_a_service_that_the_hub_does_not_call(site):
    assert "Ваш сервис" not in text(site.answer("/test/smev2/portal/events/1.0", {}))
