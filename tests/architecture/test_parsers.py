"""Dangerous defaults of XML parsers are switched off in one module; nobody goes around it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOME = ROOT / "gateway" / "kernel" / "xml.py"
MAKERS = {
    "XMLParser",
    "XMLPullParser",
    "ETCompatXMLParser",
    "HTMLParser",
    "HTMLPullParser",
    "iterparse",
    "set_default_parser",
}
READERS = {"fromstring", "fromstringlist", "parse", "XML", "XMLID", "XMLDTDID", "parseid", "HTML"}
HARMLESS = "xml.sax.saxutils"
FOREIGN = ("xml.etree", "xml.dom", "xml.sax", "xml.parsers", "lxml.html", "lxml.objectify")
SOURCES = sorted(
    path
    for package in ("gateway", "adapters", "registry", "scheduler")
    for path in (ROOT / package).rglob("*.py")
    if path != HOME
)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_makes_a_parser_of_its_own(path):
    assert list(offences(ast.parse(path.read_text("utf-8")))) == []


@pytest.mark.parametrize(
    "source",
    [
        "from lxml import etree\netree.XMLParser()",
        "from lxml import etree as x\nx.iterparse(f)",
        "from lxml.etree import XMLPullParser",
        "from lxml import etree\netree.fromstring(data)",
        "from lxml import etree\netree.parse(path)",
        "import xml.etree.ElementTree as ET",
        "from xml.dom import minidom",
    ],
)
def test_the_rule_sees(source):
    assert list(offences(ast.parse(source)))


def offences(tree: ast.AST) -> Iterator[str]:
    aliases = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "lxml"
        for alias in node.names
    } | {"etree"}
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (n.name for n in names if n.name.startswith(FOREIGN))
            case ast.ImportFrom(module=str() as module, names=names):
                if module != HARMLESS:
                    yield from (n.name for n in names if f"{module}.{n.name}".startswith(FOREIGN))
                if module == "lxml.etree":
                    yield from (n.name for n in names if n.name in MAKERS | READERS)
            case ast.Attribute(value=ast.Name(id=owner), attr=attr) if owner in aliases:
                if attr in MAKERS:
                    yield f"{owner}.{attr} at line {node.lineno}"
            case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=attr)) as call:
                named = any(k.arg == "parser" for k in call.keywords)
                if owner in aliases and attr in READERS and len(call.args) < 2 and not named:
                    yield f"{owner}.{attr} without a parser at line {call.lineno}"
