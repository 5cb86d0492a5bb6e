"""Write `docs/security.md` from the catalogue: `python -m gateway.attacks.document`.

A development step; a test fails when the file is stale, or names a test that does not exist.
"""

from collections.abc import Iterator
from pathlib import Path

from gateway.attacks.attack import Attack, Surface
from gateway.attacks.catalogue import ATTACKS
from gateway.soap import caps, mime

DOCUMENT = Path(__file__).parents[2] / "docs" / "security.md"

_FIRED = "tests/security/test_attacks.py::test_attack_is_withstood"
_SIGNED = "tests/security/test_signed_attacks.py::test_no_forged_message_is_let_into_production"
_TESTS = {Surface.OPEN: (_FIRED,), Surface.KEY: (_FIRED, _SIGNED)}
_TRACES = "tests/security/test_traces.py::test_"
_HTTP = "tests/gateway/edge/test_connections.py::test_"
_CHAINS = "tests/gateway/storage/test_verification.py::test_"
_TABLES = "tests/gateway/documents/test_tables.py::test_"
_QUOTAS = "tests/acceptance/test_quotas.py::test_"
_ALSO = {
    36: (f"{_TRACES}no_file_of_the_hub_is_named_by_a_sender",),
    32: (f"{_HTTP}a_client_that_does_not_read_is_cut_off",),
    33: (f"{_HTTP}ambiguous_framing_is_refused_and_the_connection_closed",),
    37: (
        f"{_TRACES}no_file_of_the_hub_is_named_by_a_sender",
        "tests/gateway/soap/test_archive.py::test_a_bomb_is_refused_before_it_is_in_memory",
    ),
    38: (
        f"{_TRACES}forged_log_lines_stay_inside_their_own_line",
        f"{_TRACES}terminal_of_the_operator_obeys_no_sender",
        f"{_TRACES}business_key_in_square_brackets_is_shown_as_it_is",
    ),
    39: (f"{_TRACES}operator_who_looks_for_a_wildcard_finds_only_that",),
    41: (f"{_TABLES}what_looks_like_a_formula_is_shown_and_not_computed",),
    45: (
        f"{_QUOTAS}a_participant_over_his_quota_is_told_when_to_come_again",
        f"{_HTTP}one_body_too_many_is_put_off",
    ),
    61: (
        f"{_CHAINS}a_changed_value_is_found_and_its_row_named",
        f"{_CHAINS}a_removed_row_is_found_and_its_neighbours_named",
        f"{_CHAINS}an_inserted_row_is_found",
        f"{_CHAINS}last_rows_removed_with_the_head_moved_back_are_named_by_the_roots",
    ),
    43: (
        f"{_TRACES}payment_of_another_bank_looks_like_none",
        f"{_TRACES}registry_of_another_bank_looks_like_none",
        f"{_TRACES}credentials_of_the_test_contour_open_nothing_in_production",
    ),
}
_LIMITS = (
    ("элементов в сообщении", caps.MAX_ELEMENTS, "в законном реестре из 50 000 строк их 500 000"),
    ("атрибутов у элемента, вместе с объявлениями", caps.MAX_ATTRIBUTES, "в форматах их нет"),
    ("объявлений пространств имён у элемента", caps.MAX_NAMESPACES, "в жизни их до десяти"),
    (
        "разных объявлений в сообщении",
        caps.MAX_DOCUMENT_NAMESPACES,
        "одно и то же может стоять в каждой строке реестра",
    ),
    (
        "байтов в имени атрибута или префиксе",
        caps.MAX_NAME_BYTES,
        "имена элементов перечислены в схеме",
    ),
    ("блоков в заголовке", caps.MAX_BLOCKS, "узел понимает два"),
    (
        "уровней в чужом блоке заголовка",
        caps.MAX_DEPTH,
        "содержательную часть ограничивает схема, разбор — 256",
    ),
    ("частей MTOM", mime.MAX_PARTS, "на каждую часть одна ссылка"),
)


def _limits() -> str:
    """Return the rows of the table of limits."""
    return "\n".join(
        f"| {what} | {f'{count:_}'.replace('_', ' ')} | {why} |" for what, count, why in _LIMITS
    )


_HEAD = f"""\
# Враждебный ввод

Файл составлен по каталогу атак: `python -m gateway.attacks.document`. Руками не правится.

Сообщение проходит ворота по порядку, и дорогое стоит после дешёвого: пределы HTTP, тип содержимого
и кодировка, просмотр байтов, разбор, форма конверта, подпись, схема, отправитель и права. До
конверта SOAP узел отвечает обычным статусом HTTP; после — Fault с кодом: в SOAP 1.1 это HTTP 500 и
`Client`, в SOAP 1.2 HTTP 400 и `Sender`. Подробности остаются в журнале, отправитель получает номер
записи.

Пределы разметки, которые проверяются до разбора:

| предел | сколько | почему столько |
|---|---|---|
{_limits()}

Кодировка одна, UTF-8: windows-1251 и UTF-16 узел мог бы перекодировать, но две записи одного
сообщения — это два прочтения, а в подписи байты одни. Файл реестра внутри сообщения может быть и в
windows-1251.

## Проверить свой контур

    hub attack-test --url http://127.0.0.1:8080 --login bank --password secret --html report.html

Команда посылает всё, что перечислено ниже, на тестовый контур и после каждой атаки
проверяет, что узел отвечает на Ping. Рабочий контур она не атакует. Ссылки внутри сообщений ведут
на слушателя самой команды: если узел сходил по такой ссылке, это видно; если узел стоит на другой
машине, 127.0.0.1 для него — он сам, и этого проверить нельзя. Атака 58 проводит один платёж в
1 рубль на счёт из `--account`, атаки 36 и 37 оставляют отвергнутые реестры. Тестовый и рабочий
контуры одного узла делят процессы: не атакуйте узел, который сейчас работает.

С `--key` и `--certificate` участника (RSA или EC) посылаются и атаки на подпись.

## Атаки

| № | Атака | Ответ узла | Что останавливает | Проверка |
|---|---|---|---|---|
"""


def main() -> None:
    """Write the document in place."""
    DOCUMENT.write_text(render(), encoding="utf-8")


def render() -> str:
    """Return the text of the document."""
    return _HEAD + "".join(f"{_row(attack)}\n" for attack in ATTACKS)


def tests_of(attack: Attack) -> tuple[str, ...]:
    """Return the tests that fire an attack."""
    return (*_TESTS.get(attack.surface, ()), *_ALSO.get(attack.number, ()))


def _row(attack: Attack) -> str:
    cells = (
        str(attack.number),
        f"**{attack.title}.** {attack.does}",
        attack.answer,
        attack.stopped_by,
        "; ".join(_checks(attack)),
    )
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def _checks(attack: Attack) -> Iterator[str]:
    if attack.surface in {Surface.NONE, Surface.ELSEWHERE}:
        yield f"{attack.surface.value}: {attack.note}"
    for test in tests_of(attack):
        yield f"`{test}`"


if __name__ == "__main__":
    main()
