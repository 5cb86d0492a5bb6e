"""The forms, one frozen class each, by their codes."""

from collections.abc import Mapping

from gateway.documents.form import Form
from gateway.documents.forms.acts import BankTrialAct, EmpAct, OrganizerTrialAct, PutoAct
from gateway.documents.forms.letters import (
    AcquiringNotice,
    ArmLetter,
    BankApplication,
    EmpApplication,
    JoinStatement,
    NetworkApplication,
    PutoApplication,
    RegisoApplication,
)
from gateway.documents.forms.plans import ConnectionPlan, TrialPlan
from gateway.documents.forms.protocols import BankProtocol, OrganizerProtocol, PutoProtocol
from gateway.documents.forms.settlements import ReconciliationAct, TechnicalRequirements
from gateway.documents.kinds import DocType

FORMS: Mapping[DocType, type[Form]] = {
    form.doc_type: form
    for form in (
        EmpAct,
        EmpApplication,
        RegisoApplication,
        PutoAct,
        PutoProtocol,
        BankTrialAct,
        BankProtocol,
        OrganizerTrialAct,
        OrganizerProtocol,
        ConnectionPlan,
        TrialPlan,
        JoinStatement,
        BankApplication,
        AcquiringNotice,
        ArmLetter,
        PutoApplication,
        NetworkApplication,
        ReconciliationAct,
        TechnicalRequirements,
    )
}
