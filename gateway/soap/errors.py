"""What can be wrong with an envelope before its payload is looked at."""

from gateway.kernel.errors import GatewayError, ValidationError


class MalformedMessage(ValidationError):
    """The bytes are not a well-formed SOAP message that the hub reads (SVC-00-12)."""

    message = "Сообщение не является правильным конвертом SOAP."
    action = "Проверьте, что отправляется целый XML в UTF-8 без DOCTYPE, с одним Body."


class MediaTypeRefused(ValidationError):
    """The Content-Type does not belong to SOAP 1.1, SOAP 1.2 or MTOM."""

    message = "Тип содержимого не поддерживается."
    action = (
        "Укажите Content-Type: text/xml (SOAP 1.1), application/soap+xml (SOAP 1.2) "
        "или multipart/related (MTOM), кодировка UTF-8."
    )
    http_status = 415


class VersionMismatch(GatewayError):
    """The envelope is of another SOAP version than the Content-Type says, or of none."""

    code = "VALIDATION_ERROR"
    message = "Версия SOAP конверта не соответствует типу содержимого."
    action = "SOAP 1.1 отправляется как text/xml, SOAP 1.2 как application/soap+xml."


class HeaderNotUnderstood(GatewayError):
    """A header block with mustUnderstand that the hub does not know."""

    code = "VALIDATION_ERROR"
    message = "Заголовок с признаком mustUnderstand узлу не известен."
    action = "Уберите признак mustUnderstand или сам заголовок."


class AttachmentBroken(ValidationError):
    """The multipart body or its references do not fit together."""

    message = "Вложения сообщения не соответствуют ссылкам на них."
    action = "На каждую часть должна приходиться ровно одна ссылка xop:Include с адресом cid:."


class ActionMismatch(ValidationError):
    """SOAPAction names another operation than the Body does; the Body decides."""

    message = "SOAPAction не соответствует содержимому Body."
    action = "Оставьте SOAPAction пустым или возьмите значение из опубликованного WSDL."
