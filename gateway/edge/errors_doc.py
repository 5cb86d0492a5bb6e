"""Write `docs/errors.md` from the code: `python -m gateway.edge.errors_doc`.

A development step; a test fails when the file is stale. It imports the whole hub, so that no error
class is missing.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from gateway.bootstrap import ADAPTERS
from gateway.contracts.catalog import load_catalog
from gateway.edge import refusals, views
from gateway.edge.refusals import Family, ServiceCodes
from gateway.edge.views import TypeView

DOCUMENT = Path(__file__).parents[2] / "docs" / "errors.md"
_PACKAGES = ("gateway", "adapters", "registry", "scheduler")
_HEAD = """\
# Ошибки и коды результата

Файл составлен по коду и опубликованным схемам: `python -m gateway.edge.errors_doc`. Руками не
правится.

Отказ узла приходит как SOAP Fault, в `detail` которого стоит `hub:HubFault`: код для программы,
фраза и совет для человека, номер записи журнала, перечень нарушенных правил. «Повторить» значит:
отправить то же сообщение с тем же идентификатором позже. «Окончательная» значит: повтор без
исправления даст ту же ошибку. Незнакомый код обрабатывайте по полю `retryable`.

В SOAP 1.2 вместо `Client` и `Server` стоят `Sender` (HTTP 400, если не указано другое) и
`Receiver`.
"""


def main() -> None:
    """Write the document in place."""
    DOCUMENT.write_text(render(), encoding="utf-8")


def render() -> str:
    """Return the text of the document."""
    _import_everything()
    services = [
        views.ServiceView(contract, views.operations_of(ADAPTERS, contract))
        for contract in load_catalog()
    ]
    return "\n".join(
        [
            _HEAD,
            *(line for family in refusals.families(ADAPTERS) for line in _family(family)),
            *(line for codes in refusals.service_codes(services) for line in _codes(codes)),
        ]
    )


def _import_everything() -> None:
    for name in _PACKAGES:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            importlib.import_module(module.name)


def _family(family: Family) -> Iterator[str]:
    yield f"## {family.title}\n"
    if not family.reaches_participants:
        yield "Участникам взаимодействия эти ошибки не отправляются.\n"
    yield "| Код | Что произошло | Повтор | Что сделать | Fault | Операции |"
    yield "|---|---|---|---|---|---|"
    for refusal in family.refusals:
        retry = "повторить" if refusal.retryable else "окончательная"
        cells = (
            f"`{refusal.code}`",
            refusal.message,
            retry,
            refusal.action,
            refusal.fault if family.reaches_participants else "—",
            ", ".join(refusal.operations) or "—",
        )
        yield _line(cells)
    yield ""


def _codes(codes: ServiceCodes) -> Iterator[str]:
    contract = codes.service.contract
    yield f"## {contract.service} {contract.version}: {contract.title}\n"
    for type_ in codes.types:
        yield from _type(type_)


def _type(type_: TypeView) -> Iterator[str]:
    yield f"### {type_.name}\n"
    yield f"{type_.documentation}\n"
    yield "| Код | Смысл | Повтор | Что сделать |"
    yield "|---|---|---|---|"
    for code in type_.codes:
        story = code.story
        retry = story.character.value if story.character else "—"
        yield _line((f"`{code.value}`", story.meaning, retry, story.action or "—"))
    yield ""


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


if __name__ == "__main__":
    main()
