"""The words of every form. D2 is word for word; D3 is by analogy with it.

Nothing is added to an approved text: what else has to be told stands at the foot or in the
metadata.
"""

from collections.abc import Mapping

from gateway.documents.drafting.blocks import (
    Centered,
    Column,
    Each,
    Grid,
    Heading,
    Paragraph,
    Part,
    Right,
    Ruled,
    Table,
    Template,
    Title,
    When,
)
from gateway.documents.kinds import DocType

_LINE = "_" * 23
_DAY = "«{date.day|____}» {date.month|______________} {date.year|202_} года"
_NUMBER = f"№ {{number|______}} от {_DAY}"
_CENTRE = (
    "Государственное казенное учреждение Тюменской области «Центр информационных технологий "
    "Тюменской области»"
)
_BASIS = (
    "{?basis.number:Основание: протокол № }{basis.number}{?basis.date.short: от }"
    "{basis.date.short}{?basis.plan:, программа }{basis.plan}{?basis.digest:, SHA-256 }"
    "{basis.digest}"
)


def _sides(second: str, *, dated: bool = False) -> Grid:
    """Sign for the operator on the left and for the second side on the right."""
    return Grid(
        (1, 1),
        (
            ("ГКУ ТО «ЦИТТО»", second),
            (f"{{operator.position|{_LINE}}}", f"{{party.representative.position|{_LINE}}}"),
            (_LINE, _LINE),
            (f"{{operator.name|{_LINE}}}", f"{{party.representative.name|{_LINE}}}"),
            *((("«__» ________ 20__ г.", "«__» ________ 20__ г."),) if dated else ()),
        ),
        roomy=True,
    )


def _one(position: str, name: str) -> Grid:
    return Grid(
        (3, 2, 3), ((f"{{{position}|{'_' * 20}}}", "_" * 14, f"{{{name}|{'_' * 20}}}"),), roomy=True
    )


_OF_PARTY = _sides("{party.short_name|_______________}")

_BOTH = (
    f"{_CENTRE} в лице {{operator.represented_by|______________}}, действующего на основании "
    "{operator.acting_on|_________}, с одной стороны, и {party.name|_______________}%s в лице "
    "{party.representative.represented_by|_________________}, действующего на основании "
    "{party.representative.acting_on|___________}, с другой стороны, совместно именуемые "
    "«Стороны», составили настоящий Акт %s (далее - Акт) о нижеследующем:"
)

_ACT_EMP = Template(
    (
        Right(("Приложение 2", "к Регламенту функционирования АИС ЕМП")),
        Title(("Акт о подключении информационной системы к АИС ЕМП",)),
        Centered(_NUMBER),
        Paragraph(_BOTH % ("", "о подключении информационной системы к АИС ЕМП")),
        Paragraph(
            "1. Стороны установили и подтверждают, что работы по подключению информационной "
            "системы {system|_____________} к АИС ЕМП выполнены;"
        ),
        Paragraph("2. Технические требования подключения к АИС ЕМП соблюдены."),
        _OF_PARTY,
    ),
    foot=_BASIS,
    by_analogy=False,
)

_ACT_PUTO = Template(
    (
        Title(("Акт о подключении Информационной системы к ПУ ТО",)),
        Centered(_NUMBER),
        Paragraph(_BOTH % ("", "о подключении Информационной системы к ПУ ТО")),
        Paragraph(
            "1. Стороны установили и подтверждают, что работы по подключению информационной "
            "системы {system|_____________} к ПУ ТО выполнены;"
        ),
        Paragraph("2. Технические требования подключения к ПУ ТО соблюдены."),
        Paragraph(
            "3. Протокол тестирования № {protocol.number|______} от "
            "{protocol.date.short|______________} прилагается."
        ),
        _OF_PARTY,
    )
)


def _trial(title: str, act: str, details: str, said: tuple[Part, ...]) -> Template:
    return Template(
        (
            Title((title,)),
            Centered(_NUMBER),
            Paragraph(_BOTH % (details, act)),
            Paragraph(
                "1. Стороны провели тестовую эксплуатацию взаимодействия с модулем «Учет питания» "
                "подсистемы РЕГИСО «Электронная школа»."
            ),
            Paragraph(
                "2. Способ взаимодействия: {method|______________}. Период тестовой "
                "эксплуатации: с {period.start.short|__________} по "
                "{period.end.short|__________}. Контур: {contour|______________}. Версия "
                "форматов: {format_version|______}."
            ),
            Each(
                "protocols",
                "protocol",
                (
                    Paragraph(
                        "3. Результат подтвержден протоколом тестирования № "
                        "{protocol.number|______} от {protocol.date.short|______________}."
                    ),
                ),
                (
                    Paragraph(
                        "3. Результат подтвержден протоколом тестирования № ______ от "
                        "______________."
                    ),
                ),
            ),
            *said,
            Paragraph("5. Замечания: {remarks|______________________________}."),
            _OF_PARTY,
        ),
        size=13,
    )


