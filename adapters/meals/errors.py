"""Refusals of the meals services beyond the common ones, each with its sentence and advice."""

from gateway.kernel.errors import GatewayError, TooLarge


class NotToday(GatewayError):
    """A class request is formed for the current day only (MEAL-CLS-01)."""

    code = "NOT_TODAY"
    message = "Заявку формируют только на текущий день по тюменскому времени."
    action = "Укажите сегодняшнюю дату; заявку другого дня читает GetRequest."


class CutOffPassed(GatewayError):
    """The day of the meals is closed at 23:00:00 local (MEAL-CLS-08, H-13)."""

    code = "CUT_OFF_PASSED"
    message = "День питания закрыт: после 23:00 по Тюмени его данные не меняют."
    action = "Прочитайте заявку операцией GetRequest; ошибку списания исправляет оператор узла."


class LineNotInRequest(GatewayError):
    """A change names a pupil and a meal that the class request does not have."""

    code = "LINE_NOT_IN_REQUEST"
    message = "В заявке нет такой строки; ничего не изменено."
    action = "Прочитайте заявку операцией GetRequest и исправьте строку."


class ReportTooLong(TooLarge):
    """A report has more lines than its format carries (MEAL-RPT-01)."""

    message = "В отчёте больше строк, чем выдаётся в этом формате."
    action = "Сузьте отчёт: период, школу, класс; в CSV строк выдаётся больше, чем в PDF."
