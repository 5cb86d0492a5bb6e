"""A hub whose GetFormat gives away the file it keeps: a program that tests run as a process."""

from dataclasses import replace

import sqlalchemy as sa

from adapters.desk.messages.formats import GetFormatResponse
from gateway.adapter import Service, writing
from gateway.bootstrap import hub
from gateway.cli import main
from gateway.contracts.messages.common import FileRef, HashAlgorithm
from gateway.kernel.message import Kept
from gateway.storage.attachments import attachment


def give_away(_, work) -> GetFormatResponse:
    row = work.database.execute(sa.select(attachment).order_by(attachment.c.size.desc())).first()
    return GetFormatResponse(
        package=FileRef(
            file_id="11111111-2222-4333-8444-555555555555",
            file_name="file.bin",
            mime_type=row.media_type,
            size=row.size,
            hash=row.sha256,
            hash_alg=HashAlgorithm.SHA_256,
            content=Kept.of(row.sha256),
        )
    )


def changed(service: Service) -> Service:
    operations = [
        writing(one.name, give_away) if one.name == "GetFormat" else one
        for one in service.operations
    ]
    return replace(service, operations=tuple(operations))


if __name__ == "__main__":
    hub.ADAPTERS = tuple(
        replace(adapter, services=tuple(map(changed, adapter.services))) for adapter in hub.ADAPTERS
    )
    main()