_ACT_BANK_TEST = _trial(
    "Акт о проведении тестовой эксплуатации",
    "о проведении тестовой эксплуатации",
    " (ИНН {party.inn|____________}, БИК {party.bik|_________})",
    (
        Paragraph(
            "4. Дата ввода сервиса в промышленную эксплуатацию: «{production_date.day|__}» "
            "{production_date.month|______} {production_date.year|20__} г."
        ),
    ),
)

_ACT_ORG_TEST = _trial(
    "Акт о завершении тестовой эксплуатации",
    "о завершении тестовой эксплуатации",
    " (ИНН {party.inn|____________})",
    (
        Paragraph(
            "4. Стороны подтверждают возможность подключения информационной системы "
            "{system|_____________} к модулю «Учет питания»."
        ),
    ),
)

_STAMP = (
    "{letterhead.organization|Название организации}\n"
    "{letterhead.details|Реквизиты организации}\n"
    "{letterhead.date.short|____________________} № {letterhead.number|__________________}\n"
    "На № {letterhead.reply_to_number|__________________} от "
    "{letterhead.reply_to_date.short|_______________}"
)


def _stamp(addressee: str) -> Grid:
    return Grid((3, 2), ((_STAMP, addressee),), sizes=(12, 14))


_CONTACTS = tuple(
    Paragraph(
        f"{who} - {{{path}.name|ФИО}}, {{{path}.phone|телефон}}, {{{path}.email|E-mail}}.",
        ragged=True,
    )
    for who, path in (
        ("Технический специалист", "technical"),
        ("Ответственное лицо в ведомстве/организации", "responsible"),
    )
)

_APP_EMP = Template(
    (
        Right(("Приложение 1", "к Регламенту функционирования", "АИС ЕМП")),
        _stamp("{addressee_position}\n{addressee_name}"),
        Paragraph("О подключении к АИС ЕМП", plain=True),
        Centered("{salutation}"),
        Paragraph(
            "Просим осуществить подключение информационной системы {system|[название ИС]} к "
            "информационной системе «Единая мобильная платформа Тюменской области» (АИС ЕМП) с "
            "целью {purpose|[указать цель подключения]}."
        ),
        *_CONTACTS,
        Grid((1, 1), (("", "{signatory|[ФИО]}"),), roomy=True),
    ),
    by_analogy=False,
)

_APP_PUTO = Template(
    (
        _stamp("{addressee_position}\n{addressee_name|_______________}"),
        Paragraph("О подключении к ПУ ТО", plain=True),
        Centered("{salutation|_______________________!}"),
        Paragraph(
            "Просим осуществить подключение информационной системы {system|[название ИС]} к ПУ ТО "
            "с целью {purpose|[указать цель подключения]}."
        ),
        *_CONTACTS,
        Grid((1, 1), (("", "{signatory|[ФИО]}"),), roomy=True),
        Each(
            "services",
            "service",
            (
                Heading("Приложение к Заявке"),
                Ruled(
                    (
                        ("Услуга", "{service.title}"),
                        ("Код в реестре услуг", "{service.code}"),
                        ("Уровень (государственная/муниципальная)", "{service.level}"),
                        ("Категории заявителей", "{service.applicants}"),
                        ("Возможность записи на услугу (да/нет)", "{service.booking}"),
                        (
                            "Источник записи (терминал/централизованная очередь/ИС/ППУ)",
                            "{service.booking_source}",
                        ),
                        ("Возможность оплаты (да/нет)", "{service.payment}"),
                        ("Возможность оценки результата (да/нет)", "{service.assessment}"),
                        ("Использование ППУ (да/нет)", "{service.uses_ppu}"),
                    )
                ),
            ),
        ),
    )
)

