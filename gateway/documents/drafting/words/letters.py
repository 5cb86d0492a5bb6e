"""The words of letters and applications on a letterhead."""

from gateway.documents.drafting.blocks import (
    Centered,
    Column,
    Each,
    Grid,
    Heading,
    Paragraph,
    Right,
    Ruled,
    Table,
    Template,
    Title,
)
from gateway.documents.drafting.words.common import one, stamp

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


APP_EMP = Template(
    (
        Right(("Приложение 1", "к Регламенту функционирования", "АИС ЕМП")),
        stamp("{addressee_position}\n{addressee_name}"),
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


APP_PUTO = Template(
    (
        stamp("{addressee_position}\n{addressee_name|_______________}"),
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


APP_REGISO = Template(
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
            (26, 15, 19),
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


LETTER_ARM = Template(
    (
        stamp("{addressee_position}\n{addressee_name|_______________}"),
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
        one("representative.position", "representative.name"),
    )
)
