"""Files on the command line, where `-` is the standard input."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import click

STANDARD = Path("-")
_PIECE = 1024 * 1024


class Unusable(click.ClickException):
    """What was given cannot be worked with; one line on stderr says why."""

    exit_code = 2


readable = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
existing = click.Path(exists=True, dir_okay=False, path_type=Path)


def read(file: Path) -> bytes:
    """Return all of a file."""
    return b"".join(pieces(file))


def pieces(file: Path) -> Iterator[bytes]:
    """Give a file piece by piece; the standard input can be read only once."""
    if file == STANDARD:
        yield from _pieces(sys.stdin.buffer)
        return
    with file.open("rb") as source:
        yield from _pieces(source)


def write(file: Path | None, octets: bytes) -> None:
    """Write a file, or the standard output when there is none."""
    if file is None:
        output = sys.stdout.buffer
        output.write(octets)
        output.flush()
    else:
        file.write_bytes(octets)


def write_new(file: Path, octets: bytes, *, force: bool) -> None:
    """Write a file that is not there yet, or with `force` over one that is."""
    try:
        with file.open("wb" if force else "xb") as target:
            target.write(octets)
    except FileExistsError:
        raise Unusable(f"файл уже есть: {file}; записать поверх: --force") from None
    except OSError as error:
        raise Unusable(f"файл не пишется: {error}") from error


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    while piece := source.read(_PIECE):
        yield piece
