"""The words of statements and applications without a letterhead."""

from gateway.documents.drafting.blocks import (
    Column,
    Heading,
    Paragraph,
    Ruled,
    Table,
    Template,
    Title,
)
from gateway.documents.drafting.words.common import one, person, span

JOIN = Template(
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
        one("representative.position", "representative.name"),
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


APP_BANK = Template(
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
                    person("technical"),
                ),
                (
                    "Ответственное лицо",
                    person("responsible"),
                ),
                (
                    "Желаемые сроки",
                    span("wanted"),
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
        one("representative.position", "representative.name"),
        Paragraph("«{date.day|____}» {date.month|______________} {date.year|20__} г.", plain=True),
    ),
    size=13,
)


NOTICE_ACQ = Template(
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
        one("representative.position", "representative.name"),
        Paragraph("«{date.day|____}» {date.month|______________} {date.year|20__} г.", plain=True),
    )
)


APP_NET = Template(
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
                    person("technical"),
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
        one("representative.position", "representative.name"),
        Paragraph("«{date.day|____}» {date.month|______________} {date.year|20__} г.", plain=True),
    ),
    size=13,
)
