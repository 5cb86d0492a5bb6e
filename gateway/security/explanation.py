"""What a verification saw, step by step, as values: told to people and to programs alike.

A step never decides anything. Its refusal is what the verifier's own function raised, and the
verdict of an `Explanation` is the verifier's; facts stand beside them.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from gateway.kernel.errors import GatewayError
from gateway.kernel.verdict import Outcome
from gateway.security.certificates import Certificate, CertificateReader, CertificateUnusable
from gateway.security.errors import CmsReason, CmsRefused, Reason, SignatureRefused
from gateway.security.path import Authorities, Purpose, find_path
from gateway.security.provider import ProviderMissing
from gateway.security.trust import CertificateOfOtherContour

PROVIDER_MISSING = "provider.missing"
TRUST_UNKNOWN = "trust.unknown"

_HEAD_ROWS = 10
_ROW = 120
_Seen = TypeVar("_Seen")
_WITH_REASON = (SignatureRefused, CmsRefused, CertificateUnusable, CertificateOfOtherContour)
_ADVICE: dict[Reason | CmsReason, str] = {
    Reason.MISSING: "Подпишите сообщение: hub sign ФАЙЛ --key КЛЮЧ --certificate СЕРТИФИКАТ.",
    Reason.SECURITY_ACTOR: "Сверьте actor (SOAP 1.1) или role (SOAP 1.2) с ожидаемым, см. --actor.",
    Reason.SECURITY_CONTENT: "Оставьте в Security по одному: маркер, метку времени, подпись.",
    Reason.CANONICALIZATION: "Объявите и выполните http://www.w3.org/2001/10/xml-exc-c14n#.",
    Reason.TRANSFORM: "Оставьте одно преобразование: http://www.w3.org/2001/10/xml-exc-c14n#; "
    "в СМЭВ 3 за ним стоит urn://smev-gov-ru/xmldsig/transform.",
    Reason.ALGORITHM: "Возьмите алгоритм подписи, который контур принимает и который "
    "подходит к ключу сертификата.",
    Reason.DIGEST_ALGORITHM: "Возьмите SHA-256 или ГОСТ Р 34.11-2012.",
    Reason.REFERENCE_URI: 'Дайте элементу wsu:Id и сошлитесь на него: URI="#имя".',
    Reason.REFERENCE_UNKNOWN: "Ссылка ищет wsu:Id, xml:id, Id, ID, id с точно таким значением.",
    Reason.REFERENCE_AMBIGUOUS: "Сделайте идентификаторы различными во всём сообщении.",
    Reason.NOT_BODY: "Подпишите тот самый Body, который стоит в конверте.",
    Reason.NOT_HEADER: "Добавьте ссылку на hub:MessageHeader: неподписанному заголовку не верят.",
    Reason.NOT_TIMESTAMP: "Подпишите wsu:Timestamp или не добавляйте его.",
    Reason.TOKEN_PLACE: "Положите BinarySecurityToken в тот же Security, что и подпись.",
    Reason.TIMESTAMP_STALE: "Подпишите сообщение заново и отправьте сразу; сверьте часы.",
    Reason.TIMESTAMP_FUTURE: "Сверьте часы и часовой пояс подписывающей машины.",
    Reason.VALUE: "Если дайджесты совпали, SignedInfo изменён после подписания "
    "или ключ не от этого сертификата.",
    Reason.CERTIFICATE_ISSUER_UNKNOWN: "Назовите сертификат издателя и корневого центра: файл "
    "--trust или удостоверяющие центры контура.",
    Reason.CERTIFICATE_PURPOSE: "В сертификате нужен KeyUsage digitalSignature или nonRepudiation; "
    "в реестре узла он зарегистрирован для сообщений (message) или вложений (attachment).",
    Reason.CERTIFICATE_UNKNOWN: "Зарегистрируйте сертификат: hub certificate add.",
    CmsReason.CONTENT: "Сделайте отсоединённую подпись (detached).",
    CmsReason.DIGEST: "Подписан другой файл или файл изменён; подпишите его снова: hub sign --cms.",
    CmsReason.SIGNING_CERTIFICATE: "Подпишите по CAdES-BES, с атрибутом signing-certificate-v2.",
}
_ADVICE_BY_CODE = {reason.code: text for reason, text in _ADVICE.items()}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a step did not pass: the code for machines, the sentence for people."""

    code: str
    sentence: str
    note: str = ""
    """The offending value, cut short."""

    @classmethod
    def of(cls, error: GatewayError | ProviderMissing | CertificateUnusable) -> "Refusal":
        """Take what the verifier raised."""
        if isinstance(error, ProviderMissing):
            sentence = "На этой машине нет криптопровайдера для алгоритма подписи."
            return cls(PROVIDER_MISSING, sentence, str(error))
        if isinstance(error, _WITH_REASON):
            return cls(error.reason.code, error.reason.sentence, error.note)
        note = error.findings[0].text if error.findings else ""
        return cls(error.code, error.text, note)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that was seen."""

    key: str
    """Stable, for programs."""
    label: str
    """Russian, for people."""
    value: str | int | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Hint:
    """What probably went wrong, and what to do."""

    cause: str
    """Stable, for programs."""
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a verification."""

    name: str
    """Stable, for programs."""
    title: str
    outcome: Outcome
    """UNDEFINED when the verification did not come so far."""
    facts: tuple[Fact, ...] = ()
    refusal: Refusal | None = None
    hints: tuple[Hint, ...] = ()
    octets: bytes | None = None
    """What was digested or signed in this step."""
    file: str = ""
    """How a file with these octets is called."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A verification told; `refusal` is the verifier's own word."""

    steps: tuple[Step, ...]
    refusal: Refusal | None
    """None when the signature is proven and, if that was a step, the certificate trusted."""
    certificate: bytes | None = None
    """DER of the certificate that the signature names; always there when nothing was refused."""

    @property
    def failed_codes(self) -> frozenset[str]:
        """The codes of all the steps that did not pass."""
        return frozenset(step.refusal.code for step in self.steps if step.refusal is not None)

    def followed_by(self, step: Step) -> "Explanation":
        """Add a step; its refusal counts when nothing was refused before."""
        return replace(self, steps=(*self.steps, step), refusal=self.refusal or step.refusal)


