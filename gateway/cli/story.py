"""The bank's day, played through real SOAP calls as a bank's own program would make them.

The client is zeep, made from nothing but the published WSDL address and the bank's certificate:
every call is signed, and every reply has to be signed by the hub. Once the bank forgets to sign,
first under OPTIONAL and then under REQUIRED.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import zeep.exceptions

from gateway.cli.program import (
    PATIENCE_SECONDS,
    Identity,
    Program,
    Say,
    expect,
    expected_fault,
)
from gateway.kernel.message import SignatureInTest
from gateway.kernel.ports import LOCAL, Clock

PROCESSING = {"RECEIVED", "PROCESSING"}


@dataclass(frozen=True, slots=True)
class Cast(Identity):
    """Who plays and where."""

    organizer_inn: str
    accounts: Sequence[str]
    """Open personal accounts, at least five."""
    unknown_account: str
    set_signature_in_test: Callable[[SignatureInTest], None]
    """What the operator does: bind the bank to sign in the test contour too, or release it."""


class BankProgram(Program):
    """What a bank's programmer has after his first ten minutes with the WSDL."""

    def __init__(self, cast: Cast, clock: Clock, *, signed: bool = True) -> None:
        """Read both WSDLs over HTTP; an unsigned program sends login and password instead."""
        super().__init__(cast, clock, signed=signed)
        self.payments = self.client("meals/bank-payment")
        self.registries = self.client("meals/payment-registry")


class Told(NamedTuple):
    """What the story left behind, for `demo.json`."""

    hub_payment_id: str
    hub_registry_id: str
    registry_number: str


def play(cast: Cast, clock: Clock, say: Say) -> Told:
    """Play the day; raise StoryBroken at the first answer that is not as told."""
    bank = BankProgram(cast, clock)
    now = clock().astimezone(LOCAL).replace(microsecond=0)
    stamp = now.strftime("%y%m%d-%H%M%S")
    payments = [f"DEMO-{stamp}-{number}" for number in range(1, 7)]
    say("Банк читает WSDL и спрашивает, можно ли принять деньги.")
    _check_account(bank, cast, now, say)
    say("Банк принимает деньги и сообщает о платежах.")
    hub_payment_id = _pay(bank, cast, now, payments, say)
    say("Вечером банк передаёт реестр за день: пять строк, не все из них верные.")
    hub_registry_id = _hand_in(bank, cast, now, payments, say)
    _read_protocol(bank, hub_registry_id, say)
    say("Банк сверяется с узлом.")
    _reconcile(bank, cast, now, say)
    say("Все запросы банка и ответы узла подписаны. Что будет, если банк забудет подписать?")
    _forget_to_sign(cast, clock, say)
    return Told(hub_payment_id, hub_registry_id, stamp)


def _forget_to_sign(cast: Cast, clock: Clock, say: Say) -> None:
    forgetful = BankProgram(cast, clock, signed=False)
    forgetful.call(forgetful.payments, "Ping")
    say("  Тестовый контур, логин и пароль: принято, участнику это разрешено.")
    address = f"{cast.base_url}/prod/ws/meals/bank-payment/1.0"
    binding = next(iter(forgetful.payments.wsdl.bindings))
    production = forgetful.payments.create_service(binding, address)
    with expected_fault("SIGNATURE_INVALID", "Продуктивный контур, те же логин и пароль", say):
        production.Ping()
    cast.set_signature_in_test(SignatureInTest.REQUIRED)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not _is_refused(forgetful):
        expect(time.monotonic() < deadline, "без подписи принимают, хотя она обязательна")
        time.sleep(0.2)
    say("  Тестовый контур, участник обязан подписывать: отказ SIGNATURE_INVALID.")
    cast.set_signature_in_test(SignatureInTest.OPTIONAL)


def _is_refused(program: BankProgram) -> bool:
    try:
        program.call(program.payments, "Ping")
    except zeep.exceptions.Fault:
        return True
    return False


