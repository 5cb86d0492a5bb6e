"""What the line has answered, as it leaves by HTTP."""

from dataclasses import dataclass

from gateway.edge.http import HttpAnswer, HttpHeaders, Request
from gateway.kernel.quotas import QuotaExceeded
from gateway.pipeline.exchange import Answer
from gateway.soap import attachments, mime
from gateway.storage import attachments as kept
from gateway.storage.database import Database

TOO_MANY = "Сообщений больше, чем допускает квота. Повторите то же сообщение после паузы."


@dataclass(frozen=True, slots=True)
class Page:
    """An answer to GET: a published file or a page for people."""

    status: int
    content_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


def later(status: int, error: QuotaExceeded) -> HttpAnswer:
    """Put a message off before it is read."""
    headers = (
        ("content-type", "text/plain; charset=utf-8"),
        ("retry-after", str(error.retry_after)),
    )
    return HttpAnswer(status, headers, TOO_MANY.encode())


def plain(status: int, text: str) -> HttpAnswer:
    """Refuse what is not yet known to be a SOAP message."""
    return HttpAnswer(status, (("content-type", "text/plain; charset=utf-8"),), text.encode())


def as_http(answer: Answer) -> HttpAnswer:
    """Return an answer that is in memory."""
    headers: HttpHeaders = (("content-type", answer.content_type), *answer.headers)
    if answer.status == 401:  # noqa: PLR2004 -- the status that asks for credentials
        headers = (*headers, ("www-authenticate", 'Basic realm="hub", charset="UTF-8"'))
    if answer.status in {429, 503}:
        headers = (*headers, ("retry-after", "30"))
    return HttpAnswer(answer.status, headers, answer.body, cut=answer.withheld)


def with_kept(database: Database, answer: Answer) -> HttpAnswer:
    """Return an answer that is written piece by piece, by MTOM or with base64 in its place."""
    envelope = answer.body
    parts = [
        kept.find(database, each.sha256, each.content_id)
        for each in attachments.references(envelope)
    ]
    if answer.mtom is None:
        body = attachments.spelled_out(envelope, parts, answer.content_type)
    else:
        body = mime.package(answer.mtom, envelope, parts)
    headers = (("content-type", body.content_type), *answer.headers)
    return HttpAnswer(answer.status, headers, b"", length=body.length, pieces=body.pieces)


def as_seen(page: Page, request: Request) -> HttpAnswer:
    """Return a page; nothing of it when the client has it already or asked for its head."""
    headers = (("content-type", page.content_type), *page.headers)
    known = request.header("if-none-match")
    if known and ("etag", known) in page.headers:
        return HttpAnswer(304, headers, b"", length=len(page.body))
    if request.method == "HEAD":
        return HttpAnswer(page.status, headers, b"", length=len(page.body))
    return HttpAnswer(page.status, headers, page.body)
