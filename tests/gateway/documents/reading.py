"""What a reader finds in a file: words without the accidents of lines, pages and columns."""

import os
import re
import shutil
import subprocess
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn


def pdf_text(data: bytes, *, body: bool = False) -> str:
    """Return the text of a PDF; with `body` without the foot of the pages."""
    # Feet stand below all margins; a box of a whole sheet that ends above them leaves them out.
    box = ["-x", "0", "-y", "0", "-W", "900", "-H", str(_height(data) - 48)] if body else []
    done = subprocess.run(
        [poppler("pdftotext"), "-raw", *box, "-", "-"], input=data, capture_output=True, check=True
    )
    # A word parted at the end of a line has a soft hyphen there.
    return done.stdout.decode().replace("\u00ad\n", "").replace("\u00ad", "")


def poppler(name: str) -> str:
    """Return a tool of poppler-utils; without it the test is skipped, under CI it fails."""
    tool = shutil.which(name)
    if tool is None:
        if os.environ.get("CI"):
            pytest.fail(f"{name} is missing")
        pytest.skip(f"{name} (poppler-utils) is missing")
    return tool


def _height(data: bytes) -> int:
    found = re.search(rb"/MediaBox\s*\[0 0 [\d.]+ ([\d.]+)\]", data)
    assert found
    return int(float(found[1]))


def docx_text(data: bytes) -> str:
    """Return the text of the body of a DOCX in the order in which it stands."""
    body = Document(BytesIO(data)).element.body
    lines = []
    for paragraph in body.iter(qn("w:p")):
        parts = [
            "\n" if piece.tag == qn("w:br") else piece.text or ""
            for piece in paragraph.iter(qn("w:t"), qn("w:br"))
        ]
        lines.append("".join(parts))
    return "\n".join(lines)


def spaced_once(text: str) -> str:
    """Return the words with one space between them."""
    return re.sub(r"\s+", " ", text).strip()


def unspaced(text: str) -> str:
    """Return the text without spaces: an identifier may be parted at the end of a line."""
    return re.sub(r"\s+", "", text)