def _check_account(bank: BankProgram, cast: Cast, now: datetime, say: Say) -> None:
    known = bank.call(
        bank.payments, "CheckAccount", account=cast.accounts[0], channel="ATM", requestTime=now
    )
    expect(known.resultCode == 0, f"проверка счёта вернула {known.resultCode}")
    say(
        f"  CheckAccount {cast.accounts[0]}: {known.pupilMask}, {known.className},"
        f" не больше {known.maxAmount} руб."
    )
    unknown = bank.call(
        bank.payments, "CheckAccount", account=cast.unknown_account, channel="ATM", requestTime=now
    )
    expect(unknown.resultCode != 0, "неизвестный счёт принят")
    say(f"  CheckAccount {cast.unknown_account}: {unknown.resultCode} {unknown.resultText}")


def _pay(bank: BankProgram, cast: Cast, now: datetime, payments: Sequence[str], say: Say) -> str:
    def pay(number: int, amount: str) -> Any:  # noqa: ANN401 -- zeep's own
        return bank.call(
            bank.payments,
            "RegisterPayment",
            bankPaymentId=payments[number],
            account=cast.accounts[number],
            amount=Decimal(amount),
            currency="RUB",
            paymentTime=now - timedelta(minutes=10 - number),
            channel="ATM",
            terminalId="ATM-0001",
        )

    first = pay(0, "500.00")
    expect(first.resultCode == 0, f"платёж не принят: {first.resultText}")
    say(f"  RegisterPayment 500.00: {first.state}, платёж узла {first.hubPaymentId}")
    again = pay(0, "500.00")
    expect(again.hubPaymentId == first.hubPaymentId and again.duplicate, "повтор стал платежом")
    say("  Повтор того же платежа: тот же номер узла, duplicate=true, второй раз не зачислен")
    changed = pay(0, "501.00")
    expect(changed.reason == "DUPLICATE_CONFLICT", "другой платёж под тем же номером принят")
    say(f"  Тот же номер с другой суммой: {changed.resultCode} {changed.reason}")
    over = pay(1, "2000.01")
    expect(over.resultCode == 242, "предел не сработал")  # noqa: PLR2004 -- result code of the contract
    say(f"  RegisterPayment 2000.01: {over.resultCode} {over.resultText}")
    for number, amount in ((2, "700.00"), (3, "150.50")):
        expect(pay(number, amount).resultCode == 0, f"платёж {amount} не принят")
        say(f"  RegisterPayment {amount}: принят")
    return str(first.hubPaymentId)


def _hand_in(
    bank: BankProgram, cast: Cast, now: datetime, payments: Sequence[str], say: Say
) -> str:
    told = [
        (payments[0], cast.accounts[0], "500.00"),
        (payments[2], cast.accounts[2], "700.00"),
        (payments[3], cast.accounts[3], "150.00"),
        (payments[4], cast.accounts[4], "2500.00"),
        (payments[5], cast.unknown_account, "300.00"),
    ]
    stamp = payments[0].removeprefix("DEMO-").removesuffix("-1")
    request = _registry(cast, now, stamp, told)
    receipt = bank.call(bank.registries, "SubmitRegistry", **request)
    say(f"  SubmitRegistry {stamp}: {receipt.state}, реестр узла {receipt.hubRegistryId}")
    again = bank.call(bank.registries, "SubmitRegistry", **request)
    expect(again.duplicate and again.hubRegistryId == receipt.hubRegistryId, "реестр удвоен")
    say("  Тот же реестр ещё раз: duplicate=true, обработан один раз")
    with expected_fault("REGISTRY_TOTAL_MISMATCH", "Реестр с неверной суммой", say):
        bank.call(
            bank.registries,
            "SubmitRegistry",
            **{
                **request,
                "registryId": f"{stamp}-broken",
                "registryNumber": f"{stamp}-b",
                "totalAmount": Decimal("1.00"),
            },
        )
    _wait_until_processed(bank, receipt.hubRegistryId, say)
    _second_registry(bank, cast, now, stamp, told[0], say)
    return str(receipt.hubRegistryId)


