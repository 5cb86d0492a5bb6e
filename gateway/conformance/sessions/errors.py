"""Refusals over sessions."""

from gateway.conformance.errors import StandBroken
from gateway.kernel.errors import (
    GatewayError,
    IllegalTransition,
    LimitExceeded,
    NotFound,
    ValidationError,
)


class SessionUnknown(NotFound):
    """There is no such session, or not for whom who asks."""

    message = "Сеанс испытаний не найден."
    action = "Проверьте идентификатор сеанса; сеансы других участников не видны."


class SuiteUnknown(NotFound):
    """No suite of this code or plan is shipped with the hub."""

    message = "Такой программы испытаний нет."
    action = "Возьмите код из списка программ испытаний."


class LineUnknown(NotFound):
    """The plan has no such line, or the line no such step."""

    message = "Такой строки или такого шага в программе испытаний нет."
    action = "Возьмите имя строки из состояния сеанса, например BR-03/2."


class SessionEnded(IllegalTransition):
    """A session that was finished, cancelled or has expired changes no more."""

    message = "Сеанс испытаний уже завершён."
    action = "Начните новый сеанс."


class ReviewNotWaiting(IllegalTransition):
    """The step does not wait for a tester: nothing was provided, or it is decided already."""

    message = "Этот шаг не ждёт решения испытателя."
    action = "Посмотрите очередь: hub review list."


class NothingToProvide(IllegalTransition):
    """The step of the last attempt does not ask for evidence."""

    message = "Этот шаг не просит ничего приложить."
    action = "Посмотрите, чего ждёт сеанс; прикладывают к последней попытке."


class NothingToHandOut(IllegalTransition):
    """No attempt at the line has come to a step with a prepared file."""

    message = "Для этой строки сейчас нет подготовленного файла."
    action = "Начните попытку; файл выдаётся, когда до него дошла очередь."


class EvidenceRefused(ValidationError):
    """What was provided is empty or of a kind that was not asked for."""

    message = "Приложенное не принято."
    action = "Приложите снимок экрана (PNG, JPEG), файл или текст в UTF-8, как просит шаг."


class ParameterRefused(ValidationError):
    """The participant entered what the plan does not ask for, or left out what it needs."""

    message = "Параметры сеанса не подходят к программе испытаний."
    action = "Укажите параметры, которые программа отводит участнику."


class TooMuch(LimitExceeded):
    """More attempts or evidence than a session keeps."""

    message = "Сеанс испытаний хранит ограниченное число попыток и приложений."
    action = "Завершите или отмените сеанс и начните новый."


class DecisionIncomplete(ValidationError):
    """A decision has no name of a tester or no reason."""

    message = "Решение испытателя не принято: нужны имя испытателя и причина."
    action = "Укажите, кто решил и почему: это стоит в протоколе."


class MandatoryPending(GatewayError):
    """Mandatory lines are not decided yet (SVC-17, FinishSession)."""

    code = "MANDATORY_PENDING"
    message = "Обязательные сценарии ещё не решены."
    action = "Пройдите их; завершить сеанс отрицательным протоколом можно, указав force."


class StandUnprepared(StandBroken):
    """No slice has the test data that the plan needs."""

    message = "Стенд не подготовил данные для испытаний."
    action = "Сообщите оператору узла; участнику сбой не засчитывается."
