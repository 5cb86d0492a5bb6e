"""What a bank is told when its message is understood but not obeyed.

SVC-01 answers business outcomes with a numeric result code (the convention that bank software
knows); every code and reason stands here with its sentence and the client's reaction.
"""

from dataclasses import dataclass
from enum import Enum

from adapters.bank.messages.bank_payment import ResultCode
from gateway.contracts import periods
from gateway.kernel.errors import GatewayError


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a result code says and what the client does about it."""

    text: str
    final: bool
    """The same message will get the same code, so repeating it is of no use."""
    action: str


MEANINGS = {
    ResultCode.OK: Meaning("ОК", final=True, action="Ничего не требуется."),
    ResultCode.TEMPORARY_ERROR: Meaning(
        "Временная ошибка. Повторите запрос позже",
        final=False,
        action="Повторите тот же запрос с теми же идентификаторами.",
    ),
    ResultCode.ACCOUNT_FORMAT: Meaning(
        "Неверный формат идентификатора абонента (лицевого счёта)",
        final=True,
        action="Деньги не принимайте, попросите плательщика уточнить номер.",
    ),
    ResultCode.NOT_FOUND: Meaning(
        "Идентификатор абонента не найден",
        final=True,
        action="Деньги не принимайте, уточните номер.",
    ),
    ResultCode.FORBIDDEN: Meaning(
        "Приём платежа запрещён", final=True, action="Деньги не принимайте."
    ),
    ResultCode.TECHNICALLY_FORBIDDEN: Meaning(
        "Приём платежа запрещён по техническим причинам",
        final=True,
        action="Деньги не принимайте, сообщите оператору узла.",
    ),
    ResultCode.ACCOUNT_NOT_ACTIVE: Meaning(
        "Счёт абонента не активен", final=True, action="Деньги не принимайте."
    ),
    ResultCode.NOT_FINISHED: Meaning(
        "Проведение платежа не окончено",
        final=False,
        action="Повторяйте тот же запрос, пока код не станет другим; новый платёж не создавайте.",
    ),
    ResultCode.AMOUNT_TOO_SMALL: Meaning(
        "Сумма слишком мала", final=True, action="Предложите сумму не меньше minAmount."
    ),
    ResultCode.AMOUNT_TOO_LARGE: Meaning(
        "Сумма слишком велика", final=True, action="Предложите сумму не больше maxAmount."
    ),
    ResultCode.ACCOUNT_UNVERIFIABLE: Meaning(
        "Невозможно проверить состояние счёта",
        final=False,
        action="Проверьте позже; до успешной проверки деньги не принимайте.",
    ),
    ResultCode.CANCEL_IMPOSSIBLE: Meaning(
        "Отмена платежа невозможна", final=True, action="Не возвращайте деньги плательщику."
    ),
    ResultCode.OTHER_ERROR: Meaning(
        "Другая ошибка", final=True, action="Не повторяйте, разберите причину в reason."
    ),
}


class Refusal(Enum):
    """Why SVC-01 says no: the name is `reason` on the wire, the sentence is `resultText`.

    A refused payment is not stored, so the same message succeeds once its reason is gone.
    """

    TEMPORARY = ResultCode.TEMPORARY_ERROR, "Временная ошибка. Повторите запрос позже."
    ACCOUNT_FORMAT = (
        ResultCode.ACCOUNT_FORMAT,
        "Неверный формат лицевого счёта: ожидается от 6 до 20 цифр.",
    )
    CHECK_DIGIT = (
        ResultCode.ACCOUNT_FORMAT,
        "Неверный формат лицевого счёта: контрольная цифра не сошлась, вероятна опечатка.",
    )
    ACCOUNT_NOT_FOUND = ResultCode.NOT_FOUND, "Лицевой счёт не найден."
    PAYMENT_NOT_FOUND = ResultCode.NOT_FOUND, "Платёж с таким bankPaymentId не найден."
    BINDING_NOT_FOUND = (
        ResultCode.FORBIDDEN,
        "Приём платежа запрещён: банк не связан с организатором питания этого лицевого счёта.",
    )
    FOREIGN_ORGANIZER = (
        ResultCode.FORBIDDEN,
        "Приём платежа запрещён: лицевой счёт обслуживает другой организатор питания.",
    )
    ACCOUNT_BLOCKED = (
        ResultCode.FORBIDDEN,
        "Приём платежа запрещён: лицевой счёт заблокирован.",
    )
    BANK_TERMS_MISSING = (
        ResultCode.TECHNICALLY_FORBIDDEN,
        "Приём платежа запрещён: с банком не согласованы условия зачисления.",
    )
    CALENDAR_MISSING = (
        ResultCode.TECHNICALLY_FORBIDDEN,
        "Приём платежа запрещён: в узле нет производственного календаря на год зачисления.",
    )
    ACCOUNT_CLOSED = (
        ResultCode.ACCOUNT_NOT_ACTIVE,
        "Счёт абонента не активен: лицевой счёт закрыт.",
    )
    SUSPENSE = (
        ResultCode.NOT_FINISHED,
        "Проведение платежа не окончено: он числится невыясненным.",
    )
    AMOUNT_TOO_SMALL = (
        ResultCode.AMOUNT_TOO_SMALL,
        "Сумма слишком мала: наименьшая сумма одного пополнения {min} руб.",
    )
    LIMIT_EXCEEDED = (
        ResultCode.AMOUNT_TOO_LARGE,
        "Сумма слишком велика: наибольшая сумма одного пополнения {max} руб.",
    )
    ACCOUNT_UNVERIFIABLE = (
        ResultCode.ACCOUNT_UNVERIFIABLE,
        "Невозможно проверить состояние счёта. Повторите запрос позже.",
    )
    IN_REGISTRY = (
        ResultCode.CANCEL_IMPOSSIBLE,
        "Отмена платежа невозможна: он вошёл в принятый реестр.",
    )
    ALREADY_CANCELLED = (
        ResultCode.CANCEL_IMPOSSIBLE,
        "Отмена платежа невозможна: он уже отменён другим запросом.",
    )
    BALANCE = (
        ResultCode.CANCEL_IMPOSSIBLE,
        "Отмена платежа невозможна: деньги уже израсходованы.",
    )
    NOT_CANCELLABLE = (
        ResultCode.CANCEL_IMPOSSIBLE,
        "Отмена платежа невозможна: его состояние этого не допускает.",
    )
    DUPLICATE_CONFLICT = (
        ResultCode.OTHER_ERROR,
        "Этот идентификатор уже использован с другим содержимым; отличается: {fields}.",
    )
    PAYMENT_TIME = (
        ResultCode.OTHER_ERROR,
        "Время платежа вне допустимых границ: сверьте часы отправителя.",
    )

    def __init__(self, code: ResultCode, text: str) -> None:
        """Keep the code and the sentence beside the name."""
        self.code = code
        self.text = text
        self.reason = self.name


class RegistryTotalMismatch(GatewayError):
    """The sums of a payment registry's header are not those of its lines (MEAL-BANK-09)."""

    code = "REGISTRY_TOTAL_MISMATCH"
    message = "Сумма строк реестра не равна заявленной; ничего не зачислено."
    action = "Исправьте реестр и отправьте снова."


