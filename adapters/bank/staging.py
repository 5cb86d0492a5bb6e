"""The lines of a submitted registry, read again from the journal or from its file, in batches."""

import io
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from itertools import islice
from typing import IO

from lxml import etree

from adapters.bank.booking import Line
from adapters.bank.messages import RegistryLineType
from adapters.bank.repository.registries import PaymentRegistry
from gateway.adapter import JobContext
from gateway.contracts.catalog import load_catalog
from gateway.contracts.codec import item_decoder
from gateway.contracts.stream import stream_elements
from gateway.security.canonical import canonical
from gateway.soap.archive import open_registry_file

CONTRACT = "meals/payment-registry/1.0"
LARGEST_LINE_BYTES = 2048
"""How much XML the declared lines may take on average, with comments and spaces."""
_FREE_BYTES = 1024 * 1024


class Lines:
    """The lines of one registry in their order, opened once and taken piece by piece."""

    def __init__(self, context: JobContext, lines: Iterator[Line], opened: ExitStack) -> None:
        """Give out `lines`; `opened` is closed with them."""
        self.context = context
        self.taken = 0
        self._lines = lines
        self._opened = opened

    def take(self, count: int) -> list[Line]:
        """Return the next `count` lines, fewer at the end.

        Raises ValidationError, TooLarge and their kin for a file that is not what it must be.
        """
        lines = list(islice(self._lines, count))
        self.taken += len(lines)
        return lines

    def close(self) -> None:
        """Let the file go."""
        self._opened.close()


def open_lines(context: JobContext, registry: PaymentRegistry) -> Lines:
    """Open the lines of a registry after those that are staged already."""
    short = _is_short(context, registry)
    lines = _of_message(context, registry) if short else _streamed(context, registry)
    lines.take(registry.staged)
    return lines


def _is_short(context: JobContext, registry: PaymentRegistry) -> bool:
    """Tell whether the lines came in the message itself and are taken at one go."""
    return registry.file_sha256 is None and registry.line_count < context.rules.batch_lines


def _of_message(context: JobContext, registry: PaymentRegistry) -> Lines:
    """Take the lines out of a message as it stands: it was valid when it was accepted."""
    elements = context.payload(registry.entry).iterchildren(_tag("line"))
    return Lines(context, map(_line, elements), ExitStack())


def _streamed(context: JobContext, registry: PaymentRegistry) -> Lines:
    """Open a stream of lines, each validated before it is given: a file was never looked into."""
    most_bytes = _FREE_BYTES + registry.line_count * LARGEST_LINE_BYTES
    with ExitStack() as stack:
        source, root = _open(context, registry, most_bytes, stack)
        elements = stream_elements(
            source,
            _catalog().contract(CONTRACT),
            _tag(root),
            _tag("line"),
            max_items=max(context.rules.max_file_lines, context.rules.max_inline_lines),
            max_bytes=most_bytes,
        )
        return Lines(context, map(_line, elements), stack.pop_all())


def _open(
    context: JobContext, registry: PaymentRegistry, most_bytes: int, stack: ExitStack
) -> tuple[IO[bytes], str]:
    """Return the XML that holds the lines, and its root."""
    if registry.file_sha256 is None:
        octets = canonical(context.payload(registry.entry))
        return io.BytesIO(octets), "SubmitRegistryRequest"
    kept = stack.enter_context(context.open_attachment(registry.file_sha256))
    plain = stack.enter_context(open_registry_file(kept, max_bytes=most_bytes))
    return plain, "PaymentRegistryFile"


_catalog = cache(load_catalog)


@cache
def _tag(name: str) -> str:
    return f"{{{_catalog().contract(CONTRACT).namespace}}}{name}"


_decode = item_decoder(RegistryLineType)


def _line(element: etree._Element) -> Line:
    line = _decode(element)
    return Line(
        line.line_no,
        line.bank_payment_id,
        line.account,
        line.amount,
        line.commission,
        line.payment_time,
        line.channel.value,
        line.terminal_id,
        line.status.value,
    )
