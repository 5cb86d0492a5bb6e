"""Tables for people: as wide as their terminal, and whole when written into a file or a pipe."""

import sys

from rich.console import Console
from rich.table import Table

PIPE_WIDTH = 240


def show(table: Table) -> None:
    """Print the table; square brackets in a cell are text, never markup."""
    width = None if sys.stdout.isatty() else PIPE_WIDTH
    Console(width=width, markup=False, emoji=False).print(table)
