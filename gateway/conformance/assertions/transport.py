"""Rules about what came beside a document."""

from gateway.conformance.assertions.subject import LookUp, Seen, Subject
from gateway.conformance.documents import Document
from gateway.conformance.errors import StandBroken
from gateway.conformance.evidence import Signature
from gateway.conformance.language import model

NO_FAULT = "none"
_SIGNATURES = {
    Signature.VALID: "подпись верна",
    Signature.INVALID: "подпись не подтверждена",
    Signature.NONE: "подписи нет",
    Signature.NOT_DUE: "сертификата у участника нет, подпись не проверяется",
}


def fault(rule: model.Fault, document: Document, look_up: LookUp) -> tuple[Seen, ...]:
    """Look whether the reply is the fault that was expected, or none."""
    wanted = look_up.text(rule.code)
    found = document.fault_code
    expected = "ответ без ошибки" if wanted == NO_FAULT else f"ошибка {wanted}"
    received = "ответ без ошибки" if found is None else f"ошибка {found}"
    kept = found is None if wanted == NO_FAULT else found == wanted
    return (
        Seen(
            kept,
            expected,
            received,
            document.line(document.payload),
            document.place(document.payload),
        ),
    )


def http(rule: model.Http, subject: Subject) -> tuple[Seen, ...]:
    """Look at the HTTP status."""
    statuses = " или ".join(map(str, rule.statuses))
    received = "ответа нет" if subject.http_status is None else f"HTTP {subject.http_status}"
    return (Seen(subject.http_status in rule.statuses, f"HTTP {statuses}", received),)


def signature(rule: model.Signed, subject: Subject) -> tuple[Seen, ...]:
    """Look at what the hub found about the signature."""
    if subject.signature is None:
        raise StandBroken("О подписи этого документа узел ничего не знает.")
    return (
        Seen(
            subject.signature in {rule.signature, Signature.NOT_DUE},
            _SIGNATURES[rule.signature],
            _SIGNATURES[subject.signature],
        ),
    )


def count(rule: model.Count, subject: Subject, look_up: LookUp) -> tuple[Seen, ...]:
    """Look at how many rows the hub's answer has."""
    if subject.rows is None:
        raise StandBroken("Состояния узла нет.")
    text = look_up.text(rule.count)
    if not text.isascii() or not text.isdigit():
        raise StandBroken(f"«{text}» — не число строк.")
    return (Seen(subject.rows == int(text), f"строк: {int(text)}", f"строк: {subject.rows}"),)
