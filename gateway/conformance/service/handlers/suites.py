"""SVC-17: which suites there are."""

from collections.abc import Iterator

from gateway.adapter import Received, Work
from gateway.conformance import telling
from gateway.conformance.errors import SuiteBroken
from gateway.conformance.language import model
from gateway.conformance.service import messages, told
from gateway.conformance.sessions import SessionDesk
from gateway.contracts.messages.common import Contour


def list_suites(
    received: Received[messages.ListSuitesRequest], work: Work
) -> messages.ListSuitesResponse:
    """Tell every suite case by case; one that is broken is named as the stand's own trouble."""
    request, suites = received.request, work.office(SessionDesk).suites
    contour = Contour(work.contour.value)
    found = [_suite(suite, request.kind, contour) for suite in suites.all()]
    found += [_broken(plan, error, contour) for plan, error in sorted(suites.broken.items())]
    return messages.ListSuitesResponse(
        suite=[
            suite
            for suite in found
            if request.suite_code in {None, suite.suite_code, suite.plan}
            and _is_of(suite.service_code, request.service_code)
        ]
    )


def _is_of(format_name: str | None, wanted: str | None) -> bool:
    """Tell whether a suite tests a service, named with its version or without."""
    if wanted is None or format_name == "*":
        return True
    return format_name is not None and wanted in {format_name, format_name.rpartition("/")[0]}


def _suite(
    suite: model.Suite, kind: messages.CaseKind | None, contour: Contour
) -> messages.SuiteType:
    return messages.SuiteType(
        suite_code=suite.code,
        plan=suite.plan,
        title=suite.title,
        service_code=suite.format,
        version=suite.version,
        digest=suite.digest,
        contour=contour,
        mandatory_count=sum(
            len(case.rows) for case in suite.cases if case.kind is model.Kind.MANDATORY
        ),
        basis=list(suite.basis),
        parameter=[
            messages.ParameterType(
                name=param.name,
                title=param.title,
                given_by_participant=param.by_participant,
                required=param.required,
            )
            for param in suite.params
        ],
        preflight=list(suite.preflight),
        case=[_case(case) for case in suite.cases if kind in {None, told.kind(case)}],
        requirement=list(_requirements(suite)),
    )


def _broken(plan: str, error: SuiteBroken, contour: Contour) -> messages.SuiteType:
    return messages.SuiteType(
        suite_code=plan,
        plan=plan,
        title=plan,
        contour=contour,
        mandatory_count=0,
        trouble=told.text(f"{error.message} {error.text}"),
    )


def _case(case: model.Case) -> messages.CaseType:
    return messages.CaseType(
        case_code=case.code,
        title=case.title,
        purpose=case.purpose,
        direction=told.direction(case),
        mandatory=case.kind is model.Kind.MANDATORY,
        kind=told.kind(case),
        condition=case.when.part if case.when else None,
        expected=telling.expected_of(case),
        verifies=list(case.verifies),
        needs=list(case.needs),
        row=[messages.RowType(row=row.number, title=row.name) for row in case.rows if row.number],
        step=[
            messages.StepType(
                step_id=step.id,
                mover=messages.Mover["PARTICIPANT" if isinstance(known, model.Ask) else "STAND"],
                text=told.text(step.text),
                attachment=step.attachment,
                evidence=told.evidence_kind(known),
                expected=[told.text(said) for said in step.expected],
            )
            for step, known in zip(telling.steps_of(case), case.steps, strict=True)
        ],
    )


def _requirements(suite: model.Suite) -> Iterator[messages.RequirementType]:
    for requirement in suite.requirements:
        yield messages.RequirementType(
            requirement_id=requirement.id,
            text=requirement.text,
            source=requirement.source,
            case_code=[case.code for case in suite.cases if requirement.id in case.verifies],
            not_tested=requirement.not_tested,
        )
