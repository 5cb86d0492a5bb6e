"""Refusals of the participant registry: what an operator asked for cannot be done."""

from gateway.kernel.errors import GatewayError


class RegistryRefusal(GatewayError):
    """A change of the participant registry was refused; nothing was changed."""

    code = "REGISTRY_REFUSED"
    message = "Изменение реестра участников отклонено."
    action = "Исправьте указанное и повторите команду."


class ParticipantUnknown(RegistryRefusal):
    """There is no participant with this code."""

    code = "PARTICIPANT_UNKNOWN"
    message = "Участника с таким кодом нет."
    action = "Сверьте код со списком: hub participant list."


class ParticipantExists(RegistryRefusal):
    """The code of a new participant is taken."""

    code = "PARTICIPANT_EXISTS"
    message = "Участник с таким кодом уже есть."
    action = "Выберите другой код или измените существующего участника."


class AttributeInvalid(RegistryRefusal):
    """An attribute of a participant breaks its form or its check digit."""

    code = "PARTICIPANT_ATTRIBUTE_INVALID"
    message = "Реквизит участника записан неверно."


class ServiceUnknown(RegistryRefusal):
    """No published contract has this name."""

    code = "SERVICE_UNKNOWN"
    message = "Сервиса с таким именем нет среди опубликованных."
    action = "Имя сервиса: область/сервис, например meals/bank-payment."


class NothingToChange(RegistryRefusal):
    """What is asked for is already so, or there is nothing to take back."""

    code = "NOTHING_TO_CHANGE"
    message = "Изменять нечего: это уже так."
    action = "Посмотрите состояние: hub participant show."


class NotABank(RegistryRefusal):
    """Terms, bindings and dialects belong to credit organisations."""

    code = "NOT_A_BANK"
    message = "Это действие есть только у участников вида BANK."


class CertificateRefused(RegistryRefusal):
    """A certificate cannot be bound, or an authority cannot be entered."""

    code = "CERTIFICATE_REFUSED"
    message = "Сертификат не принят."
    action = "Проверьте сертификат и центры контура: hub certificate anchor list."


class CertificateUnknown(RegistryRefusal):
    """No certificate of the registry has this thumbprint, or several have it as a beginning."""

    code = "CERTIFICATE_UNKNOWN"
    message = "Сертификата с таким отпечатком нет."
    action = "Сверьте отпечаток со списком: hub certificate list."
