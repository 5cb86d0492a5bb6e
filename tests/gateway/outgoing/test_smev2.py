"""Messages to a department whose own service speaks SMEV 2, over a real socket."""

import hashlib
import io
import shutil
import zipfile
from base64 import b64encode
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import uuid4

import peers
import postal
import pytest
from lxml import etree
from postal import CODE, CONTRACT, DEPARTMENT, Postal, envelope_of, http, plain_fault, saying

from adapters.desk.messages import documents
from gateway.adapter import Adapter, Outward
from gateway.bootstrap.binding import bind_outward
from gateway.contracts import codec
from gateway.contracts import smev2 as drafts
from gateway.contracts.catalog import load_catalog
from gateway.contracts.files import ContractFiles, locate
from gateway.contracts.smev2 import envelope_contract
from gateway.kernel.errors import NotFound
from gateway.kernel.message import Smev2Profile
from gateway.outgoing import Outgoing
from gateway.outgoing.smev2 import Smev2
from gateway.security.algorithms import Hash
from gateway.security.provider import Providers
from gateway.security.providers.rsa import RsaProvider
from gateway.soap import smev2, smev2_build, smev2_errors, smev2_files
from gateway.soap.parse import Version, parse
from gateway.soap.smev2 import Message, ServiceVersion, Status, System, TypeCode

HUB = System("CITT72001", "Узел")
THEIRS = System("DEPT72009", "Ведомство")
PORTAL = replace(DEPARTMENT, code="PORTAL72001", name="Портал", smev2=Smev2Profile("PORT72001"))
SERVES = Smev2Profile(THEIRS.code, serves=True)
WRAPPER = "{urn://x-artefacts-citto-72/registry/documents/smev2/1.0}"


@pytest.fixture(scope="module")
def catalog(tmp_path_factory):
    """The published contracts, and a draft of the second binding of one more."""
    root = tmp_path_factory.mktemp("contracts")
    for name in ("wsdl", "xsd"):
        shutil.copytree(locate().root / name, root / name)
    files = ContractFiles(root)
    for path, text in drafts.draft(load_catalog(files).contract(CONTRACT)).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return load_catalog(files)


@dataclass
class Smev2Postal(Postal):
    """The same office and channel in envelopes of SMEV 2."""

    catalog: object = None
    profile: Smev2Profile = SERVES

    def __post_init__(self):
        outward = Outward(
            CONTRACT,
            documents,
            self.slice.settle,
            judge=lambda _: self.slice.verdict,
            statuses={"GetDocument": Status.PING},
        )
        self.calls = bind_outward(self.catalog, [Adapter("postal", outward=(outward,))])
        self.participant = replace(DEPARTMENT, smev2=self.profile)
        providers = Providers.of([RsaProvider()])
        self.plain = Smev2(
            self.contour,
            postal.HUB,
            HUB,
            envelope_contract(),
            {CODE: self.participant, PORTAL.code: PORTAL}.get,
            providers,
            Hash.SHA256,
            self.sign,
        )
        self.office = Outgoing(
            self.contour,
            self.calls,
            None,
            self.endpoint,
            signs=self.sign is not None,
            second=self.plain,
        )


@pytest.fixture
def office(sqlite_contour_database, clock, slice_, catalog):
    return Smev2Postal(sqlite_contour_database, clock, slice_, catalog=catalog)


def wrapper_of(request: bytes) -> etree._Element:
    return parse(envelope_of(request), Version.SOAP11, smev2.HEADER).payload


def asked_of(request: bytes) -> Message:
    return smev2.read_message(smev2.take_apart(wrapper_of(request)).message)


def id_of(request: bytes) -> str:
    return smev2.message_id_of(
        parse(envelope_of(request), Version.SOAP11, smev2.HEADER).message_header
    )


def payload(response=None) -> bytes:
    response = response or postal.accepted()
    return codec.octet_encoder(type(response))(response)


def answering(status: Status, content: bytes = b"", **more):
    """Serve an answer with a status; `more` are parts of its message."""

    def answer(request: bytes) -> bytes:
        values = {
            "sender": THEIRS,
            "recipient": HUB,
            "type_code": TypeCode.STATE_SERVICE,
            "status": status,
            "date": datetime.now(UTC),
            "exchange_type": "2",
            "request_id": id_of(request),
            **more,
        }
        wrapped = smev2_build.wrap(
            f"{WRAPPER}RegisterSignatureResponse", Message(**values), content
        )
        return http(smev2_build.envelope(wrapped))

    return answer