def attempt(step: Callable[[], _Seen]) -> tuple[_Seen | None, Refusal | None]:
    """Return what a step of the verifier returns, or why it refuses."""
    try:
        return step(), None
    except (GatewayError, ProviderMissing) as error:
        return None, Refusal.of(error)


def judged(
    name: str,
    title: str,
    facts: Sequence[Fact],
    refusal: Refusal | None,
    hints: Sequence[Hint] = (),
    octets: bytes | None = None,
    file: str = "",
) -> Step:
    """Return a step that passed or did not, with the advice for its refusal."""
    outcome = Outcome.PASSED if refusal is None else Outcome.FAILED
    hints = (*_advice(refusal), *hints)
    return Step(name, title, outcome, tuple(facts), refusal, hints, octets, file)


def _advice(refusal: Refusal | None) -> Iterator[Hint]:
    if refusal is not None and refusal.code in _ADVICE_BY_CODE:
        yield Hint(refusal.code, _ADVICE_BY_CODE[refusal.code])


def unseen(name: str, title: str, facts: Sequence[Fact] = ()) -> Step:
    """Return a step that the verification did not come to."""
    return Step(name, title, Outcome.UNDEFINED, tuple(facts))


def octets_facts(octets: bytes) -> Iterator[Fact]:
    """Tell of canonical bytes what a programmer compares with his own."""
    yield Fact("length", "канонических байтов", len(octets))
    yield Fact("sha256", "их SHA-256 (hex)", hashlib.sha256(octets).hexdigest())


def head_of(octets: bytes) -> tuple[str, ...]:
    """Return the beginning in rows that a terminal takes; canonical XML is often one long line."""
    text = octets[: _HEAD_ROWS * _ROW * 4].decode("utf-8", "replace")
    rows = [
        line[start : start + _ROW]
        for line in text.split("\n")
        for start in range(0, max(len(line), 1), _ROW)
    ]
    return (*rows[:_HEAD_ROWS], "…") if len(rows) > _HEAD_ROWS else tuple(rows)


def certificate_facts(der: bytes, reader: CertificateReader) -> Iterator[Fact]:
    """Tell whose certificate it is; nothing of it is believed yet."""
    yield Fact("thumbprint", "отпечаток SHA-256", hashlib.sha256(der).hexdigest())
    try:
        certificate = reader.read(der)
    except CertificateUnusable as error:
        yield Fact("unreadable", "прочитать не удалось", str(error))
        return
    key = certificate.public_key
    yield Fact("subject", "выдан кому", certificate.subject)
    yield Fact("inn", "ИНН", certificate.inn)
    yield Fact("ogrn", "ОГРН", certificate.ogrn)
    yield Fact("issuer", "издатель", certificate.issuer)
    yield Fact("serial", "серийный номер", certificate.serial_text)
    yield Fact("not-before", "действует с", certificate.not_before.isoformat())
    yield Fact("not-after", "действует по", certificate.not_after.isoformat())
    yield Fact("key", "ключ", f"{key.kind.value}, {key.bits} бит")


def trust_by(der: bytes, authorities: Authorities, reader: CertificateReader, at: datetime) -> Step:
    """Follow the certificate to an authority that the caller trusts; revocation is not asked."""
    facts = [
        Fact("source", "кому доверяем", "сертификаты из --trust"),
        Fact("revocation", "отзыв", "не проверялся"),
    ]
    try:
        path = find_path(reader.read(der), authorities, at, Purpose.MESSAGE)
    except (CertificateUnusable, ProviderMissing) as error:
        return trust_step(facts, Refusal.of(error))
    facts.append(chain_fact(path.chain))
    if path.reason is None:
        return trust_step(facts, None)
    refusal = Refusal(path.reason.code, path.reason.sentence, path.verdict.where or "")
    return trust_step(facts, refusal)


def trust_step(facts: Sequence[Fact], refusal: Refusal | None) -> Step:
    """Return the step in which the certificate was held against an authority."""
    return judged("trust", "Доверие к сертификату", facts, refusal)


def trust_unknown(why: str) -> Step:
    """Return the step in which nobody could be asked about the certificate."""
    refusal = Refusal(TRUST_UNKNOWN, "Доверие к сертификату не проверялось.", why)
    return Step("trust", "Доверие к сертификату", Outcome.UNDEFINED, (), refusal)


def chain_fact(chain: Sequence[Certificate]) -> Fact:
    """Tell the chain from the certificate upwards."""
    return Fact("chain", "цепочка", tuple(one.subject or one.serial_text for one in chain))
