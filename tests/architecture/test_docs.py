"""The documents tell the truth: what they name exists, what they compute comes out so."""

import ast
import doctest
import importlib.util
import re
import shlex
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from gateway.cli import hub
from gateway.kernel.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / name / "README.md" for name in ("adapters", "scheduler", "wsdl", "xsd")),
    ]
)
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)\)")
MACHINE = re.compile(r"(?:^|[\s`\"'(=])(?:/(?:work|root|home|mnt|Users)/|\.\./shared|~/)")
TOP = ("adapters/", "bench/", "docs/", "gateway/", "registry/", "scheduler/", "tests/", "wsdl/")
MADE = {"bench/var"}
"""Folders that our commands make and git does not keep."""
PLACEHOLDER = re.compile(r"[<>{}*…]")
ELSEWHERE = {
    "HUB_CONFIG",  # names the file of the settings
    "HUB_KEY_PASSWORD",  # of `hub sign`, kept nowhere
    "HUB_TEST_POSTGRES",
    "HUB_PROOFS",
    "HUB_PROOF_LINES",
}

each_document = pytest.mark.parametrize(
    "path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix()
)


def fences(path: Path) -> Iterator[tuple[str, str]]:
    yield from FENCE.findall(path.read_text("utf-8"))


def spans(path: Path) -> Iterator[str]:
    yield from INLINE.findall(FENCE.sub("", path.read_text("utf-8")))


def command_lines(path: Path) -> Iterator[str]:
    for language, text in fences(path):
        if language in {"", "sh"}:
            yield from (line.strip() for line in text.splitlines())
    yield from spans(path)


def words_of(line: str) -> list[str]:
    """Split a shell line; a placeholder ends it, for nobody can type one."""
    try:
        words = shlex.split(line.partition("…")[0], comments=True)
    except ValueError:
        return []
    while words and re.fullmatch(r"[A-Z_]+=\S*", words[0]):
        del words[0]
    return words


def commands(path: Path, name: str) -> list[list[str]]:
    """Return the arguments of every call of `name`, whatever folder it is called from."""
    called = (words_of(line) for line in command_lines(path))
    return [words[1:] for words in called if words and words[0].rpartition("/")[2] == name]


@each_document
def test_no_document_names_a_place_of_somebodys_machine(path):
    assert MACHINE.findall(path.read_text("utf-8")) == []


@each_document
def test_every_link_leads_to_a_file(path):
    dead = [
        link for link in LINK.findall(path.read_text("utf-8")) if not (path.parent / link).exists()
    ]
    assert dead == []


@each_document
def test_every_named_file_of_the_project_exists(path):
    named = {
        span.partition(":")[0].rstrip("/")
        for span in spans(path)
        if span.startswith(TOP) and not PLACEHOLDER.search(span) and " " not in span
    }
    assert {name for name in named - MADE if not (ROOT / name).exists()} == set()


@each_document
def test_every_hub_command_can_be_typed(path):
    for words in commands(path, "hub"):
        assert hub_refuses(words) is None, words


@each_document
def test_every_make_target_exists(path):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for words in commands(path, "make"):
        assert {word for word in words if "=" not in word} <= targets, words


@each_document
def test_every_python_module_that_is_run_exists(path):
    for words in commands(path, "python") + commands(path, "python3"):
        if words[:1] == ["-m"] and words[1] != "venv":
            assert is_module(words[1]), words


@each_document
def test_every_test_that_is_run_exists(path):
    for words in commands(path, "pytest"):
        for word in words:
            assert not word.startswith("tests") or (ROOT / word).exists(), words


@each_document
def test_every_setting_is_known(path):
    known = {PREFIX + field.name.upper() for field in fields(Settings)} | ELSEWHERE
    assert set(re.findall(r"\bHUB_[A-Z_]*[A-Z]\b", path.read_text("utf-8"))) <= known


@each_document
def test_examples_come_out_as_shown(path):
    examples = "".join(text for language, text in fences(path) if language == "python")
    if ">>>" not in examples:
        ast.parse(examples)
        return
    test = doctest.DocTestParser().get_doctest(examples, {}, path.name, str(path), 0)
    told: list[str] = []
    failed, tried = doctest.DocTestRunner(verbose=False).run(test, out=told.append)
    assert tried
    assert failed == 0, "".join(told)


def test_every_setting_is_in_the_operators_table():
    text = (ROOT / "docs" / "operations" / "install.md").read_text("utf-8")
    settings = {
        PREFIX + field.name.upper() for field in fields(Settings) if field.name != "sources"
    }
    by_url = {name for name in settings if name.endswith("_DATABASE_URL")}
    missing = {name for name in settings - by_url if name not in text}
    missing |= {name for name in by_url if name.removeprefix(PREFIX).lower() not in text}
    assert missing == set()


@pytest.mark.parametrize(
    "line",
    [
        "hub jurnal list",
        "hub journal find",
        "hub reconcile --now",
        "hub participant credentials BANK1 --contour moon",
    ],
)
def test_a_wrong_hub_command_is_seen(line):
    assert hub_refuses(words_of(line)[1:]) is not None


def hub_refuses(words: list[str]) -> str | None:
    """Parse a command line as `hub` would, without running it; return what is wrong with it.

    A line that stops early names a command and is no call.
    """
    context = click.Context(hub, info_name="hub")
    command: click.Command = hub
    while isinstance(command, click.Group):
        if not words or words[0].startswith("-"):
            return None
        found = command.get_command(context, words[0])
        if found is None:
            return f"no command {words[0]}"
        command, words = found, words[1:]
    if not words:
        return None
    try:
        command.parse_args(click.Context(command, parent=context), list(words))
    except click.UsageError as error:
        named_file = isinstance(getattr(error, "param", None), click.Parameter) and isinstance(
            error.param.type, click.Path
        )
        return None if named_file else error.format_message()
    return None


def is_module(name: str) -> bool:
    """Tell whether `python -m name` finds something from the project's root."""
    top = name.partition(".")[0]
    if (ROOT / top).is_dir():
        path = ROOT / name.replace(".", "/")
        return path.with_suffix(".py").exists() or (path / "__main__.py").exists()
    return importlib.util.find_spec(top) is not None
