"""The employee of a department without a system: works the queue of applications by hand (SVC-27).

It is a form on a screen in front of PpuService, or a program that fetches; here a zeep client with
login and password.
"""

import hashlib
from typing import Any
from uuid import uuid4

from gateway.cli.program import Identity, Program, Say, expect
from gateway.kernel.ports import Clock

FINAL = 5
"""What is answered to a status after the last one."""
_AUTHOR = "Специалист приёмной (показ)"
_ORDER = "Приказ (показ): зачислить. Сведения вымышлены.\n".encode()


class Employee:
    """Takes applications and sets their statuses."""

    def __init__(self, identity: Identity, service: str, clock: Clock, say: Say) -> None:
        """Read the WSDL over HTTP; `service` is whose applications are worked."""
        self._program = Program(identity, clock, signed=False)
        self._queue = self._program.client("portal/ppu")
        self._service = service
        self._say = say

    def take(self, order_id: int) -> None:
        """Find an application in the queue and take it."""
        waiting = self._waiting()
        expect(order_id in waiting, "заявления нет в очереди")
        found = waiting[order_id]
        self._say(f"  GetInbox: в очереди {len(waiting)}, среди них {order_id}, «{found.title}»")
        taken = self._call("TakeApplication", orderId=order_id)
        expect(not taken.duplicate, "заявление уже взято")
        self._say(f"  TakeApplication {order_id}: получено целиком, {taken.techCode} {taken.title}")

    def set_status(self, order_id: int, code: str, comment: str, *, document: bool = False) -> None:
        """Set a status by the department's own code."""
        answer = self._set(order_id, code, comment, document=document)
        expect(answer.code == 0, f"статус {code} не принят: {answer.message}")
        self._say(f"  SetStatus {code}: {answer.message}")

    def be_too_late(self, order_id: int) -> None:
        """Try to set a status after the last one."""
        answer = self._set(order_id, "QUEUED", "Ещё раз.")
        expect(answer.code == FINAL, f"статус после окончательного: {answer.code}")
        self._say(f"  SetStatus QUEUED после окончательного: {answer.code} {answer.message}")

    def _waiting(self) -> dict[int, Any]:
        """Return what nobody has taken, page after page."""
        found: dict[int, Any] = {}
        page: dict[str, Any] = {"limit": 100}
        while True:
            told = self._call("GetInbox", serviceCode=self._service, page=page)
            found |= {one.orderId: one for one in told.application if one.takenAt is None}
            if told.nextCursor is None:
                return found
            page = {"limit": 100, "cursor": told.nextCursor}

    def _set(self, order_id: int, code: str, comment: str, *, document: bool = False) -> Any:  # noqa: ANN401 -- zeep's own
        return self._call(
            "SetStatus",
            eventId=str(uuid4()),
            orderId=order_id,
            statusCode={"orgCode": code},
            comment=comment,
            author=_AUTHOR,
            attachment=[_file()] if document else [],
        )

    def _call(self, operation: str, **fields: Any) -> Any:  # noqa: ANN401 -- zeep's own
        return self._program.call(self._queue, operation, **fields)


def _file() -> dict[str, Any]:
    return {
        "fileId": str(uuid4()),
        "fileName": "prikaz.txt",
        "mimeType": "text/plain",
        "size": len(_ORDER),
        "hash": hashlib.sha256(_ORDER).digest(),
        "hashAlg": "SHA-256",
        "content": _ORDER,
    }
