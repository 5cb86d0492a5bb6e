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


class SingleOperator(RegistryRefusal):
    """There is one operator: it is neither entered twice, nor renamed, nor suspended (PART-01)."""

    code = "SINGLE_OPERATOR"
    message = "Оператор узла один: его не вносят второй раз, не переименовывают и не отключают."
    action = "Измените другие реквизиты или другого участника."


class ServiceNotForKind(RegistryRefusal):
    """Participants of this kind are not given this service (PART-03, PART-11)."""

    code = "SERVICE_NOT_FOR_KIND"
    message = "Участникам этого вида такой сервис не открывают."
    action = "Проверьте вид и подвид участника: hub participant show."


class AgreementNeeded(RegistryRefusal):
    """The last agreement of an active participant cannot end before the participant is stopped."""

    code = "AGREEMENT_NEEDED"
    message = "Это последнее соглашение действующего участника."
    action = "Сначала завершите дела о подключении участника: hub case list."


class ContactsMissing(RegistryRefusal):
    """A request needs a responsible person and a technical specialist (PART-05)."""

    code = "CONTACTS_MISSING"
    message = "Не названы ответственное лицо и технический специалист."
    action = "Назовите обоих: hub participant contact set."


class EndpointInvalid(RegistryRefusal):
    """The address of an endpoint cannot be used as it stands."""

    code = "ENDPOINT_INVALID"
    message = "Адрес точки подключения не подходит."
    action = "Укажите полный адрес https:// без логина, пароля и фрагмента."


class BindingOverlap(RegistryRefusal):
    """A school or a building has one organizer at a time (MEAL-CAT-15)."""

    code = "BINDING_OVERLAP"
    message = "На эти дни школа или корпус уже закреплены за организатором питания."
    action = "Закончите прежнее закрепление или выберите другие даты."


class NotAnOrganizer(RegistryRefusal):
    """Acquirers and schools are bound to organizers of meals."""

    code = "NOT_AN_ORGANIZER"
    message = "Это действие есть только у участников вида ORGANIZER."


class RoleRefused(RegistryRefusal):
    """A role cannot be granted by this person or to this person (PART-06 … PART-08)."""

    code = "ROLE_REFUSED"
    message = "Эту роль так назначить нельзя."
    action = "Роль назначает администратор подсистемы или администратор своего участника."


class SystemTaken(RegistryRefusal):
    """The mnemonic belongs to a system of another participant."""

    code = "SYSTEM_TAKEN"
    message = "Эта мнемоника занята системой другого участника."
    action = "Выберите другую мнемонику: hub system list."
