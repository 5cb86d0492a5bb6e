"""Refusals of the meals services (SVC-06, 07, 08), beyond the common ones."""

from gateway.kernel.errors import GatewayError
from registry import errors


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
