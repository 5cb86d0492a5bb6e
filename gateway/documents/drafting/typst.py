"""Writes a form as a template of typst."""

import re
from collections.abc import Iterator, Sequence

from gateway.documents.drafting.blocks import (
    Beside,
    Centered,
    Each,
    Grid,
    Heading,
    Inline,
    Mark,
    Paragraph,
    Part,
    Right,
    Ruled,
    Slot,
    Table,
    Template,
    Title,
    When,
    Words,
    inlines,
)

_SPECIAL = re.compile(r"[\\#*_@$<>\[\]~`]|^[-+=/]|(?<=[-/])[-/]")


def source_of(template: Template) -> str:
    """Return the source of a template."""
    foot = _foot(template)
    options = [
        *(["landscape: true"] if template.landscape else []),
        *([f"size: {template.size}pt"]),
        *([f"foot: {foot}"] if foot else []),
        *(["fit: true"] if template.one_page else []),
        *(["analogy: true"] if template.by_analogy else []),
    ]
    lines = [
        '#import "@uzel/form:1.0.0": *',
        f"#show: sheet.with({', '.join(options)})",
        *(line for part in template.parts for line in _lines(part, frozenset())),
    ]
    return "\n\n".join(lines) + "\n"


def _foot(template: Template) -> str:
    if template.numbered:
        return "page-of(d.session)" if "{session}" in template.foot else "page-of(none)"
    if not template.foot:
        return ""
    return f"foot({_content(template.foot, frozenset(), 'slot')})"


def _lines(part: Part, names: frozenset[str]) -> Iterator[str]:
    match part:
        case Right(lines):
            yield f"#right-block({_several(lines, names)})"
        case Title(lines):
            yield f"#title({_several(lines, names)})"
        case Centered(text):
            yield f"#centered{_content(text, names)}"
        case Heading(text):
            yield f"#heading{_content(text, names)}"
        case Paragraph(text, plain, ragged):
            called = "plain" if plain else "ragged" if ragged else ""
            yield f"#{called}{_content(text, names)}" if called else _markup(text, names)
        case Grid():
            yield _grid(part, names)
        case Ruled(rows):
            cells = (f"  ({_several(row, names)})," for row in rows)
            yield "\n".join(["#ruled(", *cells, ")"])
        case Table():
            yield _table(part, names)
        case Each(source, name, parts, otherwise):
            inner = _inner(parts, names | {name})
            yield f"#for {name} in {_path(source, names)} [\n\n{inner}\n\n]"
            if otherwise:
                condition = f"{_path(source, names)}.len() == 0"
                yield f"#if {condition} [\n\n{_inner(otherwise, names)}\n\n]"
        case When(path, parts):
            yield f"#if has({_path(path, names)}) [\n\n{_inner(parts, names)}\n\n]"


def _inner(parts: Sequence[Part], names: frozenset[str]) -> str:
    return "\n\n".join(line for part in parts for line in _lines(part, names))


def _grid(grid: Grid, names: frozenset[str]) -> str:
    widths = ", ".join(f"{share}fr" for share in grid.shares)
    head = f"#beside(({widths}), roomy: true," if grid.roomy else f"#beside(({widths}),"
    return "\n".join([head, *(f"  {_cells(grid, row, names)}," for row in grid.rows), ")"])


def _cells(grid: Grid, row: Sequence[str], names: frozenset[str]) -> str:
    if not grid.sizes:
        return _several(row, names)
    return ", ".join(
        f"sized({size}pt, {_content(text, names)})"
        for size, text in zip(grid.sizes, row, strict=True)
    )


def _table(table: Table, names: frozenset[str]) -> str:
    inside = names | {"row"}
    widths = ", ".join(f"{column.width}fr" for column in table.columns)
    aligns = ", ".join("right" if column.number else "left" for column in table.columns[1:])
    heads = ", ".join(_content(column.head, names) for column in table.columns)
    cells = "\n".join(
        f"    {_content(column.text, inside, 'cell')}," for column in table.columns[1:]
    )
    return (
        f"#lined(({widths}), (center, {aligns}),\n  ({heads}), size: {table.size}pt,\n"
        f"  {_path(table.source, names)}.enumerate(start: 1).map(((index, row)) => (\n"
        f"    [#index],\n{cells}\n  )))"
    )


def _several(texts: Sequence[str], names: frozenset[str]) -> str:
    return ", ".join(_content(text, names) for text in texts)


def _content(text: str, names: frozenset[str], shown: str = "slot") -> str:
    return f"[{_markup(text, names, shown)}]"


def _markup(text: str, names: frozenset[str], shown: str = "slot") -> str:
    return "".join(_inline(item, names, shown) for item in inlines(text))


def _inline(item: Inline, names: frozenset[str], shown: str) -> str:
    match item:
        case Words(text):
            return _escape(text)
        case Slot(path, blank):
            held = _path(path, names)
            return f"#cell({held});" if shown == "cell" else f'#slot({held}, "{blank}");'
        case Mark(path):
            return f"#mark({_path(path, names)});"
        case Beside(path, text):
            return f"#if has({_path(path, names)}) [{_escape(text)}];"


def _escape(text: str) -> str:
    """Write words so that nothing in them is markup: no numbering, no links, no emphasis."""
    text = _SPECIAL.sub(lambda found: "\\" + found[0], text)
    text = re.sub(r"^(\d+)\.", r"\1\\.", text)
    return text.replace("\n", " \\\n")


def _path(path: str, names: frozenset[str]) -> str:
    return path if path.partition(".")[0] in names else f"d.{path}"
