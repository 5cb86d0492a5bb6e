"""DOCX by docxtpl: a document to edit and to sign on paper."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import XMLSyntaxError
from markupsafe import Markup, escape

from gateway.documents import templates
from gateway.documents.archive import rezip
from gateway.documents.errors import TemplateBroken
from gateway.documents.form import Form, Identity
from gateway.documents.view import view


def to_docx(form: Form, identity: Identity, folder: Path | None = None) -> bytes:
    """Return the document for Word, the same bytes every time.

    A template that cannot be filled in raises TemplateBroken.
    """
    path = templates.word_template(form.doc_type, folder)
    made = BytesIO()
    try:
        template = DocxTemplate(path)
        template.render(dict(view(form, identity)), _environment(), autoescape=True)
        template.save(made)
    except (TemplateError, XMLSyntaxError, PackageNotFoundError, BadZipFile) as error:
        raise TemplateBroken(path.name, str(error)) from error
    return rezip(made.getvalue())


def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(undefined=StrictUndefined, finalize=_shown, autoescape=True)
    environment.filters |= {"slot": _slot, "mark": _mark}
    return environment


def _slot(value: str | Sequence[str] | None, blank: str = "") -> Markup:
    """Show a fact or the blank line of the form; a list goes with semicolons."""
    told = value if isinstance(value, str) or value is None else "; ".join(value)
    return _shown(told or blank)


def _mark(value: str | None) -> str:
    return "☒" if value == "да" else "☐"


def _shown(value: object) -> Markup:
    """Escape a text; docxtpl looks for braces of its own in what is already filled in."""
    told = escape("" if value is None else value)
    return told.replace("{", Markup("&#123;")).replace("}", Markup("&#125;"))
