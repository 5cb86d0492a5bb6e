import hashlib
import shutil
from pathlib import Path

import pytest

from gateway.conformance.errors import StandBroken, SuiteBroken
from gateway.conformance.language import template
from gateway.conformance.language.suite import demonstration, load_suite, shipped

FOUR = Path(__file__).parents[1] / "suites" / "four"


@pytest.fixture
def folder(tmp_path):
    """The four cases, to be spoilt."""
    return Path(shutil.copytree(FOUR, tmp_path / "four"))


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), "utf-8")


UNLISTED = (
    "meals/admin/",
    "meals/class-request/",
    "meals/order/",
    "portal/event-sink/",
    "portal/ppu/",
    "registry/",
    "school/",
    "support/",
    "test/",
)
"""Services that E5 lists no suite for, only what SUITE-13 asks of every one."""


def test_suites_for_every_service_are_shipped(catalog):
    suites = {name: load_suite(home, catalog) for name, home in shipped().items()}
    assert {suite.code for suite in suites.values()} == {
        "SUITE-01",
        "SUITE-02",
        "SUITE-04",
        "SUITE-05",
        "SUITE-06",
        "SUITE-07",
        "SUITE-13",
    }
    assert {suite.format for suite in suites.values()} == {
        "*",
        *(contract.name for contract in catalog if not contract.name.startswith(UNLISTED)),
    }
    assert all(name == suite.plan for name, suite in suites.items())
    assert all(case.kind.value == "mandatory" for suite in suites.values() for case in suite.cases)


@pytest.mark.parametrize(
    ("plan", "called"),
    [
        ("bank-online", ("meals/bank-payment/1.0",)),
        ("portal-application", ("portal/events/1.0",)),
        ("portal-events", ("portal/events/1.0",)),
        ("common-transport", ()),
    ],
)
def test_a_plan_says_what_the_participant_calls_by_it(catalog, plan, called):
    """A department is called by portal/application and has no right to call it itself."""
    assert load_suite(shipped()[plan], catalog).called == called


def test_the_short_suite_of_a_demo_is_not_among_them(catalog):
    [(name, home)] = demonstration().items()
    suite = load_suite(home, catalog)

    assert (name, suite.code) == ("bank-demonstration", "SUITE-90")
    assert name not in shipped()
    assert suite.title.startswith("Демонстрация")
    assert not [
        step for case in suite.cases for step in case.steps if getattr(step, "absent", False)
    ]


def test_a_digest_is_what_sha256sum_says_of_the_files(suite):
    for line in suite.manifest.splitlines():
        digest, name = line.split("  ")
        if not name.startswith(("wsdl/", "xsd/")):
            assert digest == hashlib.sha256((FOUR / name).read_bytes()).hexdigest()
    assert any("  xsd/hub/" in line for line in suite.manifest.splitlines())
    assert suite.digest == hashlib.sha256(suite.manifest.encode()).hexdigest()


@pytest.mark.parametrize("name", ["plan.yaml", "cases/BR-02.yaml", "samples/wrong.xml"])
def test_any_change_is_another_plan(folder, catalog, suite, name):
    with (folder / name).open("a") as file:
        file.write("\n")
    assert load_suite(folder, catalog).digest != suite.digest


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("plan.yaml", ", BR-03, PU-01]", ", PU-01]", "R-14 не проверяет ни один сценарий"),
        ("plan.yaml", "R-31, text", "R-12, text", "R-12 названо дважды"),
        ("plan.yaml", ", not_tested: организационное требование", "", "R-40 не проверяет"),
        ("plan.yaml", "[BR-01, BR-02,", "[BR-02, BR-01,", "needs BR-01 должен стоять раньше"),
        ("plan.yaml", 'format: "*"', "format: meals/moon/1.0", "не опубликован"),
        ("cases/BR-01.yaml", "verifies: [R-12]", "verifies: [R-12, R-99]", "требования R-99 нет"),
        ("cases/BR-01.yaml", "registry/1.0", "moon/1.0", "не опубликован"),
        ("cases/BR-01.yaml", "case: BR-01", "case: BR-07", "Файл назван BR-01"),
        ("cases/BR-02.yaml", "$BR-01.reg.reply", "$BR-03.bad.reply", "ведёт не к шагу"),
        ("cases/BR-03.yaml", "samples/wrong.xml", "samples/right.xml", "образца samples/right.xml"),
        ("cases/BR-03.yaml", ', total: "600.29"', "", "разные столбцы"),
        ("cases/PU-01.yaml", "when: $param.intake_url", "when: $param.moon", "«moon» в плане нет"),
        ("cases/PU-01.yaml", "id: second", "id: first", "Имя «first» занято"),
        ("samples/wrong.xml", "{{ number }}", "{{ number", "Образец не читается"),
    ],
)
def test_what_does_not_fit_together_is_refused(folder, catalog, name, old, new, told):
    spoil(folder, name, old, new)
    with pytest.raises(SuiteBroken, match=told) as refused:
        load_suite(folder, catalog)
    assert refused.value.findings


def test_a_case_that_is_in_no_plan_is_refused(folder, catalog):
    shutil.copy(folder / "cases/BR-01.yaml", folder / "cases/BR-77.yaml")
    with pytest.raises(SuiteBroken, match="BR-77"):
        load_suite(folder, catalog)


def test_a_sample_that_nobody_names_is_refused(folder, catalog):
    (folder / "samples/extra.xml").write_text("<a/>")
    with pytest.raises(SuiteBroken, match=r"samples/extra\.xml"):
        load_suite(folder, catalog)


def test_a_missing_case_is_named(folder, catalog):
    (folder / "cases/BR-02.yaml").unlink()
    with pytest.raises(SuiteBroken, match=r"cases/BR-02\.yaml: Такого файла нет"):
        load_suite(folder, catalog)


def test_variables_are_drawn_once_from_what_is_given(session):
    first = session.begin("PU-01")
    assert first.values == {
        "app_id": "00000000-0000-0000-0000-000000000001",
        "applicant": "Испытательный Проба",
    }
    assert session.begin("PU-01").number == 2


def test_values_are_escaped_in_a_sample():
    assert template.render(b"<a>{{ x }}</a>", {"x": "<b>&"}, {}, {}) == b"<a>&lt;b&gt;&amp;</a>"


@pytest.mark.parametrize(
    "text",
    [
        "{{ nobody }}",
        "{{ x.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{% for i in range(10 ** 9) %}x{% endfor %}",
    ],
)
def test_a_sample_computes_nothing_but_what_it_is_given(text):
    with pytest.raises(StandBroken):
        template.render(text.encode(), {"x": "1"}, {}, {})
