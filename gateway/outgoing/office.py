"""The office that writes messages to participants into the contour's outbox."""

import logging
from collections.abc import Callable, Sequence
from uuid import UUID

from lxml import etree

from gateway.adapter import Work
from gateway.kernel import xml
from gateway.kernel.message import Contour
from gateway.outgoing import errors
from gateway.outgoing.binding import Binding
from gateway.outgoing.calls import Call, Calls
from gateway.outgoing.parcel import Parcel
from gateway.outgoing.smev2 import Smev2
from gateway.storage import attachments, outbox
from gateway.storage.outbox import Letter
from registry.endpoints import Endpoint

log = logging.getLogger(__name__)

FindEndpoint = Callable[[str, str], Endpoint | None]
"""Where the registry says a participant's service is, by participant code and contract."""

BUDGET = 50


class Outgoing:
    """Writes what the hub has to send in one contour; `work.office(Outgoing)`."""

    def __init__(
        self,
        contour: Contour,
        calls: Calls,
        plain: Binding,
        endpoint: FindEndpoint,
        *,
        signs: bool,
        second: Smev2 | None = None,
    ) -> None:
        """Write in the envelopes of `plain`, or of `second` for those whose services read these.

        `signs` says whether the hub has a key here.
        """
        self._contour = contour
        self._calls = calls
        self._plain = plain
        self._endpoint = endpoint
        self._signs = signs
        self._second = second

    @property
    def code(self) -> str:
        """The hub's own participant code, sender of everything that is written here."""
        return self._plain.code

    def is_reachable(self, recipient: str, contract: str) -> bool:
        """Tell whether the registry names where the participant serves this contract."""
        return self._endpoint(recipient, contract) is not None

    def send(self, work: Work, parcel: Parcel) -> UUID:
        """Write the message into the contour's outbox, in `work.database`; return the delivery id.

        The envelope is built and signed here, once: every attempt carries the same bytes. Raises
        KeyMissing in production without a key, ParcelBroken for what the contract does not allow.
        """
        [letter] = self.send_all(work, [parcel])
        return letter

    def send_all(self, work: Work, parcels: Sequence[Parcel]) -> list[UUID]:
        """Write many messages in their order as one; return their delivery ids."""
        letters = [self._letter(work, parcel) for parcel in parcels]
        outbox.CONTOUR.put(work.database, letters, work.now)
        return [letter.id for letter in letters]

    def _letter(self, work: Work, parcel: Parcel) -> Letter:
        if self._contour is Contour.PROD and not self._signs:
            raise errors.KeyMissing
        call = self._call(parcel)
        payload = _payload(parcel, call)
        binding = self._binding(parcel, call)
        enclosed = binding.enclose(parcel, payload)
        for part in enclosed.parts:
            attachments.keep_in(work.database, part, work.now)
        return Letter(
            id=work.identifiers(),
            key=parcel.key,
            channel=binding.channel,
            address=address_of(parcel.recipient, parcel.contract),
            payload=binding.write(parcel, call, enclosed, work.now),
            source=parcel.source,
            entry=parcel.entry,
            message_id=str(parcel.message_id),
            lifetime=parcel.deadline,
            budget=BUDGET,
            holds=parcel.holds,
        )

    def _call(self, parcel: Parcel) -> Call:
        try:
            return self._calls.of(parcel.contract, parcel.request)
        except KeyError:
            log.exception("%s: %s is sent by no slice", parcel.source, parcel.contract)
            raise errors.ParcelBroken from None

    def _binding(self, parcel: Parcel, call: Call) -> Binding:
        """Return the kind of envelope that the recipient reads."""
        second = self._second
        return second if second is not None and second.is_for(parcel, call) else self._plain


def address_of(recipient: str, contract: str) -> str:
    """Return the name of an outbox address: `participant/DEPT72001/portal/application/1.0`."""
    return f"participant/{recipient}/{contract}"


def addressee(address: str) -> tuple[str, str]:
    """Return participant code and contract of an address that `address_of` has made."""
    _, recipient, contract = address.split("/", 2)
    return recipient, contract


def _payload(parcel: Parcel, call: Call) -> bytes:
    """Return the checked payload, with tokens where its attachments are."""
    octets = call.encode(parcel.request)
    if not call.contract.validate(etree.fromstring(octets, xml.parser())):
        log.error("%s breaks the contract: %s", parcel.source, call.contract.last_error())
        raise errors.ParcelBroken
    return octets
