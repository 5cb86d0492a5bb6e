"""SVC-17: files that are handed out, brought, and reported in."""

import hashlib
import json
from uuid import NAMESPACE_OID, uuid5

from gateway.adapter import Received, Work
from gateway.conformance import outcome
from gateway.conformance.errors import StandBroken
from gateway.conformance.evidence import Place
from gateway.conformance.judge import Line
from gateway.conformance.service import errors, messages
from gateway.conformance.service.handlers.sessions import line_of, result_of, session_of
from gateway.conformance.sessions import Judged, SessionDesk
from gateway.conformance.sessions.errors import NothingToHandOut
from gateway.conformance.sessions.values import line_name
from gateway.contracts.messages.common import FileRef, HashAlgorithm
from gateway.kernel.errors import Finding

XML = "application/xml"
JSON = "application/json"


def get_attachment(
    received: Received[messages.GetAttachmentRequest], work: Work
) -> messages.GetAttachmentResponse:
    """Hand out the prepared file of the last attempt, always the same bytes."""
    request, desk = received.request, work.office(SessionDesk)
    session = session_of(received.sender.code, request.session_id, work)
    line = line_name(request.case_code, request.row or 0)
    file = desk.hand_out(work.database, session, line, work.now)
    if request.step_id not in {None, file.place.step}:
        recorded = desk.recorded(work.database, session)
        place = file.place._replace(step=request.step_id or "")
        named = [one for one in recorded.handed_out if one.place == place]
        if not named:
            raise NothingToHandOut
        file = named[-1]
    return messages.GetAttachmentResponse(
        attempt=file.place.attempt, file=_file(file.name, XML, file.content)
    )


def provide_evidence(
    received: Received[messages.ProvideEvidenceRequest], work: Work
) -> messages.ProvideEvidenceResponse:
    """Take what a step asks to be shown; the same content again changes nothing."""
    request, desk = received.request, work.office(SessionDesk)
    session = session_of(received.sender.code, request.session_id, work)
    content = _content(received)
    found = desk.evidence(work.database, session, work.now)
    line = line_of(found, request.case_code, request.row)
    known = _is_provided(found, line, request.step_id, content)
    if not known:
        desk.provide(
            work.database,
            session,
            line.name,
            request.step_id,
            content,
            received.sender.code,
            work.now,
        )
    return messages.ProvideEvidenceResponse(
        result=result_of(session, line.name, work), duplicate=known
    )


def get_report(
    received: Received[messages.GetReportRequest], work: Work
) -> messages.GetReportResponse:
    """Tell a session to a machine: JUnit or JSON, masked and cut."""
    request, desk = received.request, work.office(SessionDesk)
    session = session_of(received.sender.code, request.session_id, work)
    found = desk.evidence(work.database, session, work.now)
    name = f"{session.plan}-{session.id}"
    if request.format is messages.ReportFormat.JUNIT:
        report = outcome.as_junit(found.judgement, found.evidence)
        return messages.GetReportResponse(file=_file(f"{name}.xml", XML, report))
    if found.suite is None:
        raise StandBroken(found.judgement.trouble)
    told = {"session": str(session.id), **outcome.as_json(found.suite, found.judgement)}
    report = json.dumps(told, ensure_ascii=False, indent=2).encode()
    return messages.GetReportResponse(file=_file(f"{name}.json", JSON, report))


def _is_provided(found: Judged, line: Line, step: str, content: bytes) -> bool:
    digest = hashlib.sha256(content).hexdigest()
    last = line.attempts[-1].attempt.number if line.attempts else 0
    place = Place(line.case.code, line.row.number, last, step)
    return any(one.place == place and one.digest == digest for one in found.evidence.provided)


def _content(received: Received[messages.ProvideEvidenceRequest]) -> bytes:
    """Return the bytes of the file, inline or by MTOM; raise FileDiffers."""
    file = received.request.file
    content = file.content or b""
    part = received.attachments.get(content)
    if part is not None:
        with part.open() as stream:
            content = stream.read()
    if len(content) != file.size or hashlib.sha256(content).digest() != file.hash:
        finding = Finding(
            f"Получено байт: {len(content)}, заявлено: {file.size}; hash — SHA-256 содержимого.",
            path="/ProvideEvidenceRequest/file",
            rule="hash",
        )
        raise errors.FileDiffers(findings=(finding,))
    return content


def _file(name: str, media_type: str, content: bytes) -> FileRef:
    digest = hashlib.sha256(content)
    return FileRef(
        file_id=str(uuid5(NAMESPACE_OID, digest.hexdigest())),
        file_name=name,
        mime_type=media_type,
        size=len(content),
        hash=digest.digest(),
        hash_alg=HashAlgorithm.SHA_256,
        content=content,
    )
