"""Портал сервисов для ОИВ: a service is made (001, 3), access to one is given (001, 4)."""

from registry.notices.codes import NoticeCode
from registry.onboarding import guards
from registry.onboarding.machines.common import OWNER, PARTICIPANT, machine, term
from registry.onboarding.table import NEW, CaseKind, Doc, Effect, Row, Who
from registry.onboarding.terms import Term, Unit
from registry.participants import ParticipantKind

_BODIES = frozenset(
    {
        ParticipantKind.DEPARTMENT,
        ParticipantKind.MUNICIPALITY,
        ParticipantKind.SCHOOL,
        ParticipantKind.OTHER,
    }
)
DECISION = Term(
    "ONB-OIV-03",
    "принять решение о создании сервиса",
    30,
    unit=Unit.CALENDAR_DAYS,
    since="received_at",
)
CREATION = Term("ONB-OIV-05", "создать сервис", 0, unit=Unit.AGREED, until="agreed_until")
ACCESS = term("ONB-OIV-07", "отработать заявку на доступ", 10)
"""It goes on while the owner is asked."""

OIV_SVC = machine(
    CaseKind.OIV_SVC,
    "Новый сервис портала для ОИВ",
    "ОИВ",
    _BODIES,
    (
        Row(
            "ONB-OIV-01",
            (NEW,),
            "request",
            "REQUESTED",
            "направить запрос: цель, наименование, ответственное лицо, перечень данных",
            who=PARTICIPANT,
            needs=("purpose", "service_name", "responsible_contact", "data_list"),
            guards=(guards.nothing_prohibited,),
            receives=Doc.REQ_OIV_SVC,
        ),
        Row(
            "ONB-OIV-02",
            ("REQUESTED",),
            "refuse",
            "REFUSED",
            "отказать: сведения неполны или есть аналогичный сервис",
            who=OWNER,
            needs=("refusal_ground", "reason"),
            takes=("analogue",),
            guards=(guards.ground_fits,),
            within=DECISION,
            draws=Doc.REFUSAL_OIV,
            notice=NoticeCode.APP_RESULT,
            effect=Effect.ENDS,
        ),
        Row(
            "ONB-OIV-03",
            ("REQUESTED",),
            "approve",
            "APPROVED",
            "принять решение о создании и его сроке",
            who=OWNER,
            needs=("decision_number", "decision_date", "agreed_until"),
            within=DECISION,
            notice=NoticeCode.APP_RESULT,
        ),
        Row(
            "ONB-OIV-04",
            ("APPROVED",),
            "order_work",
            "IN_WORK",
            "направить оператору запрос на выполнение работ",
            who=OWNER,
            takes=("letter_number", "letter_date"),
        ),
        Row(
            "ONB-OIV-05",
            ("IN_WORK",),
            "finish",
            "READY",
            "создать сервис, дать права ответственному, проконсультировать",
            needs=("rights_given",),
            guards=(guards.confirmed("rights_given"),),
            within=CREATION,
        ),
    ),
    operational=frozenset({"READY"}),
)

OIV_ACC = machine(
    CaseKind.OIV_ACC,
    "Доступ к сервису портала для ОИВ",
    "ОИВ-ДОСТУП",
    _BODIES,
    (
        Row(
            "ONB-OIV-06",
            (NEW,),
            "request",
            "ACC_REQUESTED",
            "подать заявку: ФИО, должность, отдел, сервис, цель",
            who=PARTICIPANT,
            needs=("person_name", "position", "unit", "service_name", "purpose"),
            receives=Doc.REQ_OIV_ACC,
        ),
        Row(
            "ONB-OIV-07",
            ("ACC_REQUESTED",),
            "ask_owner",
            "OWNER_REVIEW",
            "согласовать доступ с владельцем сервиса",
            within=ACCESS,
        ),
        Row(
            "ONB-OIV-07",
            ("OWNER_REVIEW",),
            "grant",
            "GRANTED",
            "предоставить доступ",
            who=(Who.OPERATOR, Who.OWNER),
            needs=("owner_consent",),
            guards=(guards.confirmed("owner_consent"),),
            within=ACCESS,
            notice=NoticeCode.APP_RESULT,
        ),
        Row(
            "ONB-OIV-07",
            ("ACC_REQUESTED", "OWNER_REVIEW"),
            "refuse",
            "REFUSED",
            "отказать: сведения неполны или владелец не согласен",
            who=(Who.OPERATOR, Who.OWNER),
            needs=("refusal_ground", "reason"),
            within=ACCESS,
            draws=Doc.REFUSAL_OIV,
            notice=NoticeCode.APP_RESULT,
        ),
    ),
    operational=frozenset({"GRANTED"}),
)
