"""What an organizer of meals is told when its message is understood but not obeyed."""

from gateway.kernel.errors import GatewayError


class Frozen(GatewayError):
    """A day of the period is within five working days: its menu stands (MEAL-CAT-12)."""

    code = "FROZEN"
    message = "В периоде есть замороженный день: опубликованное меню на него не меняется."
    action = "Начните период с первого незамороженного дня или обратитесь к оператору узла."


class PeriodInvalid(GatewayError):
    """A period is turned round or too long."""

    code = "PERIOD_INVALID"
    message = "Период указан неверно."
    action = "Исправьте период: конец не раньше начала, не больше 92 дней."