@pytest.mark.parametrize("status", [Status.ACCEPT, Status.RESULT])
def test_acceptance_is_read_as_the_typed_response(office, slice_, status):
    with peers.peer(saying(answering(status, payload()))) as peer:
        office.at(peer).send()
        office.deliver()
    assert slice_.states == ["DELIVERED"]
    assert slice_.settled[0].response == postal.accepted()


def test_acceptance_that_says_nothing_more_delivers_too(office, slice_):
    with peers.peer(saying(answering(Status.ACCEPT))) as peer:
        office.at(peer).send()
        office.deliver()
    assert (slice_.states, slice_.settled[0].response) == (["DELIVERED"], None)


@pytest.mark.parametrize("status", [Status.INVALID, Status.REJECT])
def test_refusal_parks_the_letter_with_its_code(office, slice_, status):
    errors = smev2_errors.write(NotFound(), "1-1")
    with peers.peer(saying(answering(status, errors))) as peer:
        office.at(peer).send()
        office.deliver()
    assert (slice_.states, slice_.settled[0].fault) == (["PARKED"], "NOT_FOUND")


def test_refusal_without_a_code_is_known_by_its_status(office, slice_):
    with peers.peer(saying(answering(Status.REJECT))) as peer:
        office.at(peer).send()
        office.deliver()
    assert slice_.settled[0].fault == "REJECT"


@pytest.mark.parametrize(
    "trouble",
    [
        answering(Status.FAILURE),
        plain_fault("Server"),
        answering(Status.ACCEPT, sender=System("OTHR72001", "Другие")),
        answering(Status.ACCEPT, request_id=str(uuid4())),
        answering(Status.PING),
        answering(Status.ACCEPT, sender=System("x", "не мнемоника")),
        postal.good,
    ],
    ids=["failure", "fault", "sender", "reference", "status", "schema", "plain"],
)
def test_trouble_asks_for_another_attempt(office, slice_, clock, trouble):
    with peers.peer(saying(trouble, answering(Status.ACCEPT, payload()))) as peer:
        office.at(peer).send()
        office.deliver()
        assert slice_.states == ["WAITING"]
        clock.advance(hours=1)
        office.deliver()
    assert slice_.states[-1] == "DELIVERED"


def test_reference_may_be_missing_in_the_test_contour_alone(office, slice_):
    bare = answering(Status.ACCEPT, payload(), request_id=None)
    with peers.peer(saying(bare)) as peer:
        office.at(peer).send()
        office.deliver()
    assert slice_.states == ["DELIVERED"]


def test_request_is_valid_and_says_of_what_it_is(office, catalog):
    with peers.peer(saying(answering(Status.ACCEPT))) as peer:
        office.at(peer).send(
            case_number="Д-1",
            origin_request="first",
            originator=PORTAL.code,
            service_code="7200000010000000001",
        )
        office.deliver()
    [request] = peer.requests
    assert catalog.contract(CONTRACT).smev2.validate(wrapper_of(request))
    told = asked_of(request)
    assert (told.sender, told.recipient) == (HUB, THEIRS)
    assert (told.case_number, told.origin_request_id) == ("Д-1", "first")
    assert told.originator == System("PORT72001", "Портал")
    assert told.service_code == "7200000010000000001"
    assert told.service == ServiceVersion("DocumentService", "1.00")
    assert told.status is Status.REQUEST
    assert b'SOAPAction: "urn://x-artefacts-citto-72/registry/documents/smev2/1.0/' in request


@pytest.mark.parametrize(
    ("profile", "service", "exchange_type"),
    [
        ({"service_name": "Kindergarten"}, "Kindergarten", "2"),
        (
            {"service_name": "Kg", "service_version": "2.01", "exchange_type": "1"},
            ServiceVersion("Kg", "2.01"),
            "1",
        ),
    ],
)
def test_what_a_partner_insists_on_is_data(office, profile, service, exchange_type):
    office = office.replaced(profile=Smev2Profile(THEIRS.code, serves=True, **profile))
    with peers.peer(saying(answering(Status.ACCEPT))) as peer:
        office.at(peer).send()
        office.deliver()
    told = asked_of(peer.requests[0])
    assert (told.service, told.exchange_type) == (service, exchange_type)


