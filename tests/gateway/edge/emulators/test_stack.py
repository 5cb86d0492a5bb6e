"""spyne is importable on every Python, and the standard library is as it was."""

import collections.abc
import importlib.util
import sys

import pytest

from gateway.edge.emulators import stack


def test_six_leaves_no_importer_behind():
    assert [f for f in sys.meta_path if type(f).__module__ == "spyne.util.six"] == []
    assert sum(isinstance(f, stack.MovedNames) for f in sys.meta_path) == 1


def test_a_module_of_the_library_keeps_its_own_spec():
    assert collections.abc.__spec__.loader is not None
    assert not isinstance(collections.abc.__spec__.loader, stack.MovedNames)


def test_moved_names_are_found_by_spec_as_python_3_12_asks():
    spec = stack.MovedNames().find_spec("spyne.util.six.moves.urllib.parse")
    assert spec is not None
    assert stack.MovedNames().find_spec("spyne.util.six.moves.nothing") is None
    assert stack.MovedNames().find_spec("json") is None


def test_a_missing_cgi_is_lent_for_the_import_only(monkeypatch):
    found = importlib.util.find_spec

    def without_cgi(name: str, *more):
        return None if name == "cgi" else found(name, *more)

    monkeypatch.setattr(importlib.util, "find_spec", without_cgi)
    monkeypatch.delitem(sys.modules, "cgi", raising=False)
    with stack.importable():
        lent = sys.modules["cgi"]
        assert lent.parse_header is stack.parse_header
    assert "cgi" not in sys.modules


@pytest.mark.parametrize(
    ("line", "value", "parameters"),
    [
        ("text/xml; charset=utf-8", "text/xml", {"charset": "utf-8"}),
        ('text/xml; charset="utf-8"; a=b', "text/xml", {"charset": "utf-8", "a": "b"}),
        ("text/xml", "text/xml", {}),
    ],
)
def test_a_header_is_taken_apart(line, value, parameters):
    assert stack.parse_header(line) == (value, parameters)
