"""Templates in the package are those that the words of the forms make."""

import pytest

from gateway.documents import FORMS
from gateway.documents.drafting.__main__ import ROOT, drafts
from gateway.documents.drafting.blocks import Beside, Mark, Slot, Words, inlines
from gateway.documents.drafting.words import TEMPLATES


def test_every_form_has_its_words():
    assert TEMPLATES.keys() == FORMS.keys()


@pytest.fixture(scope="module")
def drafted():
    return drafts()


def test_templates_are_fresh(drafted):
    stale = [path for path, data in drafted.items() if (ROOT / path).read_bytes() != data]
    assert stale == []


def test_no_template_is_left_over(drafted):
    kept = {
        path.relative_to(ROOT).as_posix()
        for folder in ("typst", "docx")
        for path in (ROOT / folder).iterdir()
        if path.is_file()
    }
    assert kept == drafted.keys()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("№ {number|____} от", [Words("№ "), Slot("number", "____"), Words(" от")]),
        ("{party.name}", [Slot("party.name", "")]),
        ("оплата {[]options.payment}", [Words("оплата "), Mark("options.payment")]),
        ("{?bik:, БИК }{bik}", [Beside("bik", ", БИК "), Slot("bik", "")]),
        ("{a|[название ИС]}", [Slot("a", "[название ИС]")]),
    ],
)
def test_slots_are_found_in_a_text(text, parts):
    assert list(inlines(text)) == parts
