"""`hub settings` shows what is in force, and no secret."""

from types import SimpleNamespace

from click.testing import CliRunner

from gateway.cli.settings import settings
from gateway.kernel.settings import load


def test_the_password_of_the_relay_is_not_shown():
    loaded = load({"HUB_SMTP_LOGIN": "uzel", "HUB_SMTP_PASSWORD": "тайна"})

    shown = CliRunner().invoke(settings, obj=SimpleNamespace(settings=loaded)).output

    assert "тайна" not in shown
    assert "uzel" in shown
