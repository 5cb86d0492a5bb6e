"""Refusals of the meals services beyond the common ones, each with its sentence and advice."""

from gateway.kernel.errors import GatewayError, TooLarge
from registry import errors


class OutOfWindow(GatewayError):
    """A day is not among those that can be chosen or shown (MEAL-PAR-04, H-08)."""

    code = "OUT_OF_WINDOW"
    message = "День вне окна выбора; ничего не сохранено."
    action = "Запросите дни окна: 14 календарных дней, начиная с завтрашнего."


class Frozen(GatewayError):
    """Less than five working days are left before the meal (MEAL-PAR-05, H-07)."""

    code = "FROZEN"
    message = "День закрыт для изменений: до него меньше пяти рабочих дней; ничего не сохранено."
    action = "Уберите закрытые дни; они отмечены в GetMenu элементом frozen."


class ComplexNotAvailable(GatewayError):
    """No such complex is offered to the pupil on that day and meal (MEAL-PAR-02)."""

    code = "COMPLEX_NOT_AVAILABLE"
    message = "Такого комплекса у обучающегося нет; ничего не сохранено."
    action = "Обновите меню и выберите комплекс снова."


class WrongMenuType(GatewayError):
    """The complex is of another type of menu than is set for the pupil (MEAL-PAR-03)."""

    code = "WRONG_MENU_TYPE"
    message = "Комплекс не того вида меню, который назначен обучающемуся; ничего не сохранено."
    action = "Выберите комплекс из GetMenu либо обратитесь к администратору питания."


class AdditionalWithoutComplex(GatewayError):
    """An item of the additional menu needs a complex (MEAL-PAR-07, H-10)."""

    code = "ADDITIONAL_WITHOUT_COMPLEX"
    message = "Дополнительное меню выбрано без комплекса; ничего не сохранено."
    action = "Выберите сначала комплекс."


class ItemNotAvailable(GatewayError):
    """The item is not on the list for the pupil, or fewer can be had (MEAL-CAT-06)."""

    code = "ITEM_NOT_AVAILABLE"
    message = "Такой позиции дополнительного меню у обучающегося нет; ничего не сохранено."
    action = "Выберите позицию и количество из GetMenu."


class NothingToConfirm(GatewayError):
    """No choice of the period waits for confirmation (MEAL-PAR-11)."""

    code = "NOTHING_TO_CONFIRM"
    message = "В периоде нет выбора, который ещё не подтверждён."
    action = "Сохраните выбор операцией SaveChoice."


class AmountTooSmall(GatewayError):
    """The sum is below the smallest top-up."""

    code = "AMOUNT_TOO_SMALL"
    message = "Сумма меньше наименьшей суммы пополнения."
    action = "Предложите сумму не меньше topUpMin из GetAccount."


class AcquiringNotAvailable(GatewayError):
    """No acquirer takes cards for the organizer that feeds the school."""

    code = "ACQUIRING_NOT_AVAILABLE"
    message = "Пополнение картой недоступно: организатор питания школы не принимает карты."
    action = "Предложите пополнить счёт в кассах, устройствах или приложении банка."


class CategoryUnknown(GatewayError):
    """A directory of the municipality has no such code on a day (MEAL-CAT-03)."""

    code = "CATEGORY_UNKNOWN"
    message = "В справочнике муниципалитета на эту дату такого кода нет."
    action = "Проверьте код операцией GetDirectory."


class LockedDay(GatewayError):
    """The day is closed: after 23:00 its data do not change (MEAL-CLS-08)."""

    code = "LOCKED_DAY"
    message = "День уже закрыт: после 23:00 данные дня не меняются."
    action = "Назначьте незакрытый день."


class BindingOverlap(errors.BindingOverlap):
    """The school or building is bound on some of these days already (MEAL-CAT-15)."""

    message = "Школа или корпус уже закреплены на эти дни."
    action = "Завершите прежнее закрепление операцией EndBinding или начните новое позже."


class OrganizerNotActive(GatewayError):
    """No organizer that may work in this contour has the INN (SVC-08 BindSchool)."""

    code = "ORGANIZER_NOT_ACTIVE"
    message = "Организатор питания с таким ИНН не подключён или приостановлен."
    action = "Проверьте ИНН или дождитесь подключения организатора."


class InUse(GatewayError):
    """A code of a directory is closed before its use ends (SVC-08 UpsertDirectory)."""

    code = "IN_USE"
    message = "Код справочника используется настройками, договорами или меню."
    action = "Закройте код более поздней датой."


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
