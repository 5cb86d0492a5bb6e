"""What the registry keeps of portal services, read and written by name."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from gateway.kernel.message import Contour
from gateway.storage.database import Transaction
from registry import records
from registry.portal_services import models
from registry.portal_services.schemas import Documents
from registry.portal_services.values import (
    AttachmentTerms,
    Catalogue,
    FormVersion,
    PortalService,
    Route,
    ServiceCard,
)
from registry.records import Record

SERVICE = Record(
    "portal-service",
    models.portal_service,
    ("code",),
    ("department", "title", "attachment_types", "attachment_bytes"),
)
ROUTE = Record(
    "portal-service-route",
    models.portal_service_route,
    ("service", "contour"),
    ("route", "is_open"),
)
CODE = Record(
    "portal-service-code", models.portal_service_code, ("service", "org_code"), ("tech_code",)
)
FORM = Record(
    "portal-form", models.portal_form, ("service", "version"), ("namespace", "digest", "since")
)


def card_row(card: ServiceCard) -> dict[str, object]:
    """Return a card as the columns of its table."""
    terms = card.attachments
    return {
        "code": card.code,
        "department": card.department,
        "title": card.title,
        "attachment_types": None if terms is None else " ".join(sorted(terms.types)),
        "attachment_bytes": None if terms is None else terms.total_bytes,
    }


def card(transaction: Transaction, code: str) -> ServiceCard | None:
    """Return what is said of a service, or None."""
    rows = records.standing(transaction, SERVICE, code=code)
    return _card(rows[0]) if rows else None


def cards(transaction: Transaction) -> tuple[ServiceCard, ...]:
    """Return every service by code."""
    return tuple(map(_card, records.standing(transaction, SERVICE)))


def routes(transaction: Transaction, code: str) -> Mapping[Contour, tuple[Route, bool]]:
    """Return by contour where a service's applications go and whether it is open."""
    return {
        Contour(row["contour"]): (Route(row["route"]), row["is_open"])
        for row in records.standing(transaction, ROUTE, service=code)
    }


def forms(transaction: Transaction, code: str) -> tuple[FormVersion, ...]:
    """Return the forms of a service by version, those of later days too."""
    return tuple(map(_form, records.standing(transaction, FORM, service=code)))


def codes(transaction: Transaction, code: str) -> Mapping[str, int]:
    """Return the portal's status codes by the department's own."""
    rows = records.standing(transaction, CODE, service=code)
    return {row["org_code"]: row["tech_code"] for row in rows}


def owner_of(transaction: Transaction, namespace: str) -> str | None:
    """Return the service whose form has or had this namespace, or None."""
    table = models.portal_form.c
    query = sa.select(table.service).where(table.namespace == namespace).limit(1)
    return transaction.execute(query).scalar()


def keep_documents(transaction: Transaction, digest: bytes, documents: Documents) -> None:
    """Keep the schema documents of a form under their digest, once."""
    if read_documents(transaction, digest):
        return
    rows = [
        {"digest": digest, "name": name, "content": content} for name, content in documents.items()
    ]
    transaction.execute(sa.insert(models.portal_form_document), rows)


def read_documents(transaction: Transaction, digest: bytes) -> Documents:
    """Return the schema documents of a form; none if the digest is unknown."""
    table = models.portal_form_document.c
    query = sa.select(table.name, table.content).where(table.digest == digest)
    return {name: bytes(content) for name, content in transaction.execute(query)}


def catalogue(transaction: Transaction, today: date) -> Catalogue:
    """Read all services as they are on a day, for the snapshot of the registry."""
    known = {found.code: found for found in cards(transaction)}
    forms_of: dict[str, dict[str, FormVersion]] = defaultdict(dict)
    for row in records.standing(transaction, FORM):
        if row["since"] <= today:
            forms_of[row["service"]][row["version"]] = _form(row)
    codes_of: dict[str, dict[str, int]] = defaultdict(dict)
    for row in records.standing(transaction, CODE):
        codes_of[row["service"]][row["org_code"]] = row["tech_code"]
    found: dict[Contour, dict[str, PortalService]] = {contour: {} for contour in Contour}
    for row in records.standing(transaction, ROUTE):
        code = row["service"]
        found[Contour(row["contour"])][code] = PortalService(
            known[code], Route(row["route"]), row["is_open"], forms_of[code], codes_of[code]
        )
    return found


def _card(row: Mapping[Any, Any]) -> ServiceCard:
    types = row["attachment_types"]
    terms = (
        None
        if types is None
        else AttachmentTerms(frozenset(types.split()), row["attachment_bytes"])
    )
    return ServiceCard(row["code"], row["title"], row["department"], terms)


def _form(row: Mapping[Any, Any]) -> FormVersion:
    return FormVersion(
        row["service"], row["version"], row["namespace"], bytes(row["digest"]), row["since"]
    )
