"""The state machines of enrolment, requirements B2, as data."""

from collections.abc import Mapping

from registry.onboarding.machines.education import EDO, REG
from registry.onboarding.machines.meals import BANK, ORG_ARM, ORG_INT
from registry.onboarding.machines.mobile import EMP, EMP_APP
from registry.onboarding.machines.oiv import OIV_ACC, OIV_SVC
from registry.onboarding.machines.portal import PUB, PUTO
from registry.onboarding.table import CaseKind, Machine

MACHINES: Mapping[CaseKind, Machine] = {
    machine.kind: machine
    for machine in (
        *(REG, EDO, ORG_INT, ORG_ARM, BANK, PUTO, PUB),
        *(EMP, EMP_APP, OIV_SVC, OIV_ACC),
    )
}
"""Every machine by its kind."""

STATES: Mapping[str, str] = {
    "JOIN_SUBMITTED": "заявление о присоединении подано",
    "JOINED": "присоединился",
    "ADMIN_REQUESTED": "заявка на администратора рассматривается",
    "ADMIN_GRANTED": "доступ администратору предоставлен",
    "ACTIVE": "подключён",
    "RETURNED": "заявка возвращена",
    "RESPONSIBLE_APPOINTED": "ответственный назначен",
    "DOCS_READ": "с документами ознакомлены",
    "JOIN_SCAN_SENT": "скан заявления прислан",
    "JOIN_ORIGINAL_RECEIVED": "оригиналы приняты, присоединился",
    "SD_REGISTERED": "зарегистрирован на портале поддержки",
    "ESIA_CHECKED": "ЕСИА проверена",
    "METHOD_CHOSEN": "способ выбран",
    "DEVELOPING": "разработка",
    "READY_NOTIFIED": "готов к тестовой эксплуатации",
    "TEST_PLANNED": "испытания запланированы",
    "TESTING": "испытания идут",
    "TEST_PASSED": "испытания пройдены",
    "TEST_FAILED": "испытания не пройдены",
    "ACT_SIGNED": "акт подписан",
    "NETWORK_READY": "сеть настроена",
    "IN_OPERATION": "в эксплуатации",
    "LETTER_RECEIVED": "письмо получено",
    "CONFIGURED": "доступ настроен",
    "APPLIED": "заявка рассматривается",
    "PLANNED": "план составлен",
    "DEVELOPED": "доработка закончена",
    "TEST_CONTOUR": "испытан в тестовом контуре",
    "PROD_CONTOUR": "испытан в продуктивном контуре",
    "PROTOCOL_SIGNED": "протокол подписан",
    "SCHEME_READY": "схема готова",
    "REMARKS": "есть замечания",
    "OWNER_APPROVED": "согласовано владельцем",
    "REFUSED": "отказано",
    "TECHREQ_SENT": "технические требования переданы",
    "NETWORK_APPLIED": "заявка на сеть направлена",
    "CONNECTED_TESTED": "подключение испытано",
    "PPU": "работает через ППУ",
    "SCHEME_ACCEPTED": "схема принята",
    "REQUIREMENTS_SENT": "требования переданы",
    "INTAKE_READY": "сервис приёма готов",
    "EVENTS_READY": "клиент событий готов",
    "SMEV_REGISTERED": "зарегистрирован в СМЭВ ТО",
    "OPTIONS_DONE": "опции выполнены",
    "FORM_READY": "форма готова",
    "FORM_TESTED": "форма испытана",
    "FORM_PUBLISHED": "форма в продуктивном контуре",
    "PUBLISHED": "услуга опубликована",
    "CONTRACT_REQUIRED": "нужен договор",
    "REQUESTED": "запрос рассматривается",
    "SERVICE_CREATED": "сервис создан",
    "APPROVED": "создание одобрено",
    "IN_WORK": "сервис создаётся",
    "READY": "сервис готов",
    "ACC_REQUESTED": "заявка на доступ подана",
    "OWNER_REVIEW": "согласуется с владельцем сервиса",
    "GRANTED": "доступ предоставлен",
    "SUSPENDED": "приостановлен",
    "DISCONNECTED": "отключён",
    "WITHDRAWN": "отозвано",
    "REJECTED": "отклонено",
}
"""Every state as an operator reads it."""
