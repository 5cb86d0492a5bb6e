"""Forms of services at work: compiled once per process and kept while they are asked for."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, replace

from lxml import etree

from gateway.contracts import validate
from gateway.contracts.schema import Schema
from gateway.contracts.vocabulary import Vocabulary
from gateway.contracts.wording import HIDDEN
from gateway.kernel.errors import Finding
from gateway.kernel.malformed import explain_malformed
from gateway.kernel.xml import has_doctype, line_of, parser
from gateway.storage.database import Database, Transaction
from registry.portal_services import repository
from registry.portal_services.errors import PortalServiceUnknown
from registry.portal_services.schemas import Compiled, compile_form
from registry.portal_services.values import FormVersion

MOST_COMPILED = 200
"""Forms that a process keeps compiled, those asked for last."""


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One version of a service's form, ready to examine the data of an application."""

    version: FormVersion
    compiled: Compiled

    @property
    def namespace(self) -> str:
        """The form's own namespace."""
        return self.compiled.namespace

    @property
    def schema(self) -> Schema:
        """What says yes or no."""
        return self.compiled.schema

    @property
    def vocabulary(self) -> Vocabulary:
        """What its schemas call things."""
        return self.compiled.vocabulary

    def errors(self, data: etree._Element | bytes) -> tuple[Finding, ...]:
        """Return what is wrong with the content of `formData`, at most 50 errors; none if valid.

        Give the element that stands in `formData`, in the tree as it was received, or its bytes.
        Values are never shown: whatever an applicant writes may be personal data (SEC-10).
        """
        element = _parse(data) if isinstance(data, bytes) else data
        if isinstance(element, Finding):
            return (element,)
        if element.tag not in self.compiled.roots:
            return (_foreign(element, self.compiled),)
        if self.schema.accepts(element):
            return ()
        found, _ = validate.findings(self, element)
        hidden = tuple(one if one.value is None else replace(one, value=HIDDEN) for one in found)
        # Examined some hundred lines at a time, a form loses sight of rules about all of them.
        return hidden or (_undefined(element),)


class FormShelf:
    """Compiled forms by the digest of their documents; safe to use from many threads."""

    def __init__(self, registry: Database, limit: int = MOST_COMPILED) -> None:
        """Keep at most `limit` forms; the one asked for longest ago gives way."""
        self._registry = registry
        self._limit = limit
        self._lock = threading.Lock()
        self._kept: OrderedDict[bytes, Compiled] = OrderedDict()

    def form(self, version: FormVersion) -> Form:
        """Return a form; its schemas are read and compiled if they are not at hand."""
        with self._lock:
            compiled = self._kept.get(version.digest)
            if compiled is not None:
                self._kept.move_to_end(version.digest)
                return Form(version, compiled)
        with self._registry.reading() as transaction:
            documents = repository.read_documents(transaction, version.digest)
        compiled = compile_form(documents)
        with self._lock:
            self._kept[version.digest] = compiled
            while len(self._kept) > self._limit:
                self._kept.popitem(last=False)
        return Form(version, compiled)


def form_of(transaction: Transaction, code: str, version: str) -> Form:
    """Return a form that was uploaded, whenever it serves; raise PortalServiceUnknown."""
    for found in repository.forms(transaction, code):
        if found.version == version:
            documents = repository.read_documents(transaction, found.digest)
            return Form(found, compile_form(documents))
    raise PortalServiceUnknown(f"Формы {version[:10]} у услуги {code[:50]} нет.")


def _parse(data: bytes) -> etree._Element | Finding:
    try:
        element = etree.fromstring(data, parser())
    except etree.XMLSyntaxError as error:
        return explain_malformed(error)
    if has_doctype(element):
        return Finding("В данных формы есть DOCTYPE.", rule="doctype", advice="Уберите DOCTYPE.")
    return element


def _foreign(element: etree._Element, compiled: Compiled) -> Finding:
    name = etree.QName(element)
    names = ", ".join(sorted(etree.QName(tag).localname for tag in compiled.roots))
    return Finding(
        f"Корневой элемент {name.localname[:100]} не принадлежит форме услуги.",
        line=line_of(element),
        path=f"/{name.localname[:100]}",
        rule="root",
        advice=f"Ожидается {names} в пространстве имён {compiled.namespace}."[:1000],
    )


def _undefined(element: etree._Element) -> Finding:
    return Finding(
        "Данные формы не соответствуют схеме: нарушено правило, общее для многих строк.",
        line=line_of(element),
        path=f"/{etree.QName(element).localname}",
        rule="schema",
        advice="Проверьте уникальность и ссылки между строками формы.",
    )
