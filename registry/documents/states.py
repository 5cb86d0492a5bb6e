"""The life of a document as a table (requirements, section D)."""

from collections.abc import Mapping
from enum import Enum

from gateway.kernel.errors import IllegalTransition


class DocumentState(Enum):
    """Where a document stands."""

    DRAFT = "DRAFT"
    """Has its number and its data; may be drawn up again."""
    FOR_SIGNATURE = "FOR_SIGNATURE"
    """Its files are fixed and offered to the parties."""
    SIGNED_BY_ONE = "SIGNED_BY_ONE"
    """A party has signed, another has not; nothing of it changes any more."""
    SIGNED = "SIGNED"
    """Every party that signs it has signed."""
    REGISTERED = "REGISTERED"
    """The operator has entered it among the originals."""
    CANCELLED = "CANCELLED"
    """Taken back with a reason; what it had opened is closed by who opened it."""


class Step(Enum):
    """What is done with a document; the values are what the history tells."""

    DRAW_UP = "DRAW_UP"
    REDRAW = "REDRAW"
    OFFER = "OFFER"
    SIGN = "SIGN"
    """Somebody signs, and others still have to."""
    SIGN_LAST = "SIGN_LAST"
    """The last one signs, or the only one."""
    REGISTER = "REGISTER"
    CANCEL = "CANCEL"


_S = DocumentState

TRANSITIONS: Mapping[tuple[DocumentState, Step], DocumentState] = {
    (_S.DRAFT, Step.REDRAW): _S.DRAFT,
    (_S.DRAFT, Step.OFFER): _S.FOR_SIGNATURE,
    (_S.DRAFT, Step.CANCEL): _S.CANCELLED,
    (_S.FOR_SIGNATURE, Step.REDRAW): _S.DRAFT,
    (_S.FOR_SIGNATURE, Step.SIGN): _S.SIGNED_BY_ONE,
    (_S.FOR_SIGNATURE, Step.SIGN_LAST): _S.SIGNED,
    (_S.FOR_SIGNATURE, Step.CANCEL): _S.CANCELLED,
    (_S.SIGNED_BY_ONE, Step.SIGN): _S.SIGNED_BY_ONE,  # of three parties
    (_S.SIGNED_BY_ONE, Step.SIGN_LAST): _S.SIGNED,
    (_S.SIGNED_BY_ONE, Step.CANCEL): _S.CANCELLED,
    (_S.SIGNED, Step.REGISTER): _S.REGISTERED,
    (_S.SIGNED, Step.CANCEL): _S.CANCELLED,
    (_S.REGISTERED, Step.CANCEL): _S.CANCELLED,
}
"""What is not here is ILLEGAL_TRANSITION."""

STATES: Mapping[DocumentState, str] = {
    _S.DRAFT: "проект",
    _S.FOR_SIGNATURE: "на подписании",
    _S.SIGNED_BY_ONE: "подписан одной стороной",
    _S.SIGNED: "подписан",
    _S.REGISTERED: "зарегистрирован",
    _S.CANCELLED: "аннулирован",
}
STEPS: Mapping[Step, str] = {
    Step.DRAW_UP: "составлен",
    Step.REDRAW: "составлен заново",
    Step.OFFER: "передан на подпись",
    Step.SIGN: "подписан стороной",
    Step.SIGN_LAST: "подписан последней стороной",
    Step.REGISTER: "зарегистрирован",
    Step.CANCEL: "аннулирован",
}
_ASKED: Mapping[Step, str] = {
    Step.DRAW_UP: "составить",
    Step.REDRAW: "составить заново",
    Step.OFFER: "передать на подпись",
    Step.SIGN: "подписать",
    Step.SIGN_LAST: "подписать",
    Step.REGISTER: "зарегистрировать",
    Step.CANCEL: "аннулировать",
}


def after(state: DocumentState, step: Step) -> DocumentState:
    """Return the state that a step leads to; raise IllegalTransition."""
    try:
        return TRANSITIONS[state, step]
    except KeyError:
        raise IllegalTransition(
            f"Документ в состоянии «{STATES[state]}» нельзя {_ASKED[step]}."
        ) from None
