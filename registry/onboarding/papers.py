"""The papers of cases: a document that a step draws up says what case and registry know.

What nobody has told stays a blank line, to be written by hand. A document is offered for signature
at once: its bytes are what the participant gets and both sides sign.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from gateway.documents import DocType, FileFormat, Form, from_xml
from gateway.documents.forms.protocols import TestProtocol
from gateway.documents.forms.values import Party, ProtocolReference, Representative
from gateway.kernel.ports import Identifiers
from gateway.storage.database import Transaction
from registry import banks, contacts, organizations
from registry.contacts import ContactRole
from registry.documents import shelf
from registry.documents.desk import DocumentDesk
from registry.documents.errors import DocumentUnknown
from registry.documents.states import DocumentState
from registry.documents.values import ACTS, Document, Source, Wanted, parties_of
from registry.founders import Signatory
from registry.onboarding import trials
from registry.onboarding.facts import Facts
from registry.onboarding.filling import FILLED_BY, Said, session_protocol
from registry.onboarding.table import Doc
from registry.onboarding.trials import Account, Trial

if TYPE_CHECKING:
    from registry.onboarding.cases import CaseView

_UNSIGNED = frozenset({DocumentState.DRAFT, DocumentState.FOR_SIGNATURE})
_PROTOCOLS = frozenset({DocType.PROT_BANK, DocType.PROT_ORG, DocType.PROT_PUTO})


@dataclass(frozen=True)
class CasePapers:
    """Draws up the documents of cases: the `DocumentDesk` that the connection desk asks for."""

    documents: DocumentDesk
    identifiers: Identifiers
    operator: str
    """Code of the participant that signs for the hub."""
    signatory: Signatory

    def draw_up(
        self,
        transaction: Transaction,
        doc_type: Doc,
        case: "CaseView",
        facts: Facts,
        tried: Sequence[Trial],
        now: datetime,
    ) -> UUID | None:
        """Draw up a document of a case and offer it for signature; return its identifier.

        None is a paper without a form here: the operator writes it himself. An act drawn up again
        takes the place of the one before: unsigned it keeps its number, else that is cancelled.
        Raises DocumentInvalid for facts that no document can hold.
        """
        fill = FILLED_BY.get(doc_type)
        if fill is None:
            return None
        form = fill(self._said(transaction, case, facts, tried))
        actor = f"дело {case.number}"
        earlier = self._earlier_act(transaction, form.doc_type, case)
        if earlier is not None and earlier.state in _UNSIGNED:
            drawn = self.documents.redraw(transaction, earlier.document_id, form, now, actor)
        else:
            if earlier is not None:
                reason = "Составлен новый акт."
                self.documents.cancel(transaction, earlier.document_id, reason, now, actor)
            drawn = self._drawn(transaction, form, case, Source(case=case.id), now)
        self.documents.offer(transaction, drawn.document_id, now, actor)
        return drawn.document_id

    def draw_up_protocol(
        self,
        transaction: Transaction,
        case: "CaseView",
        trial: Trial,
        account: Account,
        now: datetime,
    ) -> UUID:
        """Draw up the protocol of one finished session and offer it; return its identifier."""
        said = self._said(transaction, case, case.facts, ())
        form = session_protocol(trials.PROTOCOLS[case.kind], said, trial, account)
        source = Source(case=case.id, session=trial.session)
        drawn = self._drawn(transaction, form, case, source, now)
        self.documents.offer(transaction, drawn.document_id, now, f"дело {case.number}")
        return drawn.document_id

    def is_signed(self, transaction: Transaction, document_id: UUID) -> bool:
        """Tell whether both sides have signed; what others keep the hub has not seen signed."""
        try:
            return shelf.is_signed(transaction, document_id)
        except DocumentUnknown:
            return False

    def _earlier_act(
        self, transaction: Transaction, doc_type: DocType, case: "CaseView"
    ) -> Document | None:
        """Return the act that a new one replaces; each trial keeps a protocol of its own."""
        if doc_type not in ACTS:
            return None
        wanted = Wanted(doc_type=doc_type, case=case.id)
        found = shelf.search(transaction, wanted)
        return next((one for one in found if one.state is not DocumentState.CANCELLED), None)

    def _drawn(
        self, transaction: Transaction, form: Form, case: "CaseView", source: Source, now: datetime
    ) -> Document:
        return self.documents.draw_up(
            transaction,
            form,
            parties_of(form.doc_type, self.operator, case.participant),
            source,
            now,
            self.identifiers,
            f"дело {case.number}",
        )

    def _said(
        self, transaction: Transaction, case: "CaseView", facts: Facts, tried: Sequence[Trial]
    ) -> Said:
        return Said(
            case=case,
            facts=facts,
            operator=Representative(
                acting_on=self.signatory.basis,
                position=self.signatory.position,
                name=self.signatory.full_name,
            ),
            party=_party(transaction, case.participant),
            protocols=self._protocols(transaction, case),
            tried=tuple(
                self._protocol_of(transaction, one.document_id)
                for one in tried
                if one.document_id is not None
            ),
        )

    def _protocol_of(self, transaction: Transaction, document_id: UUID) -> TestProtocol:
        """Return what the protocol of a session says."""
        file = self.documents.file(transaction, document_id, FileFormat.XML)
        form, _ = from_xml(file.octets)
        if not isinstance(form, TestProtocol):
            raise TypeError(form)
        return form

    def _protocols(
        self, transaction: Transaction, case: "CaseView"
    ) -> tuple[ProtocolReference, ...]:
        """Return the protocols of the case that an act may rest on, the oldest first.

        One of a session counts only if that has opened the gate.
        """
        found = shelf.search(transaction, Wanted(case=case.id))
        counted = trials.counting(case, trials.of_case(transaction, case.id))
        opening = {one.session for one in counted if one.opens}
        return tuple(
            ProtocolReference(
                number=one.number,
                date=one.dated,
                digest=self.documents.file(
                    transaction, one.document_id, FileFormat.XML
                ).sha256.hex(),
            )
            for one in reversed(found)
            if one.doc_type in _PROTOCOLS
            and one.state is not DocumentState.CANCELLED
            and one.source.session in {None, *opening}
        )


def _party(transaction: Transaction, code: str) -> Party:
    card = organizations.current(transaction, code)
    found = {person.role: person for person in contacts.current(transaction, code)}
    signing = found.get(ContactRole.SIGNATORY)
    return Party(
        name=card.full_name,
        short_name=card.short_name,
        inn=card.inn,
        bik=banks.bik_of(transaction, code),
        representative=None
        if signing is None
        else Representative(position=signing.position, name=initials(signing.full_name)),
    )


def initials(full_name: str) -> str:
    """Return «И.И. Иванов» for «Иванов Иван Иванович»; one word stays as it is."""
    surname, *names = full_name.split()
    letters = "".join(f"{name[0]}." for name in names)
    return f"{letters} {surname}".strip()
