"""Refusals of the connection desk."""

from gateway.kernel.errors import GatewayError


class GuardFailed(GatewayError):
    """The state allows the step, but something that it needs is missing; the text names it."""

    code = "GUARD_FAILED"
    message = "Для этого шага не всё готово."
    action = "Представьте недостающее и повторите шаг."


class FactInvalid(GatewayError):
    """A fact of a step is of a wrong form, or the step does not take it."""

    code = "FACT_INVALID"
    message = "Сведения шага записаны неверно."
    action = "Исправьте названное и повторите шаг."


class SnilsInvalid(FactInvalid):
    """An insurance number breaks its form or its check digits."""

    code = "SNILS_INVALID"
    message = "СНИЛС записан неверно: не сходится форма или контрольное число."


class JoinRequired(GatewayError):
    """There is no registered statement of joining the agreement (PART-04)."""

    code = "JOIN_REQUIRED"
    message = "Заявление о присоединении к соглашению не зарегистрировано."
    action = "Сначала подайте заявление о присоединении и дождитесь его регистрации."


class NotApplicable(GatewayError):
    """This is not connected to anybody, or not to this kind of participant (ONB-REG-08)."""

    code = "NOT_APPLICABLE"
    message = "Такое подключение для участника не предусмотрено."
    action = "Выберите другую подсистему или другой вид подключения."


class CaseUnknown(GatewayError):
    """There is no case with this identifier or number."""

    code = "NOT_FOUND"
    message = "Дела о подключении с таким номером нет."
    action = "Сверьте номер со списком: hub case list."


class DocumentsUnwired(GatewayError):
    """The step needs a document of the hub, and nothing draws documents up here."""

    code = "DOCUMENTS_UNWIRED"
    message = "Документы узла не подключены: шаг, которому нужен документ, не выполнить."
    action = "Обратитесь к разработчикам узла."
