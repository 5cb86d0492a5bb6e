"""What the school system is told when a whole batch or one row of it is refused."""

from typing import NamedTuple

from adapters.meals import errors
from adapters.school.messages.data import ItemErrorCode, ItemErrorType


class CutOffPassed(errors.CutOffPassed):
    """The day of the marks is closed (MEAL-CLS-08)."""

    message = "День питания закрыт: после 23:00 по Тюмени отметки за него не принимаются."
    action = "Не повторяйте: закрытый день не исправляют. Передавайте отметки в течение дня."


TEXTS = {
    ItemErrorCode.DATA_REQUIRED: "Нет обязательных сведений.",
    ItemErrorCode.ROW_DUPLICATE: "Строка повторяется в пакете; отвергнуты все такие строки.",
    ItemErrorCode.RECORD_UNKNOWN: "Закрывать нечего: такой записи нет.",
    ItemErrorCode.ID_MISMATCH: "externalId не совпадает с идентификатором внутри записи.",
    ItemErrorCode.SCHOOL_UNKNOWN: "Школы с таким кодом нет или она закрыта.",
    ItemErrorCode.BUILDING_UNKNOWN: "Корпуса с таким кодом в школе нет.",
    ItemErrorCode.CLASS_UNKNOWN: "Класса с таким кодом нет или он закрыт.",
    ItemErrorCode.PUPIL_UNKNOWN: "Учащегося с таким идентификатором нет или он не учится.",
    ItemErrorCode.OUT_OF_SCOPE: "Запись не той школы или класса, чей состав передан целиком.",
    ItemErrorCode.IN_USE: "На запись ссылаются действующие; закройте сначала их.",
    ItemErrorCode.PERIOD_INVALID: "Последний день раньше первого.",
    ItemErrorCode.MARK_OUTDATED: "Отметка старше уже принятой за этот урок.",
    ItemErrorCode.VALUE_INVALID: "Недопустимое значение.",
}
"""The sentence of each reason to refuse a row; a reason of its own has its own words."""


class Problem(NamedTuple):
    """Why a row is refused."""

    code: ItemErrorCode
    path: str | None = None
    """The field of the row, as `pupil/classCode`."""
    text: str | None = None

    @property
    def message(self) -> ItemErrorType:
        """What the answer says of it."""
        return ItemErrorType(code=self.code, message=self.text or TEXTS[self.code], path=self.path)
