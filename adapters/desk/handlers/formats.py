"""SVC-19: which formats are published, and each as one package; which banks are partners."""

from uuid import NAMESPACE_URL, uuid5

from adapters.desk import access
from adapters.desk.files import file_of
from adapters.desk.messages import formats as messages
from gateway.adapter import Received, Work
from gateway.contracts.messages.common import FileRef
from gateway.contracts.publish import Published
from gateway.contracts.shelf import Format
from gateway.kernel.errors import NotAllowed
from registry.calendar import local_date


def list_formats(
    received: Received[messages.ListFormatsRequest], work: Work
) -> messages.ListFormatsResponse:
    """Tell every published version of every format, or of one domain."""
    today = local_date(work.now)
    found = work.shelf.formats(work.contour, today, received.request.domain)
    return messages.ListFormatsResponse(format=[_told(one) for one in found])


def get_format(
    received: Received[messages.GetFormatRequest], work: Work
) -> messages.GetFormatResponse:
    """Give a format as a zip; one that is not for everybody only after its owner's decision.

    Raises NotFound, NotAllowed.
    """
    request = received.request
    contract = work.shelf.find(request.code, request.version)
    if not work.shelf.term(contract).public and not access.may_have_format(
        work, received.sender, contract
    ):
        raise NotAllowed("Формат выдаётся после положительного решения владельца системы.")
    return messages.GetFormatResponse(package=_package(work.shelf.package(contract)))


def _told(one: Format) -> messages.FormatType:
    return messages.FormatType(
        code=one.code,
        version=one.contract.version,
        title=one.contract.title,
        state=messages.FormatState(one.state.value),
        published_at=one.term.published,
        retired_at=one.term.retired,
        public=one.term.public,
        wsdl_url=one.wsdl_url,
        xsd_url=list(one.schema_urls),
        change_note=one.changes,
    )


def _package(file: Published) -> FileRef:
    # The same version is the same file wherever the hub runs: so is its identifier.
    file_id = uuid5(NAMESPACE_URL, f"sha256:{file.sha256}")
    return file_of(file_id, file.name, file.media_type, file.body)
