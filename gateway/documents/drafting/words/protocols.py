"""The words of the test protocol."""

from gateway.documents.drafting.blocks import (
    Centered,
    Column,
    Each,
    Heading,
    Paragraph,
    Ruled,
    Table,
    Template,
    Title,
    When,
)
from gateway.documents.drafting.words.common import NUMBER, sides, span

_CASES = (
    Column("№ п/п", 14, ""),
    Column(
        "Проверка (тестовый сценарий)",
        54,
        "{row.code}. {row.title}{?row.requirement: (}{row.requirement}"
        "{?row.requirement:)}{?row.kind:, }{row.kind}",
    ),
    Column(
        "Исходные данные (идентификатор сообщения)",
        48,
        "{row.given}{?row.given: }{?row.evidence:(сообщения: }{row.evidence}{?row.evidence:)}",
    ),
    Column("Ожидаемый результат", 42, "{row.expected}"),
    Column("Фактический результат", 42, "{row.actual}"),
    Column(
        "Отметка (выполнено / не выполнено)",
        32,
        "{row.verdict}{?row.at:, }{row.at}{?row.attempt:, попытка }{row.attempt}",
    ),
    Column(
        "Примечание",
        34,
        "{row.note}{?row.note: }{?row.confirmed_by:(подтвердил }"
        "{row.confirmed_by}{?row.confirmed_why:: }{row.confirmed_why}"
        "{?row.confirmed_by:)}",
    ),
)


def protocol(title: str, second: str) -> Template:
    return Template(
        (
            Title((title,)),
            Centered(NUMBER),
            Ruled(
                (
                    ("Основание", "{basis}"),
                    (
                        "Контур, сеть",
                        "{contour}{?network:, }{network}",
                    ),
                    ("Оператор", "ГКУ ТО «ЦИТТО»"),
                    (second, "{party.name}"),
                    (
                        "Информационная система",
                        (
                            "{system.name}{?system.version:, версия }{system.version}"
                            "{?system.mnemonic:, мнемоника }{system.mnemonic}"
                        ),
                    ),
                    ("Услуга (сервис)", "{service.code}{?service.code: }{service.title}"),
                    ("Версия форматов", "{service.format_version}"),
                    ("WSDL, SHA-256", "{service.wsdl_digest}"),
                    ("XSD, SHA-256", "{service.xsd_digest}"),
                    (
                        "Программа испытаний",
                        (
                            "{plan.name}{?plan.version:, версия }{plan.version}"
                            "{?plan.digest:, SHA-256 }{plan.digest}"
                        ),
                    ),
                    ("Свидетельства, SHA-256", "{frozen}"),
                    (
                        "Учетные данные системы",
                        (
                            "{credential.subject}{?credential.serial:, серийный номер }"
                            "{credential.serial}{?credential.expires.short:, действует до }"
                            "{credential.expires.short}"
                        ),
                    ),
                    ("Адреса", "{addresses}"),
                    ("Испытатели оператора", "{operator_testers}"),
                    ("Испытатели второй стороны", "{party_testers}"),
                    (
                        "Период тестирования",
                        span("period"),
                    ),
                    (
                        "Опции",
                        (
                            "форма заявления {[]options.application_form}, обновление статусов "
                            "{[]options.status_updates}, запись на прием {[]options.booking}, "
                            "оплата {[]options.payment}, оценка {[]options.assessment}"
                        ),
                    ),
                )
            ),
            Each(
                "sections",
                "section",
                (
                    Heading(
                        "{section.title}{?section.contour: — контур }{section.contour}"
                        "{?section.network:, }{section.network}"
                    ),
                    Table(
                        "section.cases",
                        _CASES,
                        size=9,
                    ),
                ),
                (Table("sections", _CASES, size=9),),
            ),
            When(
                "deviations",
                (
                    Heading("Отклонения"),
                    Table(
                        "deviations",
                        (
                            Column("№ п/п", 14, ""),
                            Column("Сценарий", 32, "{row.case_code}"),
                            Column("Отклонение", 90, "{row.text}"),
                            Column(
                                "Место",
                                60,
                                "{?row.line:строка }{row.line}{?row.line: }{row.path}",
                            ),
                            Column("Как устранено", 70, "{row.closed}"),
                        ),
                        size=9,
                    ),
                ),
            ),
            When(
                "untested",
                (
                    Heading("Требования, которые не проверялись"),
                    Table(
                        "untested",
                        (
                            Column("№ п/п", 14, ""),
                            Column("Требование", 126, "{row.requirement}"),
                            Column("Причина", 126, "{row.reason}"),
                        ),
                        size=9,
                    ),
                ),
            ),
            Paragraph("Итог: {outcome|успешно / не успешно}.", plain=True),
            Paragraph(
                "Замечания: {remarks|______________________________}. Срок устранения: "
                "{remedy_due.short|______________}.",
                plain=True,
            ),
            Paragraph("Вывод: {conclusion|______________________________}.", plain=True),
            sides("{party.short_name|_______________}", dated=True),
            When(
                "messages",
                (
                    Heading("Приложение. Журнал сообщений"),
                    Table(
                        "messages",
                        (
                            Column("№ п/п", 14, ""),
                            Column("Идентификатор сообщения", 76, "{row.message_id}"),
                            Column("Время", 40, "{row.at}"),
                            Column("Направление", 26, "{row.direction}"),
                            Column("SHA-256", 110, "{row.digest}"),
                        ),
                        size=8,
                    ),
                ),
            ),
        ),
        landscape=True,
        size=11,
        foot="{?session:сеанс }{session}",
        numbered=True,
    )
