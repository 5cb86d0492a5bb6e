"""PDF by typst: PDF/A-2b, or PDF/A-3b with the document's XML inside.

Facts reach typst as JSON in `sys.inputs`, never as source, so that `#panic("x")` stays a text.
"""

import json
import threading
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Literal

import typst

from gateway.documents import templates
from gateway.documents.errors import TemplateBroken
from gateway.documents.form import Form, Identity
from gateway.documents.prints import Print
from gateway.documents.report import TEMPLATE, ReportSheet, as_facts
from gateway.documents.view import view, view_of

_MAIN = '#import "@uzel/form:1.0.0": bind\n#show: bind\n#include "/{name}"\n'
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""PDF/A wants a moment of creation; a document without a date gets one that nobody believes."""
_REMOTE = b"@preview/"

_Standard = Literal["a-2b", "a-3b"]

_local = threading.local()


def to_pdf(
    form: Form, identity: Identity, attached: bytes | None = None, folder: Path | None = None
) -> bytes:
    """Return the document as PDF, the same bytes every time; `attached` is its XML.

    A template that does not compile raises TemplateBroken.
    """
    return _document(form, identity, attached, folder, picture=False)[0]


def to_pictures(form: Form, identity: Identity, folder: Path | None = None) -> list[bytes]:
    """Return the pages as PNG, for a preview."""
    return _document(form, identity, None, folder, picture=True)


def print_pdf(sheet: Print, folder: Path | None = None) -> bytes:
    """Return a print form as PDF; raise TemplateBroken."""
    template = templates.print_template(sheet.code, folder)
    given = {
        "data": json.dumps(view_of(sheet), ensure_ascii=False),
        "title": f"{sheet.heading}, {sheet.day:%d.%m.%Y}",
        "document": sheet.code,
    }
    moment = sheet.printed_at or datetime.combine(sheet.day, time(), UTC)
    return _compile(template, given, moment, "a-2b")[0]


def _document(
    form: Form, identity: Identity, attached: bytes | None, folder: Path | None, *, picture: bool
) -> list[bytes]:
    template = templates.typst_template(form.doc_type, folder)
    given = _inputs(form, identity) | (
        {"xml": attached.decode(), "attachment": f"{form.doc_type.value}.xml"} if attached else {}
    )
    standard: _Standard | None = None if picture else "a-3b" if attached else "a-2b"
    return _compile(template, given, _moment(identity), standard)


def _compile(
    template: Path, given: dict[str, str], moment: datetime, standard: _Standard | None
) -> list[bytes]:
    """Return the pages as pictures, or as one PDF of an archive's `standard`."""
    _check_local(template)
    try:
        made = _compiler().compile(
            input=_MAIN.format(name=template.name).encode(),
            root=template.parent,
            format="pdf" if standard else "png",
            sys_inputs=given,
            pdf_standards=[standard] if standard else [],
            timestamp=moment.replace(microsecond=0),  # a PDF knows no smaller part
        )
    except typst.TypstError as error:
        raise TemplateBroken(template.name, str(error.message)) from error
    return made if isinstance(made, list) else [made or b""]


def _check_local(template: Path) -> None:
    if _REMOTE in template.read_bytes():
        raise TemplateBroken(template.name, "пакеты из сети узел не загружает")


def _inputs(form: Form, identity: Identity) -> dict[str, str]:
    number = f" № {identity.number}" if identity.number else ""
    return {
        "data": json.dumps(view(form, identity), ensure_ascii=False),
        "title": form.doc_type.title + number,
        "document": str(identity.document_id),
    }


def _moment(identity: Identity) -> datetime:
    if identity.date is None:
        return _UNDATED
    return datetime.combine(identity.date, time(), UTC)


def report_pdf(sheet: ReportSheet, folder: Path | None = None) -> bytes:
    """Return a report as PDF, the same bytes for the same facts; raise TemplateBroken."""
    given = {
        "data": json.dumps(as_facts(sheet), ensure_ascii=False),
        "title": sheet.title,
        "document": str(sheet.document_id),
    }
    moment = sheet.moment or datetime.combine(sheet.day, time(), UTC)
    return _compile(templates.print_template(TEMPLATE, folder), given, moment, "a-2b")[0]


def _compiler() -> typst.Compiler:
    """Return this thread's compiler: reading the fonts costs more than an act does."""
    try:
        return _local.compiler  # type: ignore[no-any-return]
    except AttributeError:
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[templates.FONTS])
        _local.compiler = typst.Compiler(font_paths=fonts, package_path=templates.PACKAGES)
        return _local.compiler  # type: ignore[no-any-return]
