"""Reports of school meals (MEAL-RPT-01): described once, made for whoever may have them."""

from collections.abc import Iterable
from hashlib import sha256
from uuid import NAMESPACE_OID, UUID, uuid5

from adapters.meals.access import Actor
from adapters.meals.reports.asking import asked_for
from adapters.meals.reports.catalogue import REPORTS
from adapters.meals.reports.description import Asked, Listing, Param, Report, Table, Workbook
from adapters.meals.reports.render import MOST, Head, Made, render
from adapters.meals.reports.statement import found, seen_columns, told_parameters
from gateway.adapter import Work
from gateway.contracts.messages.common import (
    FileRef,
    HashAlgorithm,
    ReportCode,
    ReportFormat,
)
from gateway.kernel.errors import NotFound

__all__ = ["Param", "file_of", "make_report"]

_TYPES = {
    "pdf": "application/pdf",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}


def make_report(
    work: Work,
    actor: Actor,
    code: ReportCode,
    params: Iterable[tuple[Param, str]],
    report_format: ReportFormat,
) -> tuple[UUID, FileRef]:
    """Return the identifier and the file of a report within the scope of who asks.

    The same report of the same facts has the same identifier and the same bytes, whenever it is
    asked for. Raises NotFound for a report that the role does not have, NotAllowed for a place
    outside of the scope, ValidationError, PeriodInvalid, TooLarge.
    """
    report = REPORTS.get(code)
    if report is None:
        raise NotFound
    asked = asked_for(work.database, actor, report, params, report_format, work.now)
    body = report.body
    if isinstance(body, Workbook):
        name, content = body.make(work, asked)
        told = f"{report.code.value}/{asked.params}/{sha256(content).hexdigest()}"
        return uuid5(NAMESPACE_OID, told), file_of(name, content)
    made = _made(work, report, body, asked, report_format)
    return made.document_id, file_of(_name(report, asked, report_format), made.content)


def file_of(name: str, content: bytes) -> FileRef:
    """Return a file as a message carries it; its identifier follows from its bytes."""
    digest = sha256(content)
    return FileRef(
        file_id=str(uuid5(NAMESPACE_OID, digest.hexdigest())),
        file_name=name,
        mime_type=_TYPES[name.rpartition(".")[2]],
        size=len(content),
        hash=digest.digest(),
        hash_alg=HashAlgorithm.SHA_256,
        content=content,
    )


def _made(
    work: Work, report: Report, body: Table | Listing, asked: Asked, report_format: ReportFormat
) -> Made:
    head = Head(
        report.code.value,
        report.title,
        told_parameters(work.database, asked),
        asked.last,
        seen_columns(body.columns, asked),
    )
    lines = (
        found(work.database, body, asked, MOST[report_format] + 1)
        if isinstance(body, Table)
        else body.lines(work, asked)
    )
    return render(head, lines, report_format)


def _name(report: Report, asked: Asked, report_format: ReportFormat) -> str:
    days = [asked.first.isoformat()] + [asked.last.isoformat()] * (asked.last != asked.first)
    stem = report.code.value.lower().replace("_", "-")
    return f"{'-'.join([stem, *days])}.{report_format.value.lower()}"
