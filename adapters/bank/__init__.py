"""Banks: online payments (SVC-01) and payment registries (SVC-02)."""

from adapters.bank import errors
from adapters.bank.handlers.accounts import check_account
from adapters.bank.handlers.annulment import annul_registry, is_annulled
from adapters.bank.handlers.cancellations import cancel_payment
from adapters.bank.handlers.corrections import submit_correction
from adapters.bank.handlers.payments import get_payment_status, register_payments
from adapters.bank.handlers.reconciliation import get_reconciliation
from adapters.bank.handlers.registries import (
    get_registry_protocol,
    get_registry_status,
    list_registries,
    submit_registries,
)
from adapters.bank.jobs import JOBS
from adapters.bank.messages import bank_payment, payment_registry
from adapters.bank.reconcile import reconcile
from adapters.bank.repository.books import BankBooks
from adapters.bank.trials import TEST_DATA
from gateway.adapter import Adapter, Service, batched, reading, writing


def _took_effect(
    response: bank_payment.RegisterPaymentResponse | bank_payment.CancelPaymentResponse,
) -> bool:
    """Tell whether the answer is the message's for ever; a refusal may be mended and repeated."""
    return response.result_code is bank_payment.ResultCode.OK


BANK_PAYMENT = Service(
    contract="meals/bank-payment/1.0",
    messages=bank_payment,
    operations=(
        reading("CheckAccount", check_account, business_key=lambda request: request.account),
        batched(
            "RegisterPayment",
            register_payments,
            business_key=lambda request: request.bank_payment_id,
            is_final=_took_effect,
        ),
        writing(
            "CancelPayment",
            cancel_payment,
            business_key=lambda request: request.bank_payment_id,
            is_final=_took_effect,
        ),
        reading(
            "GetPaymentStatus",
            get_payment_status,
            business_key=lambda request: request.bank_payment_id,
        ),
    ),
)

PAYMENT_REGISTRY = Service(
    contract="meals/payment-registry/1.0",
    messages=payment_registry,
    operations=(
        batched(
            "SubmitRegistry",
            submit_registries,
            business_key=lambda request: request.registry_id,
            faults=(
                errors.RegistryTotalMismatch,
                errors.RegistryCountMismatch,
                errors.DuplicateLine,
                errors.OrganizerUnknown,
                errors.BindingNotFound,
                errors.PeriodInvalid,
            ),
        ),
        reading(
            "GetRegistryStatus",
            get_registry_status,
            business_key=lambda request: request.registry_id or request.hub_registry_id,
        ),
        reading(
            "GetRegistryProtocol",
            get_registry_protocol,
            business_key=lambda request: request.hub_registry_id,
            faults=(errors.NotReady,),
        ),
        writing(
            "AnnulRegistry",
            annul_registry,
            business_key=lambda request: request.registry_id,
            is_final=is_annulled,
        ),
        writing(
            "SubmitCorrection",
            submit_correction,
            business_key=lambda request: request.correction_id,
            faults=(errors.LineNotInSuspense,),
        ),
        reading("ListRegistries", list_registries, faults=(errors.PeriodInvalid,)),
        reading("GetReconciliation", get_reconciliation, faults=(errors.PeriodInvalid,)),
    ),
)

ADAPTER = Adapter(
    "bank",
    services=(BANK_PAYMENT, PAYMENT_REGISTRY),
    jobs=JOBS,
    payments=BankBooks,
    reconcile=reconcile,
    test_data=TEST_DATA,
)
