"""What an organizer of meals is told when its message is understood but not obeyed."""

from adapters.meals import errors
from gateway.kernel.errors import GatewayError


class Frozen(errors.Frozen):
    """A day of the period is within five working days: its menu stands (MEAL-CAT-12)."""

    message = "В периоде есть замороженный день: опубликованное меню на него не меняется."
    action = "Начните период с первого незамороженного дня или обратитесь к оператору узла."


class OrdersOutOfWindow(errors.OutOfWindow):
    """More than 14 days of orders are asked for, or days too far ahead (MEAL-ORG-01)."""

    message = "Период длиннее 14 дней или заходит дальше, чем на 14 дней вперёд."
    action = "Запросите не больше 14 дней и не позже чем на 14 дней вперёд."


class CursorInvalid(GatewayError):
    """A place in the feed of order changes that was never given out (SVC-05)."""

    code = "CURSOR_INVALID"
    message = "Отметка места не выдана узлом либо устарела."
    action = "Начните с пустого cursor, перечитав заказы целиком."
