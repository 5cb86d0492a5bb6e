"""Every way to write a case wrongly is a file, refused with line, path and what is allowed."""

from pathlib import Path

import pytest

from gateway.conformance.errors import SuiteBroken
from gateway.conformance.language.build import CaseBuilder
from gateway.conformance.language.lint import checked
from gateway.conformance.language.reading import DEEPEST, MOST_BYTES, read

BROKEN = Path(__file__).parent / "broken"
FOUR = Path(__file__).parents[1] / "suites" / "four" / "cases"
NAMESPACES = {"r": "urn://x-artefacts-citto-72/meals/payment-registry/1.0"}
TOLD = {
    "alias": (2, "якорь"),
    "checks-nothing": (7, "Сценарий ничего не проверяет."),
    "conditional-without-when": (1, "Нет обязательного ключа «when»."),
    "count-on-document": (16, "Состояние узла проверяется только через count"),
    "directive": (1, "директива"),
    "duration": (10, "«30 минут» записано не так"),
    "empty": (None, "Файл пуст."),
    "foreign-assertion-key": (15, "К проверке signature не относится «min»."),
    "http-word": (19, "«OK» записано не так"),
    "kind": (4, "Недопустимое значение «maybe»."),
    "list-instead-of-table": (8, "Здесь должна стоять таблица"),
    "no-verb": (16, "Нужен ровно один из ключей-глаголов, а здесь нет ни одного."),
    "not-yaml": (7, "Это не YAML"),
    "reference": (16, "Ссылка $nobody.request//r:x никуда не ведёт."),
    "reference-forward": (8, "Ссылка $receipt.reply//r:x никуда не ведёт."),
    "regex": (14, "записано не так"),
    "repeated-key": (5, "Ключ «kind» повторяется."),
    "requirement-not-named": (8, "Требование R-13 не названо в verifies."),
    "tag": (10, "тег"),
    "too-deep": (1, f"Вложенность больше {DEEPEST} уровней."),
    "two-documents": (21, "разделитель документов"),
    "two-verbs": (16, "стоят «ask», «check»"),
    "unknown-key": (5, "Ключа «colour» в языке нет."),
    "when-without-conditional": (5, "Ключ «when» здесь не допускается."),
    "xpath": (14, "не собирается"),
    "xpath-prefix": (14, "не собирается"),
    "xpath-search-in-predicate": (14, "записано не так"),
    "xpath-variable": (14, "не собирается"),
}


def load(name: str, octets: bytes):
    source = read(name, octets)
    builder = CaseBuilder(source, NAMESPACES, frozenset({"account"}))
    return builder.case(checked(source, "case.schema.json"))


@pytest.mark.parametrize("name", sorted(path.stem for path in BROKEN.glob("*.yaml")))
def test_a_wrong_file_is_refused_at_its_line(name):
    with pytest.raises(SuiteBroken) as refused:
        load(f"{name}.yaml", (BROKEN / f"{name}.yaml").read_bytes())
    line, text = TOLD[name]
    finding = refused.value.findings[0]
    assert text in finding.text
    assert finding.line == line
    assert refused.value.file == f"{name}.yaml"
    assert finding.advice


def test_what_is_allowed_is_said():
    with pytest.raises(SuiteBroken) as refused:
        load("kind.yaml", (BROKEN / "kind.yaml").read_bytes())
    (finding,) = refused.value.findings
    assert finding.advice == "Допустимы: «mandatory», «optional», «conditional»."
    assert finding.path == "/kind"


def test_every_finding_of_the_schema_is_told_at_once():
    text = (FOUR / "BR-01.yaml").read_bytes().replace(b"30m", b"soon").replace(b"client", b"both")
    with pytest.raises(SuiteBroken) as refused:
        load("x.yaml", text)
    assert [finding.path for finding in refused.value.findings] == ["/steps[1]/within", "/sut"]


def test_scalars_stay_strings():
    source = read("x.yaml", b"a: NO\nb: 3.10\nc: 12:30\nd: 010\ne: ~\nf: 2026-03-02\n")
    assert source.data == {
        "a": "NO",
        "b": "3.10",
        "c": "12:30",
        "d": "010",
        "e": "~",
        "f": "2026-03-02",
    }


def test_a_file_that_is_too_large_is_not_read():
    with pytest.raises(SuiteBroken, match="больше"):
        read("x.yaml", b"a" * (MOST_BYTES + 1))


@pytest.mark.parametrize("octets", [b"\xff\xfe", b"a: \x00", b"a: \x1b[0m"])
def test_octets_that_are_no_text_are_refused(octets):
    with pytest.raises(SuiteBroken):
        read("x.yaml", octets)


def test_very_many_elements_are_refused():
    with pytest.raises(SuiteBroken, match="элементов"):
        read("x.yaml", b"[" + b"a, " * 15_000 + b"a]")
