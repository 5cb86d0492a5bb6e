"""Certificates and authorities as one version of the registry tells them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from gateway.kernel.message import Contour
from gateway.security.path import Purpose
from gateway.security.trust import Authority, Bindings, BoundCertificate, Role
from gateway.storage.database import Transaction
from registry import models


def read_bindings(transaction: Transaction, version: int) -> Bindings:
    """Read all certificates, ended ones too, and the authorities in force."""
    return Bindings(version, _certificates(transaction), read_authorities(transaction))


def read_authorities(transaction: Transaction) -> Mapping[Contour, Sequence[Authority]]:
    """Read the authorities in force by contour, in the order they were entered."""
    table = models.authority
    found: dict[Contour, list[Authority]] = {contour: [] for contour in Contour}
    query = sa.select(table).where(table.c.ended_at.is_(None)).order_by(table.c.id)
    for row in transaction.execute(query):
        contour = Contour(row.contour)
        found[contour].append(
            Authority(
                contour=contour,
                role=Role(row.role),
                thumbprint=row.thumbprint,
                der=row.der,
                crl_address=row.crl_address,
                ocsp_address=row.ocsp_address,
            )
        )
    return found


def _certificates(
    transaction: Transaction,
) -> Mapping[Contour, Mapping[str, BoundCertificate]]:
    table = models.certificate
    found: dict[Contour, dict[str, BoundCertificate]] = defaultdict(dict)
    # Of several rows with one thumbprint the last is in force: it was bound again.
    for row in transaction.execute(sa.select(table).order_by(table.c.id)):
        contour = Contour(row.contour)
        found[contour][row.thumbprint] = BoundCertificate(
            participant=row.participant,
            contour=contour,
            purpose=Purpose(row.purpose),
            thumbprint=row.thumbprint,
            der=row.der,
            ended_at=row.ended_at,
            revoked=row.revoked,
        )
    return {contour: found[contour] for contour in Contour}
