"""The connection desk: onboarding (SVC-16), documents (SVC-18), formats (SVC-19), notices (SVC-28).

What these services change lies in the participant registry; their operations are `registering`
(ADR 0014). The slice has no tables: the packages of `registry` are its repository.
"""

from adapters.desk import errors
from adapters.desk.handlers.certificates import register_certificate
from adapters.desk.handlers.documents import get_document, list_documents, register_signature
from adapters.desk.handlers.formats import get_format, list_formats
from adapters.desk.handlers.notices import ack_notice, get_notices
from adapters.desk.handlers.onboarding import (
    get_case,
    notify_readiness,
    respond_remarks,
    submit_connection_request,
    submit_join_statement,
)
from adapters.desk.handlers.partners import list_partner_banks, register_endpoint
from adapters.desk.handlers.persons import change_responsible, notify_acquiring_contract
from adapters.desk.messages import documents, formats, notify, onboarding
from gateway.adapter import Adapter, Service, reading, registering
from registry.onboarding import errors as onboarding_errors

ONBOARDING = Service(
    contract="registry/onboarding/1.0",
    messages=onboarding,
    operations=(
        registering(
            "SubmitJoinStatement",
            submit_join_statement,
            business_key=lambda request: request.request_id,
            faults=(onboarding_errors.NotApplicable,),
        ),
        registering(
            "SubmitConnectionRequest",
            submit_connection_request,
            business_key=lambda request: request.request_id,
            faults=(
                onboarding_errors.JoinRequired,
                onboarding_errors.NotApplicable,
                onboarding_errors.SnilsInvalid,
            ),
        ),
        reading(
            "GetCase",
            get_case,
            business_key=lambda request: request.case_id or request.number,
        ),
        registering(
            "RespondRemarks", respond_remarks, business_key=lambda request: request.case_id
        ),
        registering(
            "NotifyReadiness", notify_readiness, business_key=lambda request: request.case_id
        ),
        registering(
            "NotifyAcquiringContract",
            notify_acquiring_contract,
            business_key=lambda request: request.contract.number,
            faults=(onboarding_errors.NotApplicable,),
        ),
        registering(
            "ChangeResponsible",
            change_responsible,
            business_key=lambda request: f"{request.participant}/{request.role.value}",
        ),
    ),
)

DOCUMENTS = Service(
    contract="registry/documents/1.0",
    messages=documents,
    operations=(
        reading("ListDocuments", list_documents),
        reading("GetDocument", get_document, business_key=lambda request: request.document_id),
        registering(
            "RegisterSignature",
            register_signature,
            business_key=lambda request: request.document_id,
        ),
    ),
)

FORMATS = Service(
    contract="registry/formats/1.0",
    messages=formats,
    operations=(
        reading("ListFormats", list_formats),
        reading(
            "GetFormat",
            get_format,
            business_key=lambda request: f"{request.code}/{request.version}",
        ),
        registering(
            "RegisterEndpoint",
            register_endpoint,
            business_key=lambda request: request.service_code,
            faults=(errors.CaseState,),
        ),
        registering("RegisterCertificate", register_certificate, faults=(errors.CertInvalid,)),
        reading("ListPartnerBanks", list_partner_banks),
    ),
)

NOTICES = Service(
    contract="support/notify/1.0",
    messages=notify,
    operations=(
        reading("GetNotices", get_notices),
        registering("AckNotice", ack_notice, business_key=lambda request: str(request.seq)),
    ),
)

ADAPTER = Adapter("desk", services=(ONBOARDING, DOCUMENTS, FORMATS, NOTICES))