def _second_registry(
    bank: BankProgram,
    cast: Cast,
    now: datetime,
    stamp: str,
    paid: tuple[str, str, str],
    say: Say,
) -> None:
    request = _registry(cast, now, f"{stamp}-2", [paid])
    receipt = bank.call(bank.registries, "SubmitRegistry", **request)
    _wait_until_processed(bank, receipt.hubRegistryId, say)
    protocol = bank.call(
        bank.registries, "GetRegistryProtocol", hubRegistryId=receipt.hubRegistryId
    )
    expect(protocol.line[0].result == "DUPLICATE", "платёж зачислен вторым реестром")
    say("  Второй реестр с тем же платежом: строка DUPLICATE, денег не прибавилось")


def _registry(
    cast: Cast, now: datetime, stamp: str, told: Sequence[tuple[str, str, str]]
) -> dict[str, Any]:
    lines = [
        {
            "lineNo": number,
            "bankPaymentId": payment,
            "account": account,
            "amount": Decimal(amount),
            "paymentTime": now,
            "channel": "ATM",
            "status": "PAID",
        }
        for number, (payment, account, amount) in enumerate(told, 1)
    ]
    return {
        "registryId": f"REG-{stamp}",
        "registryNumber": stamp,
        "registryDate": now.date(),
        "organizerInn": cast.organizer_inn,
        "period": {"from": now - timedelta(days=1), "to": now + timedelta(minutes=1)},
        "kind": "ONLINE",
        "count": len(lines),
        "totalAmount": sum((Decimal(amount) for _, _, amount in told), Decimal(0)),
        "line": lines,
    }


def _wait_until_processed(bank: BankProgram, hub_registry_id: str, say: Say) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        status = bank.call(bank.registries, "GetRegistryStatus", hubRegistryId=hub_registry_id)
        if status.state not in PROCESSING:
            say(f"  GetRegistryStatus: {status.state}, зачислено {status.sums.credited} руб.")
            return
        expect(time.monotonic() < deadline, "реестр не обработан вовремя")
        time.sleep(0.05)


def _read_protocol(bank: BankProgram, hub_registry_id: str, say: Say) -> None:
    protocol = bank.call(bank.registries, "GetRegistryProtocol", hubRegistryId=hub_registry_id)
    say("  Протокол реестра по строкам:")
    for line in protocol.line:
        warnings = ", ".join(line.warning or [])
        say(
            f"    {line.lineNo}. {line.account} {line.amount:>8} руб.  {line.result}"
            + (f"  [{warnings}]" if warnings else "")
        )
    results = {line.lineNo: line.result for line in protocol.line}
    expect(results[3] == "AMOUNT_MISMATCH", "расхождение суммы не замечено")
    expect(results[5] in {"ACCOUNT_UNKNOWN", "SUSPENSE"}, "неизвестный счёт зачислен")


def _reconcile(bank: BankProgram, cast: Cast, now: datetime, say: Say) -> None:
    found = bank.call(
        bank.registries,
        "GetReconciliation",
        period={"from": now.date(), "to": now.date()},
        organizerInn=cast.organizer_inn,
    )
    say(
        f"  Уведомлено {found.notified.count} на {found.notified.sum} руб.,"
        f" в реестрах {found.registered.count} на {found.registered.sum} руб.,"
        f" зачислено {found.credited.count} на {found.credited.sum} руб."
    )
    say(
        f"  Нет в реестре: {len(found.missingInRegistry)},"
        f" нет уведомления: {len(found.missingNotice)},"
        f" расходится сумма: {len(found.mismatched)},"
        f" невыяснено {found.suspense.count} на {found.suspense.sum} руб."
    )
