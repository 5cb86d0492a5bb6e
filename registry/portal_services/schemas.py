"""Schema documents of a form: what may be uploaded, and what is made of it.

A form explains itself: everything it refers to is uploaded with it, nothing is fetched, and no
document has a DOCTYPE (libxml2 reads what a schema includes with entities switched on).
"""

import hashlib
import posixpath
import re
import shutil
import tempfile
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from gateway.contracts.errors import ContractBroken
from gateway.contracts.schema import Schema
from gateway.contracts.vocabulary import XS, Vocabulary, read_vocabulary
from gateway.kernel.malformed import explain_malformed
from gateway.kernel.xml import has_doctype, line_of, make_parser
from registry.portal_services.errors import PortalFormBroken

MOST_DOCUMENTS = 50
MOST_BYTES = 1024 * 1024
"""Of all documents of a form together."""
MOST_OCCURRENCES = 100_000
"""libxml2 builds an automaton of what is counted; «unbounded» costs nothing."""

MOST_IN_A_TYPE = 300
"""Elements in one complex type: the compiler's time grows with the cube of optional ones."""

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}(?:/[A-Za-z0-9_][A-Za-z0-9._-]{0,99})*\.xsd")
_XS = f"{{{XS}}}"
_REFERENCES = tuple(_XS + name for name in ("import", "include", "redefine"))
_OURS = "urn://x-artefacts-citto-72/"
_FORMS = f"{_OURS}forms/"
_TAKEN = (
    _OURS,
    "http://www.w3.org/",
    "http://schemas.xmlsoap.org/",
    "http://docs.oasis-open.org/",
    "http://smev.gosuslugi.ru/",
)
"""Beginnings of namespaces that belong to published contracts and standards."""

Documents = Mapping[str, bytes]
"""Schema documents by the relative name under which they refer to each other."""


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """The schemas of a form, ready to validate."""

    namespace: str
    """Target namespace of the document that leads to all the others."""
    roots: frozenset[str]
    """Tags of the elements that may stand in `formData`: those of the form's own namespace."""
    schema: Schema
    vocabulary: Vocabulary


def digest_of(documents: Documents) -> bytes:
    """Return the SHA-256 that names these documents: over every name and every byte."""
    digest = hashlib.sha256()
    for name, content in sorted(documents.items()):
        for part in (name.encode(), content):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


def compile_form(documents: Documents) -> Compiled:
    """Compile the documents; raise PortalFormBroken, naming the file and the reason."""
    _check_sizes(documents)
    parsed = {name: _parse(name, content) for name, content in sorted(documents.items())}
    references = {name: _references(name, root, parsed) for name, root in parsed.items()}
    main = _main(references)
    namespace = _own_namespace(main, parsed[main])
    schema = _compile(main, documents)
    vocabulary = read_vocabulary(parsed.values())
    roots = frozenset(tag for tag in vocabulary.roots if tag.startswith(f"{{{namespace}}}"))
    if not roots:
        raise _broken(main, f"в пространстве имён {namespace} не объявлен корневой элемент")
    return Compiled(namespace, roots, schema, vocabulary)


def _check_sizes(documents: Documents) -> None:
    if not documents:
        raise PortalFormBroken("В форме нет ни одной схемы.")
    if len(documents) > MOST_DOCUMENTS:
        raise PortalFormBroken(f"В форме больше {MOST_DOCUMENTS} файлов.")
    if sum(map(len, documents.values())) > MOST_BYTES:
        raise PortalFormBroken(f"Файлы формы вместе больше {MOST_BYTES // 1024} КиБ.")
    for name in documents:
        if not _NAME.fullmatch(name):
            raise _broken(name, "имя файла: латинские буквы, цифры, «.», «_», «-» и .xsd в конце")


def _parse(name: str, content: bytes) -> etree._Element:
    try:
        root = etree.fromstring(content, make_parser())
    except etree.XMLSyntaxError as error:
        found = explain_malformed(error)
        where = "" if found.line is None else f"строка {found.line}: "
        raise _broken(name, f"{where}{found.text}") from error
    if has_doctype(root):
        raise _broken(name, "в схеме есть DOCTYPE")
    if root.tag != f"{_XS}schema":
        raise _broken(name, "корневой элемент — не xs:schema")
    for particle in root.iter(f"{_XS}*"):
        _check_occurrences(name, particle)
    for wide in root.iter(f"{_XS}complexType", f"{_XS}group"):
        if sum(1 for _ in wide.iter(f"{_XS}element", f"{_XS}any")) > MOST_IN_A_TYPE:
            raise _broken(
                name,
                f"строка {line_of(wide)}: в одном типе больше {MOST_IN_A_TYPE} элементов;"
                " разбейте его на части",
            )
    return root


def _check_occurrences(name: str, particle: etree._Element) -> None:
    for attribute in ("minOccurs", "maxOccurs"):
        value = particle.get(attribute, "").strip()
        if value.isdecimal() and (
            len(value) > len(str(MOST_OCCURRENCES)) or int(value) > MOST_OCCURRENCES
        ):
            raise _broken(
                name,
                f"строка {line_of(particle)}: {attribute} больше {MOST_OCCURRENCES};"
                " без предела пишут unbounded",
            )


def _references(
    name: str, root: etree._Element, parsed: Mapping[str, etree._Element]
) -> frozenset[str]:
    """Return the documents that one leads to: each of them was uploaded."""
    found = set()
    for reference in root.iter(*_REFERENCES):
        location = reference.get("schemaLocation")
        if location is None:
            raise _broken(name, f"строка {line_of(reference)}: нет schemaLocation")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), location.strip()))
        if target not in parsed:
            raise _broken(
                name,
                f"строка {line_of(reference)}: файла {location[:100]} нет среди загруженных;"
                " форма ссылается только на свои файлы",
            )
        found.add(target)
    return frozenset(found)


def _main(references: Mapping[str, frozenset[str]]) -> str:
    """Return the one document that no other refers to."""
    referred = frozenset().union(*(found - {name} for name, found in references.items()))
    leading = sorted(references.keys() - referred)
    if len(leading) != 1:
        names = ", ".join(leading) or "нет такого"
        raise PortalFormBroken(
            f"Главной считается схема, на которую не ссылаются другие; она одна: {names}."
        )
    return leading[0]


def _own_namespace(name: str, root: etree._Element) -> str:
    namespace = root.get("targetNamespace", "").strip()
    if not namespace:
        raise _broken(name, "нет targetNamespace: у формы должно быть своё пространство имён")
    if namespace.startswith(_TAKEN) and not namespace.startswith(_FORMS):
        raise _broken(name, f"пространство имён {namespace} чужое; своё — например {_FORMS}…")
    return namespace


def _compile(main: str, documents: Documents) -> Schema:
    folder = Path(tempfile.mkdtemp(prefix="hub-form-"))
    try:
        for name, content in documents.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        schema = Schema(main, documents[main], folder)
    except ContractBroken as error:
        shutil.rmtree(folder)
        raise _broken(main, _told(error, folder)) from error
    except BaseException:
        shutil.rmtree(folder)
        raise
    # Each thread compiles for itself, and reads the files for it, as long as the schema lives.
    weakref.finalize(schema, shutil.rmtree, folder, ignore_errors=True)
    return schema


def _told(error: ContractBroken, folder: Path) -> str:
    """Return the compiler's own words, without our folder in them."""
    return error.reason.replace(folder.as_uri() + "/", "").replace(f"{folder}/", "")


def _broken(name: str, reason: str) -> PortalFormBroken:
    return PortalFormBroken(f"{name[:100]}: {reason}.")
