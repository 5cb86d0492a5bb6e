"""What the desk asks of others: documents drawn up and signed, notices posted.

The real ones belong to the document registry and to the notices; `gateway.bootstrap` gives them to
the desk. Where there are none `Unwired` stands for them: it fails closed, no act counts as signed.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from gateway.storage.database import Transaction
from registry.notices.codes import NoticeCode
from registry.onboarding import errors
from registry.onboarding.facts import Facts
from registry.onboarding.table import Doc

if TYPE_CHECKING:
    from registry.onboarding.cases import CaseView
    from registry.onboarding.trials import Account, Trial


class DocumentDesk(Protocol):
    """Draws documents up and knows who has signed them."""

    def draw_up(
        self,
        transaction: Transaction,
        doc_type: Doc,
        case: "CaseView",
        facts: Facts,
        tried: "Sequence[Trial]",
        now: datetime,
    ) -> UUID | None:
        """Draw up a document of a case, offer it for signature and return its identifier.

        `facts` are those of the case and of the step, personal data of the step included; `tried`
        are the sessions of trials that the case rests on. None is a paper that the hub has no form
        of.
        """
        ...

    def draw_up_protocol(
        self,
        transaction: Transaction,
        case: "CaseView",
        trial: "Trial",
        account: "Account",
        now: datetime,
    ) -> UUID:
        """Draw up the protocol of a finished session and offer it for signature."""
        ...

    def is_signed(self, transaction: Transaction, document_id: UUID) -> bool:
        """Tell whether both sides have signed it and it was not cancelled."""
        ...


class NoticeBoard(Protocol):
    """Tells participants and the operator."""

    def post(
        self,
        transaction: Transaction,
        code: NoticeCode,
        to: str,
        event: str,
        facts: Mapping[str, str],
        now: datetime,
        ref: str | None = None,
    ) -> object:
        """Post a notice to the participant `to`: once for a code, an addressee and an event.

        `facts` are those that the code asks for; `ref` is a document or case to look at.
        """
        ...


class Unwired:
    """Neither documents nor a notice board: what was to be told stays in the case's history."""

    def draw_up(self, *_: object) -> UUID:
        """Refuse: raise DocumentsUnwired."""
        raise errors.DocumentsUnwired

    def draw_up_protocol(self, *_: object) -> UUID:
        """Refuse: raise DocumentsUnwired."""
        raise errors.DocumentsUnwired

    def is_signed(self, *_: object) -> bool:
        """Believe no signature."""
        return False

    def post(self, *_: object, **__: object) -> None:
        """Tell nobody; the history names the notice."""