_APP_REGISO = Template(
    (
        Right(("Приложение 1",)),
        Title(
            (
                "Заявка на подключение нового участника",
                "к подсистеме РЕГИСО «{subsystem|_____________}»",
            )
        ),
        Ruled(
            (
                ("1. Полное наименование учреждения", "{full_name}"),
                ("2. Краткое наименование учреждения", "{short_name}"),
                ("3. Адрес учреждения", "{address}"),
                ("4. ФИО руководителя", "{head}"),
                ("5. Номер телефона учреждения", "{phone}"),
            )
        ),
        Heading("1. Данные для администратора Подсистемы:"),
        Ruled(
            (
                ("2. Фамилия", "{administrator.surname}"),
                ("3. Имя", "{administrator.given_name}"),
                ("4. Отчество", "{administrator.patronymic}"),
                ("5. Дата рождения", "{administrator.birth_date.short}"),
                ("6. СНИЛС", "{administrator.snils}"),
                ("7. E-mail", "{administrator.email}"),
            )
        ),
        Grid(
            (26, 18, 16),
            (
                (
                    "{position|__________________________}",
                    "______________",
                    "/ {signatory|___________}/",
                ),
                ("должность", "М.П. подпись", "Ф.И.О."),
            ),
            roomy=True,
        ),
    ),
    by_analogy=False,
)


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


