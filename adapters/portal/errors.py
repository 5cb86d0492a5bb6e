"""Refusals of the portal's services beyond the common ones (SVC-11)."""

from gateway.kernel.errors import GatewayError


class ServiceNotPublished(GatewayError):
    """No service has this code, or it takes no applications in this contour."""

    code = "SERVICE_NOT_PUBLISHED"
    message = "Услуги с таким кодом нет, либо она не открыта в этом контуре."
    action = "Проверьте serviceCode; услугу открывает оператор узла."


class FormVersionUnknown(GatewayError):
    """The service has no form of this version that is in force today."""

    code = "FORM_VERSION_UNKNOWN"
    message = "Действующей формы этой услуги с такой версией нет."
    action = "Заполните действующую форму и подайте заявление по ней."


class FormSchemaInvalid(GatewayError):
    """The form's data break its own schema (PORT-APP-02)."""

    code = "FORM_SCHEMA_INVALID"
    message = "Данные формы не соответствуют её схеме."
    action = "Исправьте перечисленные места формы и отправьте сообщение снова."


class BookingInvalid(GatewayError):
    """The appointment does not exist or is for another service."""

    code = "BOOKING_INVALID"
    message = "Записи на приём с таким bookingId нет."
    action = "Уберите bookingId или запишите заявителя заново."


class CancelNotAllowed(GatewayError):
    """The application cannot be cancelled as it stands."""

    code = "CANCEL_NOT_ALLOWED"
    message = "Отменить заявление сейчас нельзя."
    action = "Запросите состояние заявления; отмену запрещает ведомство или нынешний статус."


class StatusFinal(GatewayError):
    """Nothing comes after the state of the application (PORT-EVT-02)."""

    code = "STATUS_FINAL"
    message = "Статус заявления окончательный."
    action = "Не повторяйте."


class MessageNotAllowed(GatewayError):
    """The department takes no messages on this application."""

    code = "MESSAGE_NOT_ALLOWED"
    message = "Ведомство не принимает сообщений по этому заявлению."
    action = "Не повторяйте; запросите состояние заявления."
