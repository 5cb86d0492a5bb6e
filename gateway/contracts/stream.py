"""Lines of a big XML file, validated and handed out one by one in bounded memory (SVC-00-12)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import IO

from lxml import etree

from gateway.contracts.catalog import Contract
from gateway.contracts.validate import MOST_FINDINGS, Trouble, window_troubles
from gateway.contracts.windows import LINES, Window, shell
from gateway.contracts.wording import shorten
from gateway.kernel.errors import Finding, TooLarge, ValidationError
from gateway.kernel.malformed import explain_doctype, explain_malformed, find_foreign_encoding
from gateway.kernel.xml import element_events, feed, has_doctype, line_of, make_pull_parser

_PIECE = 64 * 1024
LARGEST_ITEM = 1024 * 1024
"""Bytes in which one item, or what stands before the first, has to end."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read at most."""

    items: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Some items and what is wrong with them."""

    items: tuple[etree._Element, ...]
    troubles: tuple[Trouble, ...]


def stream_elements(
    source: IO[bytes], contract: Contract, root: str, item: str, *, max_items: int, max_bytes: int
) -> Iterator[etree._Element]:
    """Give every `item` of the document `root`, each validated before it is given.

    Both are tags; items are children of the root. An item lives until the next one is asked
    for. The encoding is UTF-8, or windows-1251 where the file declares it. Raise ValidationError
    with line, path and advice for a file that is malformed, has a DOCTYPE, another root, or
    breaks the schema, and TooLarge for more than `max_items` or `max_bytes`; items before the
    refused place may have been given already.
    """
    for batch in stream_batches(source, contract, root, item, Limits(max_items, max_bytes)):
        if batch.troubles:
            raise ValidationError(
                findings=tuple(t.finding() for t in batch.troubles[:MOST_FINDINGS]),
                truncated=len(batch.troubles) > MOST_FINDINGS,
            )
        yield from batch.items


def stream_batches(
    source: IO[bytes], contract: Contract, root: str, item: str, limits: Limits
) -> Iterator[Batch]:
    """Give the items in batches, with the errors of each batch rather than raising them."""
    reader = _Reader(root, item, limits.items)
    for piece in _pieces(source, root, limits.bytes):
        reader.feed(piece)
        while reader.has_window():
            yield _examine(contract, reader.take_window(), item)
    reader.close()
    yield _examine(contract, reader.take_rest(), item)


def peek_root(head: bytes) -> etree._Element | None:
    """Return the root of a document by its first bytes; None when they are not enough.

    Raise ValidationError for an encoding or a DOCTYPE that is not accepted and for bytes that
    are not XML. The element has its attributes; its children are not all there.
    """
    foreign = find_foreign_encoding(head[:256])
    if foreign is not None:
        raise ValidationError(findings=(foreign,))
    parser = make_pull_parser(("start",), None)
    try:
        feed(parser, head)
    except etree.XMLSyntaxError as error:
        raise ValidationError(findings=(explain_malformed(error),)) from error
    root = next((element for _, element in element_events(parser)), None)
    if root is not None and has_doctype(root):
        raise ValidationError(findings=(explain_doctype(),))
    return root


def _pieces(source: IO[bytes], root: str, most: int) -> Iterator[bytes]:
    piece = source.read(_PIECE)
    found = peek_root(piece)
    if found is not None and found.tag != root:
        raise _other_root(found, root)
    size = len(piece)
    yield piece
    while piece:
        if size > most:
            raise TooLarge(f"Файл больше допустимого размера: {most} байт.")
        piece = source.read(_PIECE)
        size += len(piece)
        yield piece


def _examine(contract: Contract, window: Window, item: str) -> Batch:
    return Batch(
        items=tuple(child for child in window.wide if child.tag == item),
        troubles=tuple(window_troubles(contract, window)),
    )


def _other_root(found: etree._Element, expected: str) -> ValidationError:
    name, foreign = etree.QName(expected), shorten(etree.QName(found).localname, 100)
    return ValidationError(
        findings=(
            Finding(
                f"Корневой элемент файла — {foreign}, а должен быть {name.localname}.",
                line=line_of(found),
                path=f"/{foreign}",
                rule="root",
                advice=f"Корневой элемент: {name.localname} из пространства имён {name.namespace}.",
            ),
        )
    )


class _Reader:
    """Takes finished items out of the tree that the parser is still building."""

    def __init__(self, root: str, item: str, max_items: int) -> None:
        self._root_tag = root
        self._item_tag = item
        self._max_items = max_items
        self._parser = make_pull_parser(("start", "end"), (root, item))
        self._root: etree._Element | None = None
        self._finished: list[etree._Element] = []
        self._head: list[etree._Element] | None = None
        self._taken: Counter[str] = Counter()
        self._items = 0
        self._unfinished_bytes = 0

    def feed(self, piece: bytes) -> None:
        """Parse some more."""
        try:
            feed(self._parser, piece)
        except etree.XMLSyntaxError as error:
            raise ValidationError(findings=(explain_malformed(error),)) from error
        self._unfinished_bytes += len(piece)
        self._note_events()
        if self._unfinished_bytes > LARGEST_ITEM:
            raise TooLarge(f"Один элемент файла больше {LARGEST_ITEM} байт.")

    def close(self) -> None:
        """See that the document has come to its end."""
        try:
            root = self._parser.close()
        except etree.XMLSyntaxError as error:
            raise ValidationError(findings=(explain_malformed(error),)) from error
        self._note_events()
        if self._root is None:
            raise _other_root(root, self._root_tag)

    def has_window(self) -> bool:
        """Tell whether a full window can be taken while the parser is still at work."""
        # It may yet append to the text that follows the item finished last.
        return len(self._finished) > LINES

    def take_window(self) -> Window:
        """Take the oldest items and whatever stands between them."""
        last = self._finished[LINES - 1]
        del self._finished[:LINES]
        return self._window(self._children()[: self._known_root().index(last) + 1], last=False)

    def take_rest(self) -> Window:
        """Take all that is left when the document has come to its end."""
        self._finished.clear()
        return self._window(self._children(), last=True)

    def _window(self, children: list[etree._Element], *, last: bool) -> Window:
        first = self._head is None
        if self._head is None:
            self._head = list(takewhile(lambda child: child.tag != self._item_tag, children))
            del children[: len(self._head)]
            for child in self._head:
                self._known_root().remove(child)
        wide = shell(self._known_root(), self._head)
        window = Window(wide, wide, tuple(wide), self._taken.copy(), first, last)
        self._taken.update(str(child.tag) for child in children)
        wide.extend(children)
        return window

    def _note_events(self) -> None:
        for event, element in element_events(self._parser):
            parent = element.getparent()
            if event == "start" and parent is None and element.tag == self._root_tag:
                self._root = element
                if has_doctype(element):
                    raise ValidationError(findings=(explain_doctype(),))
            elif event == "end" and parent is self._root and parent is not None:
                self._finished.append(element)
                self._unfinished_bytes = 0
                self._items += 1
                if self._items > self._max_items:
                    raise TooLarge(f"В файле больше строк, чем допустимо: {self._max_items}.")

    def _known_root(self) -> etree._Element:
        if self._root is None:
            raise RuntimeError("an item was finished before the root was seen")
        return self._root

    def _children(self) -> list[etree._Element]:
        return list(self._known_root())
