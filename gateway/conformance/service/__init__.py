"""Trials by the participant himself (SVC-17): a slice like those of `adapters/`, over the sessions.

It stands here and not there because it sees the judge, who stands above the adapters.
"""

from gateway.adapter import Adapter, Service, reading, registering, writing
from gateway.conformance.errors import StandBroken, SuiteBroken
from gateway.conformance.service import errors
from gateway.conformance.service.handlers.ends import cancel_session, finish_session
from gateway.conformance.service.handlers.files import (
    get_attachment,
    get_report,
    provide_evidence,
)
from gateway.conformance.service.handlers.sessions import get_session, run_case, start_session
from gateway.conformance.service.handlers.suites import list_suites
from gateway.conformance.service.messages import conformance
from gateway.conformance.sessions.errors import MandatoryPending

CONFORMANCE = Service(
    contract="test/conformance/1.0",
    messages=conformance,
    operations=(
        reading("ListSuites", list_suites),
        writing(
            "StartSession",
            start_session,
            business_key=lambda request: request.session_request_id,
            faults=(SuiteBroken, StandBroken),
        ),
        writing(
            "RunCase",
            run_case,
            business_key=lambda request: request.session_id,
            faults=(errors.AttemptOutOfTurn, errors.EndpointUnreachable, SuiteBroken, StandBroken),
        ),
        reading("GetSession", get_session, business_key=lambda request: request.session_id),
        writing(
            "GetAttachment",
            get_attachment,
            business_key=lambda request: request.session_id,
            faults=(SuiteBroken, StandBroken),
        ),
        writing(
            "ProvideEvidence",
            provide_evidence,
            business_key=lambda request: request.session_id,
            faults=(SuiteBroken, StandBroken),
        ),
        reading(
            "GetReport",
            get_report,
            business_key=lambda request: request.session_id,
            faults=(StandBroken,),
        ),
        registering(
            "FinishSession",
            finish_session,
            business_key=lambda request: request.session_id,
            faults=(MandatoryPending, StandBroken),
        ),
        writing("CancelSession", cancel_session, business_key=lambda request: request.session_id),
    ),
)

ADAPTER = Adapter("conformance", services=(CONFORMANCE,))