def test_operation_may_have_a_status_of_its_own(office):
    with peers.peer(saying(answering(Status.ACCEPT))) as peer:
        request = documents.GetDocumentRequest(
            document_id=postal.DOCUMENT, format=documents.DocumentFormat("PDF")
        )
        office.at(peer).send(request)
        office.deliver()
    assert asked_of(peer.requests[0]).status is Status.PING


def test_every_attempt_carries_the_same_bytes(office, clock):
    with peers.peer(saying(answering(Status.FAILURE), answering(Status.ACCEPT))) as peer:
        office.at(peer).send()
        office.deliver()
        clock.advance(hours=1)
        office.deliver()
    first, again = map(envelope_of, peer.requests)
    assert first == again


def test_signed_request_has_the_actor_of_smev(office, own):
    office = office.replaced(sign=own.sign)
    with peers.peer(saying(answering(Status.ACCEPT))) as peer:
        office.at(peer).send()
        office.deliver()
    envelope = parse(envelope_of(peer.requests[0]), Version.SOAP11, smev2.HEADER)
    assert envelope.security.get(f"{{{Version.SOAP11.value}}}actor").endswith("actors/smev")


def test_those_who_do_not_serve_so_are_called_plainly(office):
    call = office.calls.of(CONTRACT, postal.signature())
    sends_only = office.replaced(profile=Smev2Profile(THEIRS.code))
    assert office.plain.is_for(office.parcel(), call)
    assert not sends_only.plain.is_for(office.parcel(), call)


def with_file(octets: bytes) -> tuple[bytes, dict]:
    """A payload whose file is an attachment, and that attachment by its token."""
    token, part = postal.attachment(octets)
    content = b64encode(token).decode()
    text = (
        f'<a:Ask xmlns:a="urn://a" xmlns:c="{smev2_files.COMMON}"><a:attachment>'
        "<a:code>DOC</a:code><a:file><c:fileName>a.pdf</c:fileName><c:mimeType>application/pdf</c:mimeType>"
        f"<c:content>{content}</c:content></a:file></a:attachment></a:Ask>"
    )
    return text.encode(), {token: part}


def test_files_go_into_one_archive_that_the_digest_is_of(office):
    payload, attachments = with_file(b"%PDF")
    enclosed = office.plain.enclose(office.parcel(attachments=attachments), payload)
    assert b"content" not in enclosed.payload
    [archive] = enclosed.parts
    with archive.open() as source:
        octets = source.read()
    assert enclosed.document.digest == hashlib.sha256(octets).digest()
    with zipfile.ZipFile(io.BytesIO(octets)) as opened:
        assert opened.read("files/1/a.pdf") == b"%PDF"
        assert f"{enclosed.document.request_code}.xml" in opened.namelist()


def test_what_is_enclosed_is_what_our_own_door_would_take_out(office):
    payload, attachments = with_file(b"%PDF")
    enclosed = office.plain.enclose(office.parcel(attachments=attachments), payload)
    [archive] = enclosed.parts
    code = enclosed.document.request_code
    files = smev2_files.unpack(archive, code, lambda *_: True, 1000)
    root = etree.fromstring(enclosed.payload)
    assert smev2_files.fill_in(root, files).keys() == attachments.keys()
    assert etree.tostring(root, method="c14n") == etree.tostring(
        etree.fromstring(payload), method="c14n"
    )


def test_partner_without_mtom_gets_the_archive_inline(office):
    office = office.replaced(profile=replace(SERVES, inline_files=True))
    payload, attachments = with_file(b"%PDF")
    enclosed = office.plain.enclose(office.parcel(attachments=attachments), payload)
    assert (enclosed.parts, enclosed.document.content is not None) == ((), True)


def test_algorithm_of_the_digest_is_the_agreed_one(office):
    office = office.replaced(profile=replace(SERVES, digest="SHA512"))
    payload, attachments = with_file(b"%PDF")
    enclosed = office.plain.enclose(office.parcel(attachments=attachments), payload)
    assert len(enclosed.document.digest) == 64
