"""Every refusal of the hub is a class: code for machines, sentence and advice for people.

A family lives beside what raises it; this module holds the root and the codes common to all
services (SVC-00-07). Translation to a SOAP fault happens once, in `gateway.soap.fault`.
"""

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar


class Blame(Enum):
    """Who has to change something before the message can succeed."""

    SENDER = "Client"
    RECEIVER = "Server"


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule, told so that a programmer finds and mends the place."""

    text: str
    line: int | None = None
    """Line of the message as it was received, counted from 1."""
    path: str | None = None
    """XPath of the element in the message as it was received."""
    rule: str | None = None
    value: str | None = None
    advice: str | None = None


class GatewayError(Exception):
    """Root of all refusals."""

    code: ClassVar[str] = "INTERNAL"
    message: ClassVar[str] = "Внутренняя ошибка узла."
    action: ClassVar[str] = "Повторите сообщение позже с тем же идентификатором."
    retryable: ClassVar[bool] = False
    blame: ClassVar[Blame] = Blame.SENDER
    http_status: ClassVar[int | None] = None
    """Answer with this plain HTTP status even when an envelope is known (401, 503 ...)."""

    def __init__(
        self,
        text: str | None = None,
        *,
        findings: tuple[Finding, ...] = (),
        truncated: bool = False,
    ) -> None:
        """Refuse with `text` (Russian, no personal data) or with the sentence of the class.

        `truncated` says that there are more findings than are listed.
        """
        super().__init__(text or self.message)
        self.text = text or self.message
        self.findings = findings
        self.truncated = truncated

    @property
    def told_inside(self) -> str | None:
        """What the journal says beyond the code, and nobody outside is told."""
        return None


class ValidationError(GatewayError):
    """The message breaks the published schema or a rule of format (GW-02)."""

    code = "VALIDATION_ERROR"
    message = "Сообщение не соответствует опубликованному формату."
    action = "Исправьте перечисленные места и отправьте сообщение снова."


class AuthenticationFailed(GatewayError):
    """Unknown login and wrong password look the same from outside."""

    code = "AUTH_FAILED"
    message = "Отправитель не опознан: неизвестный логин или неверный пароль."
    action = "Проверьте учётные данные контура; новые выдаёт оператор узла."
    http_status = 401


class SignatureInvalid(GatewayError):
    """The signature is absent, broken or does not cover what it must (SVC-00-05)."""

    code = "SIGNATURE_INVALID"
    message = "Подпись сообщения отсутствует или не подтверждена."
    action = "Подпишите Body и заголовок сертификатом, зарегистрированным для этого контура."


class CertificateExpired(GatewayError):
    """The signer's certificate is outside its validity."""

    code = "CERT_EXPIRED"
    message = "Срок действия сертификата истёк или ещё не начался."
    action = "Зарегистрируйте действующий сертификат и подпишите сообщение им."


class ParticipantNotActive(GatewayError):
    """The participant exists, but its state does not open this contour (GW-09)."""

    code = "PARTICIPANT_NOT_ACTIVE"
    message = "Участник не допущен к работе в этом контуре."
    action = "Завершите подключение или обратитесь к оператору узла."


class AdmissionEnded(ParticipantNotActive):
    """A limited admission to production has run out: its quota is used up or its term is over."""

    code = "ADMISSION_ENDED"
    message = "Ограниченный допуск в продуктивный контур закончился."
    action = "Завершите подключение: продуктивный контур открывает подписанный акт."


class NotAllowed(GatewayError):
    """The participant has no access right to this operation or object."""

    code = "NOT_ALLOWED"
    message = "У отправителя нет права на эту операцию."
    action = "Запросите доступ к сервису у оператора узла."


class NotAllowedInContour(GatewayError):
    """Credentials or header of one contour were used in the other (GW-08)."""

    code = "NOT_ALLOWED_IN_CONTOUR"
    message = "Сообщение адресовано другому контуру."
    action = "Проверьте адрес сервиса, учётные данные и поле contour заголовка."


class NoRoute(GatewayError):
    """No operation of the addressed service has this payload (GW-03)."""

    code = "NO_ROUTE"
    message = "По этому адресу нет операции с таким содержимым Body."
    action = "Сверьте адрес сервиса и корневой элемент Body с опубликованным WSDL."


class NotFound(GatewayError):
    """The object does not exist for this sender."""

    code = "NOT_FOUND"
    message = "Объект не найден."
    action = "Проверьте идентификатор; чужие объекты не видны."


class DuplicateConflict(GatewayError):
    """The same key came with other content (GW-06)."""

    code = "DUPLICATE_CONFLICT"
    message = "Этот идентификатор уже использован с другим содержимым."
    action = "Не повторяйте: выдайте новый идентификатор новому содержимому."


class StaleVersion(GatewayError):
    """The object changed since the sender read it."""

    code = "STALE_VERSION"
    message = "Объект изменился после того, как вы его прочитали."
    action = "Прочитайте объект заново и повторите изменение."


class IllegalTransition(GatewayError):
    """The state of the object does not allow this step."""

    code = "ILLEGAL_TRANSITION"
    message = "Состояние объекта не допускает этого действия."
    action = "Запросите состояние объекта и действуйте по нему."


class VersionUnsupported(GatewayError):
    """The header names a format version that the service does not speak."""

    code = "VERSION_UNSUPPORTED"
    message = "Версия формата не поддерживается."
    action = "Возьмите действующую версию со страницы форматов."


class LimitExceeded(GatewayError):
    """A quota or a limit of the business rule was exceeded."""

    code = "LIMIT_EXCEEDED"
    message = "Превышен установленный предел."
    action = "Уменьшите величину до указанного предела."


class Maintenance(GatewayError):
    """The contour is closed for announced maintenance."""

    code = "MAINTENANCE"
    message = "Идут регламентные работы."
    action = "Повторите сообщение после их окончания с тем же идентификатором."
    retryable = True
    blame = Blame.RECEIVER
    http_status = 503


class TemporaryUnavailable(GatewayError):
    """The hub cannot answer just now; the same message will do later."""

    code = "TEMPORARY_UNAVAILABLE"
    message = "Узел временно не может ответить."
    action = "Повторите то же сообщение позже с тем же идентификатором."
    retryable = True
    blame = Blame.RECEIVER
    http_status = 503


class RateExceeded(TemporaryUnavailable):
    """More messages or bytes came than the participant may send (SEC-15)."""

    message = "Сообщений больше, чем допускает квота."
    action = "Повторите то же сообщение позже, не раньше срока из заголовка Retry-After."
    blame = Blame.SENDER
    http_status = 429


class Internal(GatewayError):
    """A defect of the hub; the details are in its journal and log."""

    code = "INTERNAL"
    retryable = True
    blame = Blame.RECEIVER


class TooLarge(GatewayError):
    """The message or the batch is larger than published (SVC-00-10)."""

    code = "TOO_LARGE"
    message = "Сообщение больше допустимого размера."
    action = "Разделите его на части или передайте вложением."
    http_status = 413


class ProhibitedData(GatewayError):
    """The message carries data that must not be sent (SEC-11)."""

    code = "PROHIBITED_DATA"
    message = "Сообщение содержит сведения, передавать которые запрещено."
    action = "Уберите эти сведения и отправьте сообщение снова."


class HeaderExpired(GatewayError):
    """The header's timestamp is too far from the hub's clock (SVC-00-03)."""

    code = "HEADER_EXPIRED"
    message = "Метка времени заголовка отличается от времени узла больше допустимого."
    action = "Сверьте часы и поставьте в заголовок время отправки со смещением."
