"""The office writes a message once, in the transaction of whoever decided it."""

import base64

import peers
import pytest
from lxml import etree
from postal import CODE, CONTRACT, attachment, envelope_of, saying, signature

from adapters.desk.messages import documents
from gateway.adapter import Adapter, Outward
from gateway.bootstrap.binding import HubBroken, bind, bind_outward
from gateway.kernel.message import Contour
from gateway.outgoing import errors
from gateway.outgoing.office import address_of, addressee
from gateway.security import policy, wsse
from gateway.soap import attachments as binary
from gateway.soap.parse import Version, parse
from gateway.storage import attachments, outbox

XOP = "{http://www.w3.org/2004/08/xop/include}Include"


def letters(postal):
    with postal.database.reading() as transaction:
        return list(transaction.execute(outbox.CONTOUR.letter.select()))


def test_a_message_that_is_rolled_back_was_never_written(postal):
    with postal.database.writing() as transaction:
        from_here = postal.work(transaction)
        postal.office.send(from_here, postal.parcel())
        transaction.connection.get_transaction().rollback()
    assert letters(postal) == []


def test_an_address_is_a_name_of_participant_and_contract(postal):
    card = postal.card(postal.send())
    assert card.line.address == f"participant/{CODE}/{CONTRACT}"
    assert addressee(address_of(CODE, CONTRACT)) == (CODE, CONTRACT)


def test_reachable_is_who_has_an_address_in_the_registry(postal):
    assert not postal.office.is_reachable(CODE, CONTRACT)
    with peers.peer(saying()) as peer:
        assert postal.at(peer).office.is_reachable(CODE, CONTRACT)


def test_production_sends_nothing_that_is_not_signed(postal):
    unsigned = postal.replaced(contour=Contour.PROD)
    with pytest.raises(errors.KeyMissing):
        unsigned.send()
    assert letters(postal) == []


def test_a_signature_is_made_once_and_covers_body_and_header(postal, own):
    delivery = postal.replaced(sign=own.sign).send()
    (letter,) = letters(postal)
    proven = wsse.verify(
        parse(letter.payload, Version.SOAP11), policy.TEST, own.providers, own.keys, own.clock()
    )
    assert b"RegisterSignatureRequest" in proven.body
    assert postal.card(delivery).message_id.encode() in proven.message_header


@pytest.mark.parametrize(
    "broken",
    [
        {"contract": "portal/unknown/1.0"},
        {"request": documents.ListDocumentsResponse()},
    ],
    ids=["contract", "no-request"],
)
def test_what_no_slice_sends_is_a_defect(postal, broken):
    with pytest.raises(errors.ParcelBroken):
        postal.send(**broken)


def test_what_breaks_the_contract_is_not_written(postal):
    request = signature()
    request.party = "строчные буквы"
    with pytest.raises(errors.ParcelBroken):
        postal.send(request)
    assert letters(postal) == []


@pytest.mark.parametrize("signed", [False, True], ids=["unsigned", "signed"])
def test_an_attachment_travels_as_a_part_of_its_own(postal, own, signed):
    token, part = attachment(b"%PDF" + bytes(1_000_000))
    sender = postal.replaced(sign=own.sign if signed else None)
    with peers.peer(saying()) as peer:
        sender.at(peer).send(signature(token), attachments={token: part})
        sender.deliver()

    (request,) = peer.requests
    assert b"multipart/related" in request.partition(b"\r\n\r\n")[0]
    root = etree.fromstring(envelope_of(request))
    (include,) = root.iter(XOP)
    assert include.getparent().tag.endswith("cms")
    assert b"%PDF" + bytes(1_000_000) in request
    assert base64.b64encode(token) not in request
    (letter,) = letters(postal)
    assert len(letter.payload) < 20_000
    assert [one.sha256 for one in binary.references(letter.payload)] == [part.sha256]


def test_an_attachment_that_is_gone_is_no_message(postal):
    token, part = attachment(b"content")
    with peers.peer(saying()) as peer:
        delivery = postal.at(peer).send(signature(token), attachments={token: part})
        with postal.database.writing() as transaction:
            transaction.execute(attachments.attachment_chunk.delete())
        postal.deliver()
    (tried,) = postal.card(delivery).tried
    assert (tried.verdict, tried.code) == ("LATER", "ATTACHMENT_LOST")


def test_inline_content_that_reads_like_a_token_stays_content(postal):
    token, _ = attachment(b"somebody's secret")
    postal.send(signature(token))
    (letter,) = letters(postal)
    assert binary.references(letter.payload) == []


def quiet(_settled, _work):
    return None


def test_a_template_that_is_only_called_needs_no_handlers_and_another_contract_does(catalog_of):
    called = Adapter("a", outward=(Outward(CONTRACT, documents, quiet),))
    assert bind(catalog_of("portal/event-sink/1.0"), [called]) == {}
    with pytest.raises(HubBroken, match="контракт без адаптера"):
        bind(catalog_of(CONTRACT), [called])


def test_one_contract_has_one_who_hears_of_it(catalog_of):
    twice = Outward(CONTRACT, documents, quiet)
    with pytest.raises(HubBroken, match="двумя"):
        bind_outward(catalog_of(CONTRACT), [Adapter("a", outward=(twice, twice))])
    with pytest.raises(HubBroken, match="которого нет"):
        bind_outward(catalog_of(), [Adapter("a", outward=(twice,))])