class RegistryCountMismatch(GatewayError):
    """The payment registry has more or fewer lines than its header says (MEAL-BANK-09)."""

    code = "REGISTRY_COUNT_MISMATCH"
    message = "Число строк реестра не равно заявленному; ничего не зачислено."
    action = "Исправьте реестр и отправьте снова."


class DuplicateLine(GatewayError):
    """A line number or a bank payment id repeats inside one payment registry."""

    code = "DUPLICATE_LINE"
    message = "Внутри реестра повторяется номер строки или идентификатор платежа."
    action = "Уберите повтор и отправьте реестр снова."


class OrganizerUnknown(GatewayError):
    """No organizer of meals has this INN."""

    code = "ORGANIZER_UNKNOWN"
    message = "Организатор питания с таким ИНН узлу не известен."
    action = "Проверьте organizerInn."


class BindingNotFound(GatewayError):
    """The bank is not bound to the organizer (MEAL-BANK-09)."""

    code = "BINDING_NOT_FOUND"
    message = "Банк не связан с этим организатором питания."
    action = "Обратитесь к оператору узла, чтобы он внёс договор с организатором питания."


class PeriodInvalid(periods.PeriodInvalid):
    """The period of a payment registry or of a query is turned round, too long or not yet begun."""

    message = "Период указан неверно."


class NotReady(GatewayError):
    """The payment registry is still being processed."""

    code = "NOT_READY"
    message = "Реестр ещё обрабатывается, протокола нет."
    action = "Запросите протокол позже; состояние показывает GetRegistryStatus."
    retryable = True


class LineNotInSuspense(GatewayError):
    """A correction names a line whose money is not in suspense (MEAL-BANK-12)."""

    code = "LINE_NOT_IN_SUSPENSE"
    message = "Строка не числится невыясненной, уточнять нечего."
    action = "Сверьтесь с протоколом реестра."
