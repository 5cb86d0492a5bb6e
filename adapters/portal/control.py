"""What is checked of an application before it is taken (SVC-11)."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from adapters.portal import errors
from adapters.portal.messages.application import (
    ApplicantKind,
    ApplicantType,
    AttachmentType,
    FormDataType,
    SubmitApplicationRequest,
)
from gateway.adapter import Rules, Work
from gateway.contracts.messages.common import FileRef
from gateway.files import AttachmentHashMismatch, AttachmentTypeForbidden, control_content
from gateway.kernel import identifiers
from gateway.kernel.errors import Finding, TooLarge, ValidationError
from gateway.kernel.message import Attachment
from gateway.kernel.verdict import Verdict
from registry.portal_services import AttachmentTerms, PortalService, PortalServices


class File(NamedTuple):
    """A file of a message and where it stands there."""

    path: str
    ref: FileRef


def files_of(root: str, attachments: Sequence[AttachmentType]) -> list[File]:
    """Return the files of coded attachments below the element `root`."""
    return [
        File(f"/{root}/attachment[{number}]/file", one.file)
        for number, one in enumerate(attachments, start=1)
    ]


def bare_files_of(root: str, attachments: Sequence[FileRef]) -> list[File]:
    """Return the files that stand below the element `root` without a code."""
    return [
        File(f"/{root}/attachment[{number}]", one)
        for number, one in enumerate(attachments, start=1)
    ]


def service_of(work: Work, code: str) -> PortalService:
    """Return the open service; raise ServiceNotPublished."""
    found = work.office(PortalServices).find(code)
    if found is None:
        raise errors.ServiceNotPublished
    return found


def check_form(work: Work, root: str, service: str, version: str, data: FormDataType) -> None:
    """Refuse data of a form unknown (FormVersionUnknown) or broken (FormSchemaInvalid)."""
    form = work.office(PortalServices).form(service, version)
    if form is None:
        raise errors.FormVersionUnknown
    found = form.errors(data.content.element())
    if found:
        place = f"/{root}/formData"
        raise errors.FormSchemaInvalid(
            findings=tuple(replace(one, path=f"{place}{one.path or ''}") for one in found)
        )


def check_files(
    files: Sequence[File], parts: Mapping[bytes, Attachment], terms: AttachmentTerms | None
) -> None:
    """Refuse files that may not be attached or are not what the message says of them.

    Raises AttachmentTypeForbidden, ValidationError, AttachmentHashMismatch, TooLarge,
    AttachedArchiveRefused.
    """
    _refuse(AttachmentTypeForbidden, _forbidden(files, terms))
    _refuse(ValidationError, _unusable(files, parts))
    _refuse(AttachmentHashMismatch, _mismatched(files, parts))
    total = sum(file.ref.size for file in files)
    if terms is not None and total > terms.total_bytes:
        raise TooLarge(f"Файлы вместе — {total} байт, допустимо {terms.total_bytes}.")
    for path, ref in files:
        control_content(ref.mime_type, parts[ref.content or b""], f"{path}/mimeType")


def check_applicant(applicant: ApplicantType) -> None:
    """Refuse an applicant without what his kind has to say of himself; raise ValidationError."""
    person, organization = applicant.person is not None, applicant.organization is not None
    enough, wanted = {
        ApplicantKind.FL: (person, "person"),
        ApplicantKind.UL: (organization, "organization"),
        ApplicantKind.IP: (person or organization, "person или organization"),
    }[applicant.type_value]
    if not enough:
        text = f"При type = {applicant.type_value.value} обязательно: {wanted}."
        path = "/SubmitApplicationRequest/applicant/type"
        raise ValidationError(findings=(Finding(text, path=path, rule="required"),))


def check_numbers(request: SubmitApplicationRequest, rules: Rules) -> None:
    """Refuse numbers whose check digits are wrong, where that is an error: ValidationError."""
    if rules.check_digits_are_errors:
        _refuse(ValidationError, _wrong_numbers(request))


def _wrong_numbers(request: SubmitApplicationRequest) -> Iterator[Finding]:
    for path, number, check in _numbers(request):
        if number is not None and check(number).failed:
            yield Finding(
                "Контрольная цифра не сходится.",
                path=f"/SubmitApplicationRequest/{path}",
                rule="check-digit",
                advice="Проверьте, верно ли записан номер.",
            )


def _numbers(
    request: SubmitApplicationRequest,
) -> Iterator[tuple[str, str | None, Callable[[str], Verdict]]]:
    if (person := request.applicant.person) is not None:
        yield "applicant/person/snils", person.snils, identifiers.check_snils
    if (organization := request.applicant.organization) is not None:
        yield "applicant/organization/inn", organization.inn, identifiers.check_inn
        yield "applicant/organization/ogrn", organization.ogrn, identifiers.check_ogrn
    if (representative := request.representative) is not None:
        yield "representative/snils", representative.snils, identifiers.check_snils
    yield "uin", request.uin, identifiers.check_uin


def _forbidden(files: Sequence[File], terms: AttachmentTerms | None) -> Iterator[Finding]:
    for path, ref in files:
        if terms is None:
            yield Finding("Файлы к этой услуге не прилагаются.", path=path, rule="attachment")
        elif not terms.admits(ref.mime_type):
            yield Finding(
                "Файлы такого типа к этой услуге не прилагаются.",
                path=f"{path}/mimeType",
                rule="attachment",
                value=ref.mime_type,
                advice=f"Допустимы: {', '.join(sorted(terms.types))}.",
            )


def _unusable(files: Sequence[File], parts: Mapping[bytes, Attachment]) -> Iterator[Finding]:
    seen = Counter(file.ref.file_id.lower() for file in files)
    for path, ref in files:
        if (ref.content or b"") not in parts:
            text = "Содержимое файла не передано или пусто."
            yield Finding(text, path=f"{path}/content", rule="required")
        if seen[ref.file_id.lower()] > 1:
            text = "Идентификатор файла повторяется."
            yield Finding(text, path=f"{path}/fileId", rule="unique", value=ref.file_id)


def _mismatched(files: Sequence[File], parts: Mapping[bytes, Attachment]) -> Iterator[Finding]:
    for path, ref in files:
        part = parts[ref.content or b""]
        if part.size != ref.size:
            text = f"Получено байтов: {part.size}, указано: {ref.size}."
            yield Finding(text, path=f"{path}/size", rule="size")
        if part.sha256 != ref.hash:
            text = "Контрольная сумма полученных байтов другая."
            yield Finding(text, path=f"{path}/hash", rule="hash")


def _refuse(error: Callable[..., Exception], found: Iterator[Finding]) -> None:
    findings = tuple(found)
    if findings:
        raise error(findings=findings)
