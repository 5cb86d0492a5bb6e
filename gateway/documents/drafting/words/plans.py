"""The words of what the operator draws up: plans, reconciliation, technical requirements."""

from gateway.documents.drafting.blocks import (
    Centered,
    Column,
    Each,
    Grid,
    Heading,
    Paragraph,
    Ruled,
    Table,
    Template,
    Title,
)
from gateway.documents.drafting.words.common import NUMBER, one, span


def plan(title: str) -> Template:
    return Template(
        (
            Title((title,)),
            Centered(NUMBER),
            Ruled(
                (
                    ("Участник", "{participant}"),
                    ("Способ взаимодействия", "{method}"),
                    (
                        "Период тестовой эксплуатации",
                        span("trial"),
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
                        span("row.period"),
                    ),
                    Column("Результат (документ)", 35, "{row.result}"),
                ),
            ),
            one("operator.position", "operator.name"),
        ),
        size=13,
        numbered=True,
    )


RECON = Template(
    (
        Title(("Акт сверки",)),
        Centered(NUMBER),
        Ruled(
            (
                (
                    "Период",
                    span("period"),
                ),
                ("Банк", "{bank.name}"),
                ("Организатор питания", "{organizer.name}"),
                *(
                    (
                        title,
                        (
                            f"{{{path}.count}}{{?{path}.count: на сумму }}{{{path}.amount}}"
                            f"{{?{path}.amount: руб.}}"
                        ),
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


TECHREQ = Template(
    (
        Title(("Технические требования на подключение", "к {target|_______________}")),
        Centered(NUMBER),
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
        one("operator.position", "operator.name"),
    ),
    size=13,
    numbered=True,
)
