"""Where templates lie: in the package, or in a folder whose files come first.

An operator's file bears the code of its form: `ACT-EMP.typ`, `ACT-EMP.docx`. Whoever writes into
that folder is trusted like whoever installs the hub; the facts of a document are not, and never
become part of a template.
"""

from pathlib import Path

from gateway.documents.kinds import DocType

HOME = Path(__file__).parent
PACKAGES = HOME / "typst" / "packages"
FONTS = HOME / "fonts"


def typst_template(doc_type: DocType, folder: Path | None) -> Path:
    """Return the template of typst for a form."""
    return _find(f"{doc_type.value}.typ", folder, HOME / "typst")


def print_template(code: str, folder: Path | None) -> Path:
    """Return the template of typst for a print form."""
    return _find(f"{code}.typ", folder, HOME / "typst" / "prints")


def word_template(doc_type: DocType, folder: Path | None) -> Path:
    """Return the template of Word for a form."""
    return _find(f"{doc_type.value}.docx", folder, HOME / "docx")


def _find(name: str, folder: Path | None, ours: Path) -> Path:
    theirs = folder / name if folder else None
    return theirs if theirs is not None and theirs.is_file() else ours / name
