"""Russian words for what the participant registry keeps under English names."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from gateway.kernel.message import Contour, ParticipantState
from gateway.kernel.ports import LOCAL
from registry.agreements import AgreementKind
from registry.banks import Channel
from registry.contacts import ContactRole
from registry.kinds import Network, ParticipantKind, SubKind
from registry.landscape import HubRole
from registry.portal_services import Route

KINDS: Mapping[ParticipantKind, str] = {
    ParticipantKind.OPERATOR: "оператор узла",
    ParticipantKind.BANK: "кредитная организация",
    ParticipantKind.ORGANIZER: "организатор питания",
    ParticipantKind.SCHOOL: "школьная информационная система",
    ParticipantKind.INSTITUTION: "государственное или муниципальное учреждение",
    ParticipantKind.PORTAL: "портал услуг",
    ParticipantKind.DEPARTMENT: "исполнительный орган (ИОГВ)",
    ParticipantKind.MUNICIPALITY: "орган местного самоуправления (ОМСУ)",
    ParticipantKind.DON: "департамент образования и науки (ДОН)",
    ParticipantKind.TOGIRRO: "ТОГИРРО",
    ParticipantKind.SYSTEM_OPERATOR: "оператор информационной системы",
    ParticipantKind.APP_OPERATOR: "оператор мобильного приложения",
    ParticipantKind.SERVICE_OWNER: "владелец сервиса",
    ParticipantKind.OTHER: "иная организация",
}
SUB_KINDS: Mapping[SubKind, str] = {
    SubKind.ACQUIRING: "интернет-эквайринг",
    SubKind.ONLINE: "онлайн-платежи: кассы, устройства, интернет-банк",
    SubKind.BOTH: "онлайн-платежи и интернет-эквайринг",
    SubKind.OU: "общеобразовательная организация",
    SubKind.DOU: "дошкольная организация",
    SubKind.ODO: "организация дополнительного образования",
    SubKind.SPO: "организация среднего профессионального образования",
}
STATES: Mapping[ParticipantState, str] = {
    ParticipantState.CANDIDATE: "кандидат",
    ParticipantState.JOINED: "присоединился, открыт тестовый контур",
    ParticipantState.IN_OPERATION: "в эксплуатации, открыты оба контура",
    ParticipantState.SUSPENDED: "приостановлен, оба контура закрыты",
    ParticipantState.DISCONNECTED: "отключён",
}
CONTACT_ROLES: Mapping[ContactRole, str] = {
    ContactRole.RESPONSIBLE: "организационное ответственное лицо",
    ContactRole.TECHNICAL: "технический специалист",
    ContactRole.SERVICE_OWNER: "ответственное лицо владельца сервиса",
    ContactRole.SIGNATORY: "подписывает акты",
}
AGREEMENT_KINDS: Mapping[AgreementKind, str] = {
    AgreementKind.JOIN: "заявление о присоединении",
    AgreementKind.UNIP: "договор присоединения к УНиП",
    AgreementKind.EMP: "договор на подключение к АИС ЕМП",
    AgreementKind.FOUNDING: "акт о полномочиях",
    AgreementKind.OTHER: "иной документ",
}
NETWORKS: Mapping[Network, str] = {
    Network.INTERNET: "Интернет",
    Network.VIPNET_1481: "ViPNet № 1481",
    Network.VIPNET: "ViPNet",
    Network.DEDICATED: "выделенная сеть",
}
CHANNELS: Mapping[Channel, str] = {
    Channel.ONLINE: "кассы, устройства, интернет-банк",
    Channel.ACQUIRING: "интернет-эквайринг",
}
HUB_ROLES: Mapping[HubRole, str] = {
    HubRole.IN: "адаптер узла",
    HubRole.EXT: "внешняя сторона",
    HubRole.REG: "запись реестра",
    HubRole.DOC: "предмет документов",
}
ROUTES: Mapping[Route, str] = {
    Route.ENDPOINT: "в сервис ведомства",
    Route.PPU: "в очередь сотрудников (ППУ)",
    Route.PULL: "в очередь, которую забирает ведомство",
}

SUBJECTS: Mapping[str, str] = {
    "participant": "внесён",
    "state": "состояние",
    "sub-kind": "подвид",
    "organization": "карточка",
    "contact": "контакт",
    "agreement": "соглашение",
    "system": "система",
    "endpoint": "точка подключения",
    "smev2": "обмен по СМЭВ 2",
    "acquirer": "эквайер организатора",
    "school": "закрепление школы",
    "user": "пользователь",
    "role": "роль пользователя",
    "consent": "пользовательское соглашение",
    "credentials": "учётные данные",
    "right": "право доступа",
    "dialect": "диалект",
    "terms": "условия банка",
    "bank-day": "день банка",
    "binding": "закрепление организатора",
    "signature-in-test": "подпись в тестовом контуре",
    "certificate": "сертификат",
    "portal-service": "услуга",
    "portal-service-route": "маршрут услуги",
    "portal-service-code": "код статуса услуги",
    "portal-form": "форма услуги",
}
"""What a line of the change log is about."""

FIELDS: Mapping[str, str] = {
    "name": "наименование",
    "full_name": "полное наименование",
    "short_name": "краткое наименование",
    "kind": "вид",
    "sub_kind": "подвид",
    "inn": "ИНН",
    "kpp": "КПП",
    "ogrn": "ОГРН",
    "legal_form": "форма",
    "address": "адрес",
    "postal_address": "почтовый адрес",
    "head_name": "руководитель",
    "phone": "телефон",
    "email": "e-mail",
    "position": "должность",
    "powers_ended_on": "полномочия кончились",
    "role": "роль",
    "number": "номер",
    "registered_at": "зарегистрировано",
    "incoming_number": "входящий номер",
    "code": "код",
    "owner": "владелец",
    "version": "версия",
    "known_as": "номер в перечне",
    "platform": "платформа",
    "service": "сервис",
    "contour": "контур",
    "url": "адрес",
    "network": "сеть",
    "format_version": "версия формата",
    "smev_number": "номер в СМЭВ",
    "organizer": "организатор",
    "organizer_inn": "ИНН организатора",
    "bank": "банк",
    "bank_name": "банк",
    "bik": "БИК",
    "account": "счёт",
    "correspondent_account": "корр. счёт",
    "contract_number": "договор",
    "contract_date": "от",
    "contact_name": "контакт",
    "contact_phone": "телефон контакта",
    "contact_email": "e-mail контакта",
    "school": "школа",
    "building": "корпус",
    "since": "с",
    "until": "по",
    "snils": "СНИЛС",
    "granted_by": "назначил",
    "accepted_at": "принято",
    "login": "логин",
    "credit_mode": "зачисление",
    "credit_days": "банковских дней",
    "day": "день",
    "banking": "банк работает",
    "mnemonic": "мнемоника в СМЭВ",
    "app_data_type": "тип AppData",
    "service_name": "имя сервиса в СМЭВ",
    "service_version": "его версия",
    "exchange_type": "категория обмена",
    "serves": "вызывать по СМЭВ 2",
    "inline_files": "файлы внутри сообщения",
    "valid_from": "действует с",
    "thumbprint": "отпечаток",
    "purpose": "назначение",
    "revoked": "отозван",
    "title": "наименование",
    "department": "ведомство",
    "attachment_types": "типы приложений",
    "attachment_bytes": "байт приложений",
    "route": "маршрут",
    "is_open": "открыта",
    "org_code": "код ведомства",
    "tech_code": "techCode",
    "namespace": "пространство имён",
    "digest": "SHA-256",
}
"""Fields of a line; one without a word is not shown."""

_FIELDS_OF = {
    ("contact", "full_name"): "ФИО",
    ("user", "full_name"): "ФИО",
    ("portal-service-route", "service"): "услуга",
    ("portal-service-code", "service"): "услуга",
    ("portal-form", "service"): "услуга",
}

_VALUES: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("participant", "kind"): {kind.value: word for kind, word in KINDS.items()},
    ("participant", "sub_kind"): {kind.value: word for kind, word in SUB_KINDS.items()},
    ("contact", "role"): {role.value: word for role, word in CONTACT_ROLES.items()},
    ("agreement", "kind"): {kind.value: word for kind, word in AGREEMENT_KINDS.items()},
    ("endpoint", "network"): {network.value: word for network, word in NETWORKS.items()},
    ("endpoint", "contour"): {contour.value: contour.path for contour in Contour},
    ("portal-service-route", "contour"): {contour.value: contour.path for contour in Contour},
    ("portal-service-route", "route"): {route.value: word for route, word in ROUTES.items()},
    ("state", ""): {state.value: f"{state.value}: {word}" for state, word in STATES.items()},
    ("sub-kind", ""): {kind.value: word for kind, word in SUB_KINDS.items()},
}


def told(subject: str, value: Any) -> str:  # noqa: ANN401 -- JSON of the change log
    """Return a value of the change log as a person reads it."""
    if value is None:
        return ""
    if not isinstance(value, dict):
        return _word(subject, "", value)
    return "\n".join(
        f"{_FIELDS_OF.get((subject, name), FIELDS[name])}: {_word(subject, name, item)}"
        for name, item in value.items()
        if name in FIELDS and item not in (None, "")
    )


def difference(subject: str, before: Any, after: Any) -> tuple[str, str]:  # noqa: ANN401 -- JSON
    """Return both sides of a change, as a person reads it, without the lines that are equal."""
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return told(subject, before), told(subject, after)
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return (
        told(subject, {name: before.get(name) for name in changed}),
        told(subject, {name: after.get(name) for name in changed}),
    )


def moment(when: datetime | None) -> str:
    """Return a moment in local time, nothing for None."""
    return "" if when is None else when.astimezone(LOCAL).strftime("%d.%m.%Y %H:%M:%S")


def day(when: date | None) -> str:
    """Return a date as it is written in Russian, nothing for None."""
    return "" if when is None else when.strftime("%d.%m.%Y")


def _word(subject: str, name: str, value: Any) -> str:  # noqa: ANN401 -- JSON
    if isinstance(value, bool):
        return "да" if value else "нет"
    text = str(value)
    word = _VALUES.get((subject, name), {}).get(text)
    return word or _time(name, text)


def _time(name: str, text: str) -> str:
    if name.endswith("_at"):
        return moment(datetime.fromisoformat(text))
    if name in {"since", "until", "day", "contract_date", "powers_ended_on"}:
        return day(date.fromisoformat(text))
    return text