def _protocol(title: str, second: str) -> Template:
    return Template(
        (
            Title((title,)),
            Centered(_NUMBER),
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
                        "{system.name}{?system.version:, версия }{system.version}"
                        "{?system.mnemonic:, мнемоника }{system.mnemonic}",
                    ),
                    ("Услуга (сервис)", "{service.code}{?service.code: }{service.title}"),
                    ("Версия форматов", "{service.format_version}"),
                    ("WSDL, SHA-256", "{service.wsdl_digest}"),
                    ("XSD, SHA-256", "{service.xsd_digest}"),
                    (
                        "Программа испытаний",
                        "{plan.name}{?plan.version:, версия }{plan.version}"
                        "{?plan.digest:, SHA-256 }{plan.digest}",
                    ),
                    (
                        "Учетные данные системы",
                        "{credential.subject}{?credential.serial:, серийный номер }"
                        "{credential.serial}{?credential.expires.short:, действует до }"
                        "{credential.expires.short}",
                    ),
                    ("Адреса", "{addresses}"),
                    ("Испытатели оператора", "{operator_testers}"),
                    ("Испытатели второй стороны", "{party_testers}"),
                    (
                        "Период тестирования",
                        "{?period.start.short:с }{period.start.short}{?period.end.short: по }"
                        "{period.end.short}",
                    ),
                    (
                        "Опции",
                        "форма заявления {[]options.application_form}, обновление статусов "
                        "{[]options.status_updates}, запись на прием {[]options.booking}, оплата "
                        "{[]options.payment}, оценка {[]options.assessment}",
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
            _sides("{party.short_name|_______________}", dated=True),
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


def _plan(title: str) -> Template:
    return Template(
        (
            Title((title,)),
            Centered(_NUMBER),
            Ruled(
                (
                    ("Участник", "{participant}"),
                    ("Способ взаимодействия", "{method}"),
                    (
                        "Период тестовой эксплуатации",
                        "{?trial.start.short:с }{trial.start.short}{?trial.end.short: по }"
                        "{trial.end.short}",
                    ),
                )
            ),
            Table(
                "steps",
                (
                    Column("№", 10, ""),
                    Column("Мероприятие", 60, "{row.title}"),
                    Column("Ответственный", 32, "{row.responsible}"),
                    Column(
                        "Срок",
                        28,
                        "{?row.period.start.short:с }{row.period.start.short}"
                        "{?row.period.end.short: по }{row.period.end.short}",
                    ),
                    Column("Результат (документ)", 35, "{row.result}"),
                ),
            ),
            _one("operator.position", "operator.name"),
        ),
        size=13,
        numbered=True,
    )


_JOIN = Template(
    (
        Title(
            (
                "Заявление о присоединении к соглашению",
                "об организации информационного взаимодействия",
                "в РЕГИСО Тюменской области",
            )
        ),
        Paragraph(
            "{applicant.full_name|_______________} в лице "
            "{representative.represented_by|_________________}, действующего на основании "
            "{representative.acting_on|___________}, заявляет о присоединении к соглашению об "
            "организации информационного взаимодействия в РЕГИСО Тюменской области."
        ),
        Ruled(
            (
                ("Краткое наименование", "{applicant.short_name}"),
                ("ИНН", "{applicant.inn}"),
                ("КПП", "{applicant.kpp}"),
                ("ОГРН", "{applicant.ogrn}"),
                ("Юридический адрес", "{applicant.legal_address}"),
                ("Почтовый адрес", "{applicant.postal_address}"),
                ("Подсистема (модуль)", "{subsystem}"),
                ("Контактное лицо", "{contact.name}"),
                ("Телефон", "{contact.phone}"),
                ("E-mail", "{contact.email}"),
            )
        ),
        Paragraph("Заявление составлено в двух экземплярах.", plain=True),
        _one("representative.position", "representative.name"),
        Paragraph(
            "«{date.day|____}» {date.month|______________} {date.year|20__} г. М.П.", plain=True
        ),
        Heading("Заполняется Оператором"),
        Ruled(
            (
                ("Регистрационный номер", "{registration_number}"),
                ("Дата и время регистрации", "{registered_at}"),
            )
        ),
    ),
    size=13,
)

_APP_BANK = Template(
    (
        Title(("Заявка на подключение", "к сервису модуля «Учет питания»")),
        Ruled(
            (
                ("Кредитная организация", "{bank}"),
                ("БИК", "{bik}"),
                ("ИНН", "{inn}"),
                ("ОГРН", "{ogrn}"),
                ("Корр. счет", "{correspondent_account}"),
                ("Лицензия №", "{licence}"),
                ("Вариант взаимодействия", "{method}"),
                ("Каналы приема платежей", "{channels}"),
                (
                    "Технический специалист",
                    "{technical.name}{?technical.phone:, }{technical.phone}{?technical.email:, }"
                    "{technical.email}",
                ),
                (
                    "Ответственное лицо",
                    "{responsible.name}{?responsible.phone:, }{responsible.phone}"
                    "{?responsible.email:, }{responsible.email}",
                ),
                (
                    "Желаемые сроки",
                    "{?wanted.start.short:с }{wanted.start.short}{?wanted.end.short: по }"
                    "{wanted.end.short}",
                ),
            )
        ),
        Heading("Организаторы питания"),
        Table(
            "organizers",
            (
                Column("№", 10, ""),
                Column("Наименование", 115, "{row.name}"),
                Column("ИНН", 40, "{row.inn}"),
            ),
        ),
        _one("representative.position", "representative.name"),
        Paragraph("«{date.day|____}» {date.month|______________} {date.year|20__} г.", plain=True),
    ),
    size=13,
)

_NOTICE_ACQ = Template(
    (
        Title(("Уведомление", "о договоре интернет-эквайринга")),
        Paragraph(
            "{organizer|_______________} уведомляет о заключении с {bank|_______________} "
            "договора интернет-эквайринга № {contract_number|______} от "
            "{contract_date.short|______________}."
        ),
        Ruled(
            (
                ("Контактное лицо банка", "{contact.name}"),
                ("Телефон", "{contact.phone}"),
                ("E-mail", "{contact.email}"),
            )
        ),
        _one("representative.position", "representative.name"),
        Paragraph("«{date.day|____}» {date.month|______________} {date.year|20__} г.", plain=True),
    )
)

_LETTER_ARM = Template(
    (
        _stamp("{addressee_position}\n{addressee_name|_______________}"),
        Paragraph(
            "Направляем список сотрудников, ответственных за работу в модуле «Учет питания»."
        ),
        Table(
            "employees",
            (
                Column("№", 8, ""),
                Column("Фамилия Имя Отчество", 42, "{row.name}"),
                Column("Должность", 34, "{row.position}"),
                Column("СНИЛС", 27, "{row.snils}"),
                Column("E-mail", 28, "{row.email}"),
                Column("Телефон", 26, "{row.phone}"),
            ),
        ),
        _one("representative.position", "representative.name"),
    )
)

_APP_NET = Template(
    (
        Title(("Заявка на подключение", "по сети ViPNet (выделенной сети)")),
        Ruled(
            (
                ("Организация", "{organization}"),
                ("Тип подключения (ViPNet / выделенная сеть)", "{network}"),
                ("Номер сети ViPNet", "{vipnet_network}"),
                ("ПАК ViPNet Coordinator, модель", "{coordinator_model}"),
                ("Заводской №", "{coordinator_serial}"),
                ("Лицензия №", "{coordinator_licence}"),
                ("ID узла", "{node}"),
                ("Направление (инициатор)", "{initiator}"),
                ("Адрес установки", "{place}"),
                (
                    "Технический специалист",
                    "{technical.name}{?technical.phone:, }{technical.phone}{?technical.email:, }"
                    "{technical.email}",
                ),
            )
        ),
        Heading("Адреса и порты систем"),
        Table(
            "addresses",
            (
                Column("№", 10, ""),
                Column("Контур", 45, "{row.contour}"),
                Column("IP-адрес", 70, "{row.address}"),
                Column("Порт", 40, "{row.port}"),
            ),
        ),
        _one("representative.position", "representative.name"),
        Paragraph("«{date.day|____}» {date.month|______________} {date.year|20__} г.", plain=True),
    ),
    size=13,
)

_RECON = Template(
    (
        Title(("Акт сверки",)),
        Centered(_NUMBER),
        Ruled(
            (
                (
                    "Период",
                    "{?period.start.short:с }{period.start.short}{?period.end.short: по }"
                    "{period.end.short}",
                ),
                ("Банк", "{bank.name}"),
                ("Организатор питания", "{organizer.name}"),
                *(
                    (
                        title,
                        f"{{{path}.count}}{{?{path}.count: на сумму }}{{{path}.amount}}"
                        f"{{?{path}.amount: руб.}}",
                    )
                    for title, path in (
                        ("Принято уведомлений", "notified"),
                        ("По реестрам платежей", "listed"),
                        ("Зачислено", "credited"),
                        ("Невыясненные платежи", "suspense"),
                    )
                ),
            )
        ),
        Heading("Расхождения"),
        Table(
            "discrepancies",
            (
                Column("№", 8, ""),
                Column("Тип", 29, "{row.kind}"),
                Column("bankPaymentId", 32, "{row.bank_payment_id}"),
                Column("Лицевой счет", 26, "{row.account}"),
                Column("Сумма уведомления, руб.", 25, "{row.notified}", number=True),
                Column("Сумма реестра, руб.", 23, "{row.listed}", number=True),
                Column("Решение", 28, "{row.decision}"),
            ),
            size=9,
        ),
        Grid(
            (1, 1, 1),
            (
                (
                    "ГКУ ТО «ЦИТТО»",
                    "{bank.short_name|_______________}",
                    "{organizer.short_name|_______________}",
                ),
                (
                    "{operator.position|_______________}",
                    "{bank.representative.position|_______________}",
                    "{organizer.representative.position|_______________}",
                ),
                ("_______________", "_______________", "_______________"),
                (
                    "{operator.name|_______________}",
                    "{bank.representative.name|_______________}",
                    "{organizer.representative.name|_______________}",
                ),
            ),
            roomy=True,
        ),
    ),
    size=13,
    numbered=True,
)

_TECHREQ = Template(
    (
        Title(("Технические требования на подключение", "к {target|_______________}")),
        Centered(_NUMBER),
        Ruled((("Участник", "{participant}"), ("Информационная система", "{system}"))),
        Heading("1. Форматы"),
        Table(
            "formats",
            (
                Column("№", 8, ""),
                Column("Формат", 36, "{row.name}"),
                Column("Версия", 18, "{row.version}"),
                Column("Адрес публикации", 48, "{row.address}"),
                Column("SHA-256", 55, "{row.digest}"),
            ),
            size=9,
        ),
        Heading("2. Сеть"),
        Each(
            "network",
            "requirement",
            (Paragraph("{requirement}"),),
            (Paragraph("______________________________", plain=True),),
        ),
        Heading("3. Защита информации"),
        Each(
            "security",
            "requirement",
            (Paragraph("{requirement}"),),
            (Paragraph("______________________________", plain=True),),
        ),
        _one("operator.position", "operator.name"),
    ),
    size=13,
    numbered=True,
)

TEMPLATES: Mapping[DocType, Template] = {
    DocType.ACT_EMP: _ACT_EMP,
    DocType.APP_EMP: _APP_EMP,
    DocType.APP_REGISO: _APP_REGISO,
    DocType.ACT_PUTO: _ACT_PUTO,
    DocType.PROT_PUTO: _protocol("Протокол тестирования услуги", "Оператор ИС"),
    DocType.ACT_BANK_TEST: _ACT_BANK_TEST,
    DocType.PROT_BANK: _protocol("Протокол тестирования", "Кредитная организация"),
    DocType.ACT_ORG_TEST: _ACT_ORG_TEST,
    DocType.PROT_ORG: _protocol("Протокол тестирования", "Организатор питания"),
    DocType.PLAN_CONN: _plan("План подключения"),
    DocType.PLAN_TEST: _plan("План проведения тестовой эксплуатации"),
    DocType.JOIN: _JOIN,
    DocType.APP_BANK: _APP_BANK,
    DocType.NOTICE_ACQ: _NOTICE_ACQ,
    DocType.LETTER_ARM: _LETTER_ARM,
    DocType.APP_PUTO: _APP_PUTO,
    DocType.APP_NET: _APP_NET,
    DocType.RECON: _RECON,
    DocType.TECHREQ: _TECHREQ,
}
