"""What an organizer of meals is told when its message is understood but not obeyed."""

from gateway.kernel.errors import GatewayError


class OrdersOutOfWindow(GatewayError):
    """More than 14 days of orders are asked for, or days too far ahead (MEAL-ORG-01)."""

    code = "OUT_OF_WINDOW"
    message = "Период длиннее 14 дней или заходит дальше, чем на 14 дней вперёд."
    action = "Запросите не больше 14 дней и не позже чем на 14 дней вперёд."


class CursorInvalid(GatewayError):
    """A place in the feed of order changes that was never given out (SVC-05)."""

    code = "CURSOR_INVALID"
    message = "Отметка места не выдана узлом либо устарела."
    action = "Начните с пустого cursor, перечитав заказы целиком."
