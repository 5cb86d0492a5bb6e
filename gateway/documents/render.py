"""A document in the format somebody asks for (D, general; NFR-08)."""

from pathlib import Path

from gateway.documents.form import FileFormat, Form, Identity
from gateway.documents.forms.protocols import TestProtocol
from gateway.documents.pdf import to_pdf
from gateway.documents.word import to_docx
from gateway.documents.xml import to_xml


def render(
    form: Form, identity: Identity, file_format: FileFormat, templates: Path | None = None
) -> bytes:
    """Return the file of a document: for the same facts and templates always the same bytes.

    `templates` is a folder whose files replace the hub's own (HUB_TEMPLATES). Facts that the
    schema refuses raise DocumentInvalid whatever the format, a bad template TemplateBroken.
    """
    as_xml = to_xml(form, identity)
    match file_format:
        case FileFormat.XML:
            return as_xml
        case FileFormat.DOCX:
            return to_docx(form, identity, templates)
        case FileFormat.PDF:
            attached = as_xml if isinstance(form, TestProtocol) else None
            return to_pdf(form, identity, attached, templates)
