"""Banks: online payments (SVC-01) and payment registries (SVC-02)."""

from adapters.bank.handlers.accounts import check_account
from adapters.bank.handlers.cancellations import cancel_payment
from adapters.bank.handlers.payments import get_payment_status, register_payments
from adapters.bank.messages import bank_payment
from adapters.bank.reconcile import reconcile
from gateway.adapter import Adapter, Service, batched, reading, writing

BANK_PAYMENT = Service(
    contract="meals/bank-payment/1.0",
    messages=bank_payment,
    operations=(
        reading("CheckAccount", check_account, business_key=lambda request: request.account),
        batched(
            "RegisterPayment",
            register_payments,
            business_key=lambda request: request.bank_payment_id,
        ),
        writing(
            "CancelPayment",
            cancel_payment,
            business_key=lambda request: request.bank_payment_id,
        ),
        reading(
            "GetPaymentStatus",
            get_payment_status,
            business_key=lambda request: request.bank_payment_id,
        ),
    ),
)

ADAPTER = Adapter("bank", services=(BANK_PAYMENT,), reconcile=reconcile)
