"""SVC-04: taking batches of menu rows in and telling what became of each row."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from adapters.meals import access
from adapters.meals.access import Function
from adapters.organizer import messages, rows
from adapters.organizer.messages import (
    ImportAdditionalMenuRequest,
    ImportComplexesRequest,
    ImportDishesRequest,
    ImportState,
)
from adapters.organizer.repository import imports
from adapters.organizer.repository.imports import Answered, ImportKind, MenuImport
from adapters.organizer.staging import MOST_ROWS
from gateway import files
from gateway.adapter import Received, Work
from gateway.contracts import paging
from gateway.contracts.messages.hub import FaultDetail
from gateway.kernel.errors import (
    DuplicateConflict,
    NotAllowed,
    NotFound,
    TooLarge,
    ValidationError,
)

PROCESS_IMPORTS = "organizer.process_imports"
"""Name of the queue that processes what is accepted here."""

Receipt = TypeVar("Receipt")


def import_dishes(
    received: Received[ImportDishesRequest], work: Work
) -> messages.ImportDishesResponse:
    """Take dishes in (MEAL-CAT-01); rows are judged in the background.

    The same batch again gets the first receipt with `duplicate`; another content under its
    batchId is DUPLICATE_CONFLICT.
    """
    request = received.request
    mode = request.mode.value
    return _receipt(
        received, work, ImportKind.DISHES, request.dish, messages.ImportDishesResponse, mode
    )


def import_complexes(
    received: Received[ImportComplexesRequest], work: Work
) -> messages.ImportComplexesResponse:
    """Take complexes in (MEAL-CAT-10), as `import_dishes` does."""
    return _receipt(
        received,
        work,
        ImportKind.COMPLEXES,
        received.request.complex,
        messages.ImportComplexesResponse,
    )


def import_additional_menu(
    received: Received[ImportAdditionalMenuRequest], work: Work
) -> messages.ImportAdditionalMenuResponse:
    """Take items of the additional menu in (MEAL-CAT-06, 07), as `import_dishes` does."""
    request = received.request
    kind = ImportKind(request.kind.value)
    return _receipt(received, work, kind, request.item, messages.ImportAdditionalMenuResponse)


def get_import_result(
    received: Received[messages.GetImportResultRequest], work: Work
) -> messages.GetImportResultResponse:
    """Tell how far a batch is and what became of its rows, a page at a time."""
    actor = access.admit(received, work, Function.IMPORT_MENU)
    request = received.request
    batch = imports.find(work.database, actor.organizer_inn or "", UUID(request.import_id))
    if batch is None:
        raise NotFound("Пакет не найден.")
    page = paging.page_of(request.page)
    after = paging.number_after(page.cursor)
    # One more than asked: it tells whether there is a next page.
    answered = imports.answered_after(work.database, batch.id, after, page.limit + 1)
    shown = answered[: page.limit]
    return messages.GetImportResultResponse(
        import_id=str(batch.id),
        batch_id=batch.batch_id,
        state=ImportState(batch.state),
        received_at=batch.received_at,
        processed_at=batch.processed_at,
        counts=messages.ImportCountsType(
            total=batch.total or 0,
            accepted=batch.accepted,
            rejected=batch.rejected,
            unchanged=batch.unchanged,
        ),
        rejection=_rejection(batch),
        item=[_item(one) for one in shown],
        next_cursor=str(shown[-1].row_no) if len(answered) > len(shown) else None,
    )


def _receipt(
    received: Received[Any],
    work: Work,
    kind: ImportKind,
    inline: Sequence[object],
    response: Callable[..., Receipt],
    mode: str | None = None,
) -> Receipt:
    actor = access.admit(received, work, Function.IMPORT_MENU)
    if actor.organizer_inn is None:
        raise NotAllowed
    request = received.request
    batch = imports.by_batch_id(work.database, received.sender.code, request.batch_id)
    is_duplicate = batch is not None
    if batch is None:
        _control_rows(inline, work)
        sha256 = (
            None
            if request.file is None
            else files.control_file(
                request.file,
                received.attachments,
                f"/{type(request).__name__}/file",
                differs=ValidationError,
            ).sha256
        )
        batch = MenuImport(
            id=work.identifiers(),
            sender=received.sender.code,
            batch_id=request.batch_id,
            organizer_inn=actor.organizer_inn,
            kind=kind.value,
            mode=mode,
            source=imports.INLINE if sha256 is None else imports.FILE,
            file_sha256=sha256,
            digest=received.digest,
            entry=received.entry,
            received_at=work.now,
        )
        imports.add(work.database, batch)
        wake = received.wake
        work.after_commit.append(lambda: wake(PROCESS_IMPORTS))
    elif batch.digest != received.digest:
        raise DuplicateConflict(
            f"Пакет с идентификатором {batch.batch_id} уже принят с другим содержимым."
        )
    return response(
        batch_id=batch.batch_id,
        import_id=str(batch.id),
        state=ImportState.RECEIVED,
        received_at=batch.received_at,
        duplicate=is_duplicate,
    )


def _control_rows(inline: Sequence[object], work: Work) -> None:
    most = min(MOST_ROWS, work.rules.max_inline_lines)
    if len(inline) > most:
        raise TooLarge(
            f"Строк в сообщении — {len(inline)}, допустимо {most}; передайте их файлом или "
            "разделите пакет."
        )


def _rejection(batch: MenuImport) -> messages.ImportRejectionType | None:
    if batch.refusal_code is None or batch.refusal_text is None:
        return None
    return messages.ImportRejectionType(
        code=batch.refusal_code,
        message=batch.refusal_text,
        truncated=batch.refusal_truncated or None,
        detail=[
            FaultDetail(
                line=finding.line,
                path=finding.path,
                rule=finding.rule,
                value=finding.value,
                text=finding.text,
                advice=finding.advice,
            )
            for finding in batch.findings
        ],
    )


def _item(one: Answered) -> messages.ImportItemType:
    return messages.ImportItemType(
        row_no=one.row_no,
        code=one.code,
        result=messages.ItemResult(one.result),
        error=[
            messages.ItemErrorType(code=fault.code, message=fault.message, path=fault.path)
            for fault in rows.faults_of(one)
        ],
    )
