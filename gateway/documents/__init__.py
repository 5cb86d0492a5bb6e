"""Documents of connection: what they say, and how they look in XML, PDF and DOCX (section D).

`render` makes a file of a form. Numbers in their order, states, signatures and storage belong to
the participant registry.
"""

from gateway.documents.errors import DocumentInvalid, TemplateBroken
from gateway.documents.form import FileFormat, Form, Identity
from gateway.documents.forms import FORMS
from gateway.documents.kinds import DocType, number_of
from gateway.documents.render import render
from gateway.documents.xml import from_xml, to_xml

__all__ = [
    "FORMS",
    "DocType",
    "DocumentInvalid",
    "FileFormat",
    "Form",
    "Identity",
    "TemplateBroken",
    "from_xml",
    "number_of",
    "render",
    "to_xml",
]
