"""SVC-19: formats, packages, addresses, certificates, partner banks."""

import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import enrolment
import pki
import pytest
from desk_counter import BANK, CATALOG, ORGANIZER, OTHER, READER, SHELF, bank_terms, changed

from adapters.desk.errors import CaseState, CertInvalid
from adapters.desk.handlers import formats as handlers
from adapters.desk.messages.formats import (
    CertificatePurpose,
    FormatState,
    GetFormatRequest,
    ListFormatsRequest,
    ListPartnerBanksRequest,
    RegisterCertificateRequest,
)
from gateway.contracts import publish
from gateway.contracts.messages import common
from gateway.contracts.shelf import Shelf
from gateway.contracts.versions import TERMS, Term
from gateway.kernel.errors import (
    NotAllowed,
    NotAllowedInContour,
    NotFound,
    ValidationError,
    VersionUnsupported,
)
from gateway.kernel.message import Contour
from registry import endpoints
from registry.participants import Registrar

ENDPOINT = "register-endpoint"


def test_every_published_format_is_listed_with_its_addresses(joined):
    listed = joined.send(ListFormatsRequest()).format

    assert [f"{one.code}/{one.version}" for one in listed] == sorted(CATALOG.contracts)
    first = next(one for one in listed if one.code == "meals/bank-payment")
    assert first.state is FormatState.CURRENT
    assert first.wsdl_url == "https://hub.example/test/ws/meals/bank-payment/1.0?wsdl"
    assert "https://hub.example/test/ws/meals/bank-payment/1.0?xsd=common" in first.xsd_url
    assert (first.public, first.change_note) == (True, "Первая версия.")


def test_every_published_format_has_its_term():
    assert TERMS.keys() == CATALOG.contracts.keys()


def test_formats_of_one_domain_are_listed(joined):
    listed = joined.send(ListFormatsRequest(domain="support")).format

    assert [one.code for one in listed] == ["support/notify"]


def test_package_is_the_one_the_pages_give(joined):
    package = joined.send(GetFormatRequest(code="meals/bank-payment", version="1.0")).package

    contract = CATALOG.contract("meals/bank-payment/1.0")
    assert package.content == publish.bundle(contract).body
    names = zipfile.ZipFile(io.BytesIO(package.content)).namelist()
    assert contract.wsdl in names


def test_unknown_version_of_a_format_is_not_found(joined):
    with pytest.raises(NotFound):
        joined.send(GetFormatRequest(code="meals/bank-payment", version="9.9"))


def test_format_that_is_not_public_waits_for_its_owner(joined, clock):
    name = "meals/bank-payment/1.0"
    hidden = replace(SHELF.catalog.contract(name), name="emp/api/1.0")
    shelf = Shelf(
        type(CATALOG)({"emp/api/1.0": hidden}),
        "",
        {"emp/api/1.0": Term(clock().date(), public=False)},
    )
    with joined.contour_database.reading() as transaction:
        work = replace(joined.work(transaction), shelf=shelf)
        request = GetFormatRequest(code="emp/api", version="1.0")
        received = type("R", (), {"request": request, "sender": joined.sender(BANK)})
        with pytest.raises(NotAllowed):
            handlers.get_format(received, work)


def test_bank_names_its_address_once(joined):
    first, again = joined.send(changed(ENDPOINT)), joined.send(changed(ENDPOINT))

    assert (first.duplicate, again.duplicate) == (False, True)
    assert again.endpoint_id == first.endpoint_id


def test_another_address_takes_the_place_of_the_first(joined):
    first = joined.send(changed(ENDPOINT))
    second = joined.send(changed(ENDPOINT, ("bank.example.org", "new.example.org")))

    assert second.endpoint_id != first.endpoint_id
    with joined.registry.reading() as transaction:
        (standing,) = endpoints.current(transaction, BANK)
        assert len(endpoints.history(transaction, BANK)) == 2
    assert "new.example.org" in standing.endpoint.url


def test_production_address_waits_for_production(joined):
    with pytest.raises(CaseState):
        joined.send(changed(ENDPOINT, (">TEST<", ">PROD<")))


def test_address_inside_the_hub_is_refused_with_its_place(joined):
    with pytest.raises(ValidationError) as refused:
        joined.send(changed(ENDPOINT, ("bank.example.org", "localhost")))

    assert refused.value.findings[0].path == "/RegisterEndpointRequest/url"


def test_address_of_an_unknown_service_is_not_found(joined):
    with pytest.raises(NotFound):
        joined.send(changed(ENDPOINT, ("meals/bank-payment", "meals/nothing")))


def test_address_of_an_unknown_version_is_unsupported(joined):
    with pytest.raises(VersionUnsupported):
        joined.send(changed(ENDPOINT, (">1.0<", ">9.9<")))


def test_address_of_a_service_of_others_is_not_allowed(joined):
    with pytest.raises(NotAllowed):
        joined.send(changed(ENDPOINT), ORGANIZER)


def certificate(leaf, contour=common.Contour.TEST, **more) -> RegisterCertificateRequest:
    values = {
        "contour": contour,
        "x509": leaf.der,
        "purpose": CertificatePurpose.SIGN,
        "valid_from": READER.read(leaf.der).not_before,
    }
    return RegisterCertificateRequest(**{**values, **more})


def test_credentials_bring_the_first_certificate_of_the_test_contour(joined, root):
    leaf = root.issue("Банк")
    first, again = joined.send(certificate(leaf)), joined.send(certificate(leaf))

    assert first.thumbprint == READER.read(leaf.der).thumbprint
    assert (first.duplicate, again.duplicate) == (False, True)


def test_certificate_of_a_stranger_authority_is_invalid(joined):
    with pytest.raises(CertInvalid):
        joined.send(certificate(pki.Authority.root().issue("Банк")))


def test_octets_that_are_no_certificate_are_invalid(joined, root):
    with pytest.raises(CertInvalid):
        joined.send(certificate(root.issue("Банк"), x509=b"MIIB"))


def test_certificate_of_another_participant_is_invalid(joined, root):
    leaf = root.issue("Банк")
    joined.send(certificate(leaf), OTHER)

    with pytest.raises(CertInvalid):
        joined.send(certificate(leaf))


def test_beginning_outside_the_validity_is_invalid(joined, root):
    leaf = root.issue("Банк")
    early = READER.read(leaf.der).not_before - timedelta(days=1)

    with pytest.raises(CertInvalid):
        joined.send(certificate(leaf, valid_from=early))


def test_certificate_is_brought_to_its_own_contour(joined, root):
    with pytest.raises(NotAllowedInContour):
        joined.send(certificate(root.issue("Банк"), common.Contour.PROD))


def test_first_certificate_of_production_is_the_operators_business(joined, root):
    joined.contour = Contour.PROD

    with pytest.raises(NotAllowed):
        joined.send(certificate(root.issue("Банк"), common.Contour.PROD))


def test_partner_banks_are_those_in_operation(joined, clock):
    bank_terms(joined.registry, clock)
    registrar = Registrar(joined.registry, clock, "оператор")
    registrar.bind(BANK, "7200000032", "1", date(2026, 3, 1))
    assert joined.send(ListPartnerBanksRequest()).bank == []

    enrolment.commission(joined.registry, BANK, clock())

    (bank,) = joined.send(ListPartnerBanksRequest()).bank
    assert (bank.bik, bank.organizer_inn) == ("047199999", ["7200000032"])
