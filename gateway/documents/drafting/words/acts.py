"""The words of the acts."""

from gateway.documents.drafting.blocks import (
    Centered,
    Each,
    Paragraph,
    Part,
    Right,
    Template,
    Title,
)
from gateway.documents.drafting.words.common import NUMBER, sides

_CENTRE = (
    "Государственное казенное учреждение Тюменской области «Центр информационных технологий "
    "Тюменской области»"
)

_BASIS = (
    "{?basis.number:Основание: протокол № }{basis.number}{?basis.date.short: от }"
    "{basis.date.short}{?basis.plan:, программа }{basis.plan}{?basis.digest:, SHA-256 }"
    "{basis.digest}"
)


_OF_PARTY = sides("{party.short_name|_______________}")


_BOTH = (
    f"{_CENTRE} в лице {{operator.represented_by|______________}}, действующего на основании "
    "{operator.acting_on|_________}, с одной стороны, и {party.name|_______________}%s в лице "
    "{party.representative.represented_by|_________________}, действующего на основании "
    "{party.representative.acting_on|___________}, с другой стороны, совместно именуемые "
    "«Стороны», составили настоящий Акт %s (далее - Акт) о нижеследующем:"
)


ACT_EMP = Template(
    (
        Right(("Приложение 2", "к Регламенту функционирования АИС ЕМП")),
        Title(("Акт о подключении информационной системы к АИС ЕМП",)),
        Centered(NUMBER),
        Paragraph(_BOTH % ("", "о подключении информационной системы к АИС ЕМП")),
        Paragraph(
            "1. Стороны установили и подтверждают, что работы по подключению информационной "
            "системы {system|_____________} к АИС ЕМП выполнены;"
        ),
        Paragraph("2. Технические требования подключения к АИС ЕМП соблюдены."),
        _OF_PARTY,
    ),
    foot=_BASIS,
    one_page=True,
    by_analogy=False,
)


ACT_PUTO = Template(
    (
        Title(("Акт о подключении Информационной системы к ПУ ТО",)),
        Centered(NUMBER),
        Paragraph(_BOTH % ("", "о подключении Информационной системы к ПУ ТО")),
        Paragraph(
            "1. Стороны установили и подтверждают, что работы по подключению информационной "
            "системы {system|_____________} к ПУ ТО выполнены;"
        ),
        Paragraph("2. Технические требования подключения к ПУ ТО соблюдены."),
        Each(
            "protocols",
            "protocol",
            (
                Paragraph(
                    "3. Протокол тестирования № {protocol.number|______} от "
                    "{protocol.date.short|______________} прилагается."
                ),
            ),
            (Paragraph("3. Протокол тестирования № ______ от ______________ прилагается."),),
        ),
        _OF_PARTY,
    ),
    one_page=True,
)


def _trial(title: str, act: str, details: str, said: tuple[Part, ...]) -> Template:
    return Template(
        (
            Title((title,)),
            Centered(NUMBER),
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
        one_page=True,
    )


ACT_BANK_TEST = _trial(
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


ACT_ORG_TEST = _trial(
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
