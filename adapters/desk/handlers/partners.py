"""SVC-19 RegisterEndpoint and ListPartnerBanks: where participants are reached, who takes money."""

from adapters.desk import access
from adapters.desk.errors import CaseState, told_of
from adapters.desk.messages import formats as messages
from gateway.adapter import Received, Work
from gateway.kernel.errors import NotFound, VersionUnsupported
from gateway.kernel.message import Contour
from gateway.storage.database import Transaction
from registry import banks, endpoints
from registry.calendar import local_date
from registry.counter import change_registry
from registry.endpoints import Endpoint
from registry.kinds import Network


def register_endpoint(
    received: Received[messages.RegisterEndpointRequest], work: Work
) -> messages.RegisterEndpointResponse:
    """Keep where a participant's own service is reached; another address ends the one before.

    Raises CaseState, NotFound, NotAllowed, VersionUnsupported, ValidationError.
    """
    request, sender = received.request, received.sender
    _check_version(request, work)
    endpoint = Endpoint(
        service=request.service_code,
        contour=Contour(request.contour.value),
        url=request.url,
        network=Network(request.network.value),
        format_version=request.format_version,
        smev_number=request.smev_reg_number,
    )

    def change(transaction: Transaction) -> messages.RegisterEndpointResponse:
        if not access.may_prepare(transaction, work, sender, endpoint.contour):
            raise CaseState
        before = endpoints.find(transaction, sender.code, endpoint.service, endpoint.contour)
        with told_of("/RegisterEndpointRequest/url"):
            endpoint_id = endpoints.register(
                transaction, sender.code, endpoint, work.now, sender.code, work.identifiers
            )
        return messages.RegisterEndpointResponse(
            endpoint_id=str(endpoint_id),
            duplicate=before is not None and before.endpoint_id == endpoint_id,
        )

    return change_registry(work, change)


def list_partner_banks(
    received: Received[messages.ListPartnerBanksRequest],  # noqa: ARG001 -- a handler
    work: Work,
) -> messages.ListPartnerBanksResponse:
    """Tell the banks in operation and whom they take money for (PART-13)."""
    with work.registry.reading() as transaction:
        found = banks.partner_banks(transaction, local_date(work.now))
    return messages.ListPartnerBanksResponse(
        bank=[
            messages.PartnerBankType(
                name=bank.name,
                bik=bank.bik,
                channel=[messages.BankChannel(one.value) for one in bank.channels],
                organizer_inn=list(bank.organizers),
                since=bank.since,
            )
            for bank in found
        ]
    )


def _check_version(request: messages.RegisterEndpointRequest, work: Work) -> None:
    """Refuse a service that is not published, and a version of it that never was."""
    work.shelf.newest(request.service_code, local_date(work.now))
    try:
        work.shelf.find(request.service_code, request.format_version)
    except NotFound as error:
        raise VersionUnsupported from error
