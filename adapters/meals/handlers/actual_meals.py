"""SVC-07 ConfirmActual: who has eaten, where that is not what was asked for (MEAL-CLS-07)."""

from adapters.meals import changing
from adapters.meals.messages import class_request as messages
from adapters.meals.repository import requests
from adapters.meals.repository.requests import ClassRequest
from gateway.adapter import Received, Work
from gateway.contracts.messages.common import RequestState

_LINE = "/ConfirmActualRequest/line"


def confirm_actual(
    received: Received[messages.ConfirmActualRequest], work: Work
) -> messages.ConfirmActualResponse:
    """Say who has eaten, strictly before 23:00:00 of the day (H-13).

    Of lines that are not named the request is the fact. A later confirmation takes the place of
    the one before. Raises what `changing.change` raises, LineNotInRequest, ValidationError.
    """

    def decide(request: ClassRequest) -> messages.ConfirmActualResponse:
        told = received.request.line
        lines = requests.lines_of(work.database, request)
        named = changing.named_lines(request, told, lines, _LINE)
        eaten = [named[one.account, one.meal_type]._replace(is_eaten=one.ate) for one in told]
        requests.put_actual(work.database, request, eaten)
        confirmed = request._replace(
            state=RequestState.ACTUAL_CONFIRMED.value, confirmed_at=work.now
        )
        requests.put(work.database, confirmed, received.entry)
        return messages.ConfirmActualResponse(
            version=confirmed.version,
            state=RequestState.ACTUAL_CONFIRMED,
            confirmed_at=work.now,
            duplicate=False,
        )

    return changing.change(received, work, messages.ConfirmActualResponse, decide)
