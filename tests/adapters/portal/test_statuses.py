import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.portal import statuses
from adapters.portal.statuses import StatusesBroken
from registry.portal_services import PortalService, Route, ServiceCard

PACKAGED = statuses.load()
STATES = sorted(PACKAGED.follows)
SERVICE = PortalService(
    ServiceCard("garden", "Детский сад", "DEPT72001"),
    Route.PPU,
    True,  # noqa: FBT003 -- open
    tech_codes={"в работе": 6, "прочее": 99},
)

HUBS_OWN = """
[[state]]
code = 1
title = "Принято"
next = [2]
[[state]]
code = 2
title = "Отправлено"
next = [5, 9]
[[state]]
code = 5
title = "Ошибка"
next = [2]
[[state]]
code = 9
title = "Отмена"
next = [10]
[[state]]
code = 10
title = "Отменено"
final = true
"""


def reachable(table, start):
    found, waiting = {start}, [start]
    while waiting:
        more = table.follows[waiting.pop()] - found
        found |= more
        waiting += more
    return found


def test_the_packaged_codes_have_the_titles_of_the_portals():
    assert PACKAGED.title(1) == "Принято от заявителя"
    assert PACKAGED.title(15) == "Заявка требует корректировки"
    assert PACKAGED.codes == {0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 16}


def test_three_packaged_states_are_final_and_two_codes_are_messages():
    assert {code for code in PACKAGED.codes if PACKAGED.is_final(code)} == {3, 4, 10}
    assert {code for code in PACKAGED.codes if PACKAGED.is_message(code)} == {12, 16}


def test_an_unknown_code_is_neither_state_nor_message_nor_final():
    assert not PACKAGED.is_state(8)
    assert not PACKAGED.is_message(8)
    assert not PACKAGED.is_final(8)
    assert not PACKAGED.may(8, 1)
    assert not PACKAGED.may(1, 8)


@pytest.mark.parametrize("state", [code for code in STATES if not PACKAGED.is_final(code)])
def test_from_every_other_state_a_final_one_is_reachable(state):
    assert {3, 4, 10} & reachable(PACKAGED, state)


@given(st.sampled_from([3, 4, 10]), st.integers(-1, 20))
def test_no_transition_leaves_a_final_state(before, after):
    assert not PACKAGED.may(before, after)


@given(st.integers(-1, 20), st.sampled_from([12, 16]))
def test_a_message_is_never_a_state_to_come_to(before, after):
    assert not PACKAGED.may(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [(0, 1), (1, 2), (2, 5), (2, 6), (5, 2), (6, 3), (7, 7), (6, 9), (9, 10), (9, 11), (15, 6)],
)
def test_what_the_regulations_let_follow_may_follow(before, after):
    assert PACKAGED.may(before, after)


@pytest.mark.parametrize(("before", "after"), [(1, 6), (2, 3), (3, 6), (9, 3), (14, 9), (6, 6)])
def test_anything_else_may_not(before, after):
    assert not PACKAGED.may(before, after)


def test_a_departments_own_code_means_what_the_registry_says():
    assert PACKAGED.of_org_code(SERVICE, "в работе") == 6
    assert PACKAGED.of_org_code(SERVICE, "неизвестный") is None


def test_a_code_that_the_table_no_longer_has_means_nothing():
    assert PACKAGED.of_org_code(SERVICE, "прочее") is None


