"""Every refusal carries what its three readers need: a code, a Russian sentence, what to do."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

from gateway.kernel.errors import GatewayError

PACKAGES = ("gateway", "adapters", "registry", "scheduler")
CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
RUSSIAN = re.compile(r"[А-ЯЁA-Z].*[а-яё].*\.")


def descendants(root: type[GatewayError]) -> Iterator[type[GatewayError]]:
    yield root
    for child in root.__subclasses__():
        yield from descendants(child)


def all_errors() -> list[type[GatewayError]]:
    for name in PACKAGES:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            importlib.import_module(module.name)
    found = {error for error in descendants(GatewayError) if error.__module__.startswith(PACKAGES)}
    return sorted(found, key=lambda error: (error.__module__, error.__qualname__))


def family(error: type[GatewayError]) -> str:
    """`adapters.bank`, `gateway.soap`: those who may agree on a code among themselves."""
    return ".".join(error.__module__.split(".")[:2])


ERRORS = all_errors()
each_error = pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__qualname__)


@each_error
def test_code_is_an_upper_snake_word_for_machines(error):
    assert CODE.fullmatch(error.code)


@each_error
def test_sentence_and_action_are_russian_for_people(error):
    assert RUSSIAN.fullmatch(error.message)
    assert RUSSIAN.fullmatch(error.action)


@each_error
def test_docstring_tells_the_programmer_when_it_is_raised(error):
    assert (error.__dict__.get("__doc__") or "").strip().endswith((".", ")", "`"))


def test_one_code_means_one_reaction():
    reactions: dict[str, set[bool]] = {}
    for error in ERRORS:
        reactions.setdefault(error.code, set()).add(error.retryable)
    # The root is nobody's refusal; `Internal` is what leaves the hub under that code.
    reactions[GatewayError.code].discard(GatewayError.retryable)
    assert {code for code, retryable in reactions.items() if len(retryable) > 1} == set()


def test_a_slice_uses_a_code_of_others_only_by_inheriting_it():
    borrowed = [
        (error.__qualname__, other.__qualname__)
        for error in ERRORS
        for other in ERRORS
        if error.code == other.code
        and family(error).startswith("adapters.")
        and family(error) != family(other)
        and not issubclass(error, other)
        and not issubclass(other, error)
    ]
    assert borrowed == []


def test_the_walk_has_found_errors_of_every_part():
    assert {error.__module__.partition(".")[0] for error in ERRORS} >= {
        "gateway",
        "adapters",
        "registry",
    }
