"""Kinds of documents and their numbers (D1)."""

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple


class DocType(Enum):
    """A kind of document by its code in D1; those with a form are the keys of `forms.FORMS`."""

    ACT_EMP = "ACT-EMP"
    APP_EMP = "APP-EMP"
    APP_REGISO = "APP-REGISO"
    ACT_PUTO = "ACT-PUTO"
    PROT_PUTO = "PROT-PUTO"
    ACT_BANK_TEST = "ACT-BANK-TEST"
    PROT_BANK = "PROT-BANK"
    ACT_ORG_TEST = "ACT-ORG-TEST"
    PROT_ORG = "PROT-ORG"
    PLAN_CONN = "PLAN-CONN"
    PLAN_TEST = "PLAN-TEST"
    JOIN = "JOIN"
    APP_BANK = "APP-BANK"
    NOTICE_ACQ = "NOTICE-ACQ"
    LETTER_ARM = "LETTER-ARM"
    APP_PUTO = "APP-PUTO"
    APP_NET = "APP-NET"
    RECON = "RECON"
    TECHREQ = "TECHREQ"
    # Without a form of ours: kept as files that others made (D1).
    SCHEME_SVC = "SCHEME-SVC"
    SCHEME_ASMT = "SCHEME-ASMT"
    CONTRACT_EMP = "CONTRACT-EMP"
    JOIN_UNIP = "JOIN-UNIP"
    ORDER_EDO = "ORDER-EDO"

    @property
    def title(self) -> str:
        """What the document is called, in Russian."""
        return NAMES[self].title

    @property
    def prefix(self) -> str:
        """Beginning of its numbers."""
        return NAMES[self].prefix


class Name(NamedTuple):
    """How a kind is called and numbered."""

    prefix: str
    title: str


NAMES: Mapping[DocType, Name] = {
    DocType.ACT_EMP: Name("АКТ-ЕМП", "Акт о подключении информационной системы к АИС ЕМП"),
    DocType.APP_EMP: Name("ЗВК-ЕМП", "Заявка на подключение к АИС ЕМП"),
    DocType.APP_REGISO: Name(
        "ЗВК-РЕГИСО", "Заявка на подключение нового участника к подсистеме РЕГИСО"
    ),
    DocType.ACT_PUTO: Name("АКТ-ПУТО", "Акт о подключении Информационной системы к ПУ ТО"),
    DocType.PROT_PUTO: Name("ПРТ-ПУТО", "Протокол тестирования услуги"),
    DocType.ACT_BANK_TEST: Name("АКТ-БАНК", "Акт о проведении тестовой эксплуатации"),
    DocType.PROT_BANK: Name("ПРТ-БАНК", "Протокол тестирования"),
    DocType.ACT_ORG_TEST: Name("АКТ-ОРГ", "Акт о завершении тестовой эксплуатации"),
    DocType.PROT_ORG: Name("ПРТ-ОРГ", "Протокол тестирования"),
    DocType.PLAN_CONN: Name("ПЛН-ПОДКЛ", "План подключения"),
    DocType.PLAN_TEST: Name("ПЛН-ТЕСТ", "План проведения тестовой эксплуатации"),
    DocType.JOIN: Name(
        "ЗВЛ-ПРИС",
        "Заявление о присоединении к соглашению об организации информационного взаимодействия "
        "в РЕГИСО Тюменской области",
    ),
    DocType.APP_BANK: Name("ЗВК-БАНК", "Заявка на подключение к сервису модуля «Учет питания»"),
    DocType.NOTICE_ACQ: Name("УВД-ЭКВ", "Уведомление о договоре интернет-эквайринга"),
    DocType.LETTER_ARM: Name(
        "ПСМ-АРМ", "Список сотрудников, ответственных за работу в модуле «Учет питания»"
    ),
    DocType.APP_PUTO: Name("ЗВК-ПУТО", "Заявка на подключение к ПУ ТО"),
    DocType.APP_NET: Name("ЗВК-СЕТЬ", "Заявка на подключение по сети ViPNet или выделенной сети"),
    DocType.RECON: Name("АКТ-СВР", "Акт сверки"),
    DocType.TECHREQ: Name("ТЕХ-ТРЕБ", "Технические требования на подключение"),
    DocType.SCHEME_SVC: Name("СХМ-УСЛ", "Схема реализации услуги в электронном виде"),
    DocType.SCHEME_ASMT: Name("СХМ-ОЦН", "Схема реализации оценки"),
    DocType.CONTRACT_EMP: Name("ДГВ-ЕМП", "Договор на подключение к АИС ЕМП"),
    DocType.JOIN_UNIP: Name("ЗВЛ-УНИП", "Заявление о присоединении к договору УНиП"),
    DocType.ORDER_EDO: Name(
        "ПРК-ЭДО", "Приказ о назначении ответственного за работу на платформе ЭДО"
    ),
}


def number_of(doc_type: DocType, year: int, serial: int) -> str:
    """Return the number of the `serial`-th document of its type in `year`: АКТ-ЕМП-2026-0001."""
    return f"{doc_type.prefix}-{year}-{serial:04d}"
