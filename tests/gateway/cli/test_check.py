from pathlib import Path

import pytest
from click.testing import CliRunner

from gateway.cli.check import check

MESSAGES = Path(__file__).parents[1] / "contracts" / "messages"


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(check, [str(part) for part in arguments])


def test_a_valid_file_ends_with_zero(run):
    result = run(MESSAGES / "registry_valid.xml")
    assert result.exit_code == 0
    assert "соответствует формату meals/payment-registry/1.0" in result.output


def test_a_broken_registry_ends_with_one_and_names_every_error(run):
    result = run(MESSAGES / "registry_many_errors.xml")
    assert result.exit_code == 1
    assert "ошибок 15" in result.output
    assert result.output.count("Место: строка") == 15
    assert result.output.count("Правило:") == 15
    assert result.output.count("Что сделать:") == 15


def test_a_format_that_is_not_published_is_a_wrong_call(run):
    result = run(MESSAGES / "registry_valid.xml", "--format", "meals/nothing/1.0")
    assert result.exit_code == 2
    assert "не опубликован" in result.output