def test_an_operators_file_stands_in_place_of_the_packaged_one(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(HUBS_OWN, encoding="utf-8")

    assert statuses.load(own).title(1) == "Принято"


def test_a_broken_file_is_named_with_the_reason(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(HUBS_OWN.replace("next = [10]", "next = [11]"), encoding="utf-8")

    with pytest.raises(StatusesBroken, match=r"own\.toml: состояние 9: .* код 11"):
        statuses.load(own)


def test_a_file_that_is_not_there_or_not_text_is_named(tmp_path):
    with pytest.raises(StatusesBroken, match="не читается"):
        statuses.load(tmp_path / "own.toml")
    (tmp_path / "own.toml").write_bytes(b"\xff")
    with pytest.raises(StatusesBroken, match="не читается"):
        statuses.load(tmp_path / "own.toml")


BROKEN = {
    "not TOML": (lambda text: text + "[[", "не TOML"),
    "nothing": (lambda _: "", "1 → 2"),
    "another section": (lambda text: text + "[[status]]\ncode=7", "раздел status"),
    "a section that is no list": (lambda _: "state = 1", "пишется как"),
    "a twice named code": (
        lambda text: text + '[[message]]\ncode=5\ntitle="Ещё"',
        "код 5 назван дважды",
    ),
    "a code that is text": (lambda text: text.replace("code = 5", 'code = "5"'), "целое число"),
    "a code that is true": (lambda text: text.replace("code = 1\n", "code = true\n"), "целое"),
    "a negative code": (lambda text: text.replace("code = 5", "code = -5"), "целое число"),
    "no title": (lambda text: text.replace('title = "Ошибка"', ""), "код 5: нужен title"),
    "an empty title": (lambda text: text.replace("Ошибка", " "), "код 5: нужен title"),
    "a long title": (lambda text: text.replace("Ошибка", "О" * 256), "код 5: нужен title"),
    "a field that nobody knows": (
        lambda text: text.replace("final = true", "final = true\nends = true"),
        "неизвестное поле ends",
    ),
    "a message with transitions": (
        lambda text: text + '[[message]]\ncode=12\ntitle="Письмо"\nnext=[1]',
        "неизвестное поле next",
    ),
    "an unknown code": (lambda text: text.replace("[5, 9]", "[5, 9, 6]"), "неизвестный код 6"),
    "a way to a message": (
        lambda text: text.replace("[5, 9]", "[5, 9, 12]") + '[[message]]\ncode=12\ntitle="Письмо"',
        "12 — сообщение",
    ),
    "a final state that is left": (
        lambda text: text.replace("final = true", "final = true\nnext = [1]"),
        "конечное",
    ),
    "a state that is not left": (lambda text: text.replace("final = true", ""), "некуда"),
    "final in words": (lambda text: text.replace("final = true", 'final = "да"'), "true или false"),
    "transitions in words": (lambda text: text.replace("[10]", '["10"]'), "список кодов"),
    "a circle without an end": (
        lambda text: text.replace("[5, 9]", "[5]"),
        "ни в одно конечное",
    ),
    "no way that the hub goes": (lambda text: text.replace("[5, 9]", "[9]"), "2 → 5"),
    "no cancelling": (
        lambda text: text.replace("code = 9", "code = 8").replace("[5, 9]", "[5, 8]"),
        "нет состояния 9",
    ),
}


@pytest.mark.parametrize(("spoil", "reason"), BROKEN.values(), ids=BROKEN)
def test_a_table_that_does_not_do_is_refused_with_the_reason(spoil, reason):
    with pytest.raises(StatusesBroken, match=reason):
        statuses.read(spoil(HUBS_OWN))


@given(
    st.dictionaries(
        st.integers(3, 12).filter(lambda code: code not in {5, 9}),
        st.sets(st.integers(1, 12), max_size=3),
        max_size=8,
    )
)
def test_whatever_is_not_refused_always_comes_to_an_end(more):
    text = HUBS_OWN.replace("final = true", "final = true\n")
    for code, following in more.items():
        if code != 10:
            way = f"next = {sorted(following)}" if following else "final = true"
            text += f'[[state]]\ncode = {code}\ntitle = "Состояние"\n{way}\n'
    try:
        table = statuses.read(text)
    except StatusesBroken:
        return
    final = {code for code in table.follows if table.is_final(code)}
    for state in table.follows:
        assert final & reachable(table, state)
    assert not any(table.may(before, after) for before in final for after in table.codes)
