"""What several forms have alike: numbers, corner stamps, signatures."""

from gateway.documents.drafting.blocks import Grid

LINE = "_" * 23


_DAY = "«{date.day|____}» {date.month|______________} {date.year|202_} года"


NUMBER = f"№ {{number|______}} от {_DAY}"


def sides(second: str, *, dated: bool = False) -> Grid:
    """Sign for the operator on the left and for the second side on the right."""
    return Grid(
        (1, 1),
        (
            ("ГКУ ТО «ЦИТТО»", second),
            (f"{{operator.position|{LINE}}}", f"{{party.representative.position|{LINE}}}"),
            (LINE, LINE),
            (f"{{operator.name|{LINE}}}", f"{{party.representative.name|{LINE}}}"),
            *((("«__» ________ 20__ г.", "«__» ________ 20__ г."),) if dated else ()),
        ),
        roomy=True,
    )


def one(position: str, name: str) -> Grid:
    return Grid(
        (3, 2, 3), ((f"{{{position}|{'_' * 20}}}", "_" * 14, f"{{{name}|{'_' * 20}}}"),), roomy=True
    )


STAMP = (
    "{letterhead.organization|Название организации}\n"
    "{letterhead.details|Реквизиты организации}\n"
    "{letterhead.date.short|____________________} № {letterhead.number|__________________}\n"
    "На № {letterhead.reply_to_number|__________________} от "
    "{letterhead.reply_to_date.short|_______________}"
)


def stamp(addressee: str) -> Grid:
    return Grid((3, 2), ((STAMP, addressee),), sizes=(12, 14))


def span(path: str) -> str:
    """Write the days of a period, as far as they are known."""
    start, end = f"{path}.start.short", f"{path}.end.short"
    return f"{{?{start}:с }}{{{start}}}{{?{end}: по }}{{{end}}}"


def person(path: str) -> str:
    """Write a name with telephone and address, as far as they are known."""
    phone, email = f"{path}.phone", f"{path}.email"
    return f"{{{path}.name}}{{?{phone}:, }}{{{phone}}}{{?{email}:, }}{{{email}}}"
