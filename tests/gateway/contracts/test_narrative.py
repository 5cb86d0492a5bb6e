"""Documentation of contracts can be told in tables: every contract keeps the habits."""

import pytest

from gateway.contracts import narrative
from gateway.contracts.catalog import Contract, load_catalog
from gateway.contracts.narrative import Character, CodeStory, Reaction

CATALOG = load_catalog()
OPERATIONS = [
    pytest.param(operation, id=f"{contract.name}-{operation.name}")
    for contract in CATALOG
    for operation in contract.operations
]
CONTRACTS = [pytest.param(contract, id=contract.name) for contract in CATALOG]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_operation_tells_its_key_or_that_it_changes_nothing(operation):
    story = narrative.tell_operation(operation.documentation)

    assert bool(story.key) != story.read_only


@pytest.mark.parametrize("operation", OPERATIONS)
def test_operation_tells_its_reactions_or_that_there_are_none(operation):
    story = narrative.tell_operation(operation.documentation)

    assert story.reactions or any("Своих ошибок у операции нет" in said for said in story.details)


@pytest.mark.parametrize("contract", CONTRACTS)
def test_result_and_fault_codes_tell_whether_they_are_final(contract: Contract):
    silent = [
        f"{type_.name} {value}"
        for type_ in contract.vocabulary.simple.values()
        if type_.name.endswith(("ResultCode", "FaultCode"))
        for value, text in type_.values.items()
        if narrative.tell_code(text, type_.documentation).character is None
    ]

    assert silent == []


@pytest.mark.parametrize("contract", CONTRACTS)
def test_fault_codes_tell_what_to_do(contract: Contract):
    silent = [
        f"{type_.name} {value}"
        for type_ in contract.vocabulary.simple.values()
        if type_.name.endswith("FaultCode")
        for value, text in type_.values.items()
        if not narrative.tell_code(text, type_.documentation).action
    ]

    assert silent == []


@pytest.mark.parametrize("contract", CONTRACTS)
def test_service_tells_what_it_does(contract: Contract):
    about = narrative.tell_service(contract.documentation)

    assert about
    assert "Адрес в этом файле" not in about


def test_operation_is_taken_apart():
    story = narrative.tell_operation(
        "Принять заявку. Ключ повтора — отправитель и requestId: повтор возвращает прежний ответ. "
        "Коды результата: 0 — принята; 4, 5 — исправьте номер. Работает в версии 1.0 и новее."
    )

    assert story.summary == "Принять заявку."
    assert story.key == "Отправитель и requestId: повтор возвращает прежний ответ."
    assert story.reactions == (
        Reaction(("0",), "Принята."),
        Reaction(("4", "5"), "Исправьте номер."),
    )
    assert story.details == ("Работает в версии 1.0 и новее.",)


def test_reactions_of_another_form_stay_text():
    story = narrative.tell_operation("Принять заявку. Ошибки: смотрите перечень общих.")

    assert story.reactions == ()
    assert story.details == ("Смотрите перечень общих.",)


@pytest.mark.parametrize(
    ("documentation", "story"),
    [
        (
            "Сумма мала. Окончательный: предложите больше.",
            CodeStory("Сумма мала.", Character.FINAL, "Предложите больше."),
        ),
        (
            "Узел занят. Повторимая: повторите позже.",
            CodeStory("Узел занят.", Character.REPEAT, "Повторите позже."),
        ),
        (
            "Ждёт реестра. Промежуточное; запросите позже.",
            CodeStory("Ждёт реестра.", Character.INTERIM, "Запросите позже."),
        ),
        (
            "Нельзя. Окончательный для этого запроса: начните новый.",
            CodeStory("Нельзя.", Character.FINAL, "Начните новый."),
        ),
        ("Сделано. Окончательный.", CodeStory("Сделано.", Character.FINAL, "")),
        ("Касса банка.", CodeStory("Касса банка.", None, "")),
    ],
)
def test_code_is_taken_apart(documentation, story):
    assert narrative.tell_code(documentation) == story


@pytest.mark.parametrize("all_final", ["Все окончательные", "Все, кроме NOT_READY, окончательные"])
def test_code_of_a_type_that_is_final_throughout_ends_with_what_to_do(all_final):
    story = narrative.tell_code(
        "Период велик. Исправьте период.", f"Коды ошибок. {all_final}: повтор бесполезен."
    )

    assert story == CodeStory("Период велик.", Character.FINAL, "Исправьте период.")
