"""The proof that applications stand where their events say and that everything was sent on."""

import sqlalchemy as sa

from adapters.portal import models
from gateway.adapter import Ledger
from gateway.storage import outbox
from gateway.storage.database import Transaction
from gateway.storage.outbox import accounts
from gateway.storage.query import Query

NAMED = 20
"""How many rows of one kind are named before they are only counted."""

_MISPLACED = Query(
    """
    SELECT a.portal, a.order_id, a.state, e.state
    FROM portal_application a
    LEFT JOIN portal_event e ON e.application = a.id AND e.seq = (
        SELECT max(last.seq) FROM portal_event last WHERE last.application = a.id
    )
    WHERE e.state IS NULL OR e.state <> a.state
    ORDER BY a.portal, a.order_id
    """
)
_UNTOLD = Query(
    """
    SELECT portal, seq, before, state
    FROM (
        SELECT e.portal, e.seq, e.tech_code, e.state,
               lag(e.state) OVER (PARTITION BY e.application ORDER BY e.seq) AS before
        FROM portal_event e
    ) AS told
    WHERE (before IS NULL OR before <> state) AND (tech_code IS NULL OR tech_code <> state)
    ORDER BY portal, seq
    """
)
_FOREIGN = Query(
    """
    SELECT e.portal, e.seq FROM portal_event e
    JOIN portal_application a ON a.id = e.application WHERE a.portal <> e.portal
    ORDER BY e.portal, e.seq
    """
)
_UNNUMBERED = Query(
    """
    SELECT e.portal, max(e.seq), c.number
    FROM portal_event e LEFT JOIN portal_event_counter c ON c.portal = e.portal
    GROUP BY e.portal, c.number
    HAVING c.number IS NULL OR c.number < max(e.seq)
    ORDER BY e.portal
    """
)
_UNPUSHED = Query(
    """
    SELECT e.portal, e.seq FROM portal_event e
    WHERE e.pushed AND NOT EXISTS (
        SELECT 1 FROM outbox_letter l
        WHERE l.source = 'event/' || e.portal || '/' || CAST(e.seq AS text)
    )
    ORDER BY e.portal, e.seq
    """
)
_UNSENT = Query(
    """
    SELECT a.portal, a.order_id FROM portal_application a
    WHERE a.route = 'ENDPOINT' AND a.entry <> 0 AND NOT EXISTS (
        SELECT 1 FROM outbox_letter l
        WHERE l.source = 'application/' || CAST(a.id AS text)
    )
    ORDER BY a.portal, a.order_id
    """
)
_REQUESTS_UNSENT = Query(
    """
    SELECT a.portal, a.order_id, r.kind FROM portal_request r
    JOIN portal_application a ON a.id = r.application
    WHERE a.route = 'ENDPOINT' AND NOT EXISTS (
        SELECT 1 FROM outbox_letter l
        WHERE l.source = 'application/' || CAST(a.id AS text) || '/' || lower(r.kind) || '/'
                         || CAST(r.id AS text)
    )
    ORDER BY a.portal, a.order_id, r.kind
    """
)


def reconcile(transaction: Transaction, _ledger: Ledger) -> list[str]:
    """Name what does not hold, row by row.

    That is an application that does not stand where its last event has left it, an event that
    moved one without saying so, an event numbered above the counter, and what was to be sent and
    has no letter.
    """
    transaction.for_report()
    found = (
        [_misplaced(*row) for row in transaction.rows(_MISPLACED)],
        [_untold(*row) for row in transaction.rows(_UNTOLD)],
        [f"{_event(*row)}: заявление другого портала" for row in transaction.rows(_FOREIGN)],
        [
            f"portal_event {portal}: последний номер {seq}, а счётчик стоит на {number}"
            for portal, seq, number in transaction.rows(_UNNUMBERED)
        ],
        [f"{_event(*row)}: нет отправления порталу" for row in transaction.rows(_UNPUSHED)],
        [f"{_application(*row)}: нет отправления ведомству" for row in transaction.rows(_UNSENT)],
        [
            f"{_application(portal, order)}: {kind} не отправлено ведомству"
            for portal, order, kind in transaction.rows(_REQUESTS_UNSENT)
        ],
    )
    return [text for texts in found for text in _shortened(texts)] + _orphans(transaction)


def _orphans(transaction: Transaction) -> list[str]:
    """Name the letters of events that are not there."""
    event = models.event.c
    known = "event/" + event.portal + "/" + event.seq.cast(sa.Text)
    query = sa.select(known)
    return accounts.without_source(outbox.CONTOUR, transaction, "event/", query)


def _shortened(texts: list[str]) -> list[str]:
    if len(texts) <= NAMED:
        return texts
    return [*texts[:NAMED], f"и ещё {len(texts) - NAMED} таких же"]


def _event(portal: str, seq: int) -> str:
    return f"portal_event {portal}/{seq}"


def _application(portal: str, order_id: int) -> str:
    return f"portal_application {portal}/{order_id}"


def _misplaced(portal: str, order_id: int, state: int, told: int | None) -> str:
    name = _application(portal, order_id)
    if told is None:
        return f"{name}: нет ни одного события"
    return f"{name}: статус {state}, а последнее событие оставило {told}"


def _untold(portal: str, seq: int, before: int | None, state: int) -> str:
    was = "" if before is None else f" с {before}"
    return f"{_event(portal, seq)}: статус изменён{was} на {state}, а событие этого не говорит"
