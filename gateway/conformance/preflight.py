"""Pre-flight: is the setting right, before the first case is begun.

Most failures are set-up and say nothing of a program, so a red check is never a failed case; it
closes admission until it is green. Each check tells what was seen and what to do. It is made of
what the participant registry holds and of what the participant's own address shows.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import Enum

from lxml import etree

from gateway.conformance.calls.address import named
from gateway.conformance.documents import Document, NotXml
from gateway.conformance.evidence import Message, Preflight
from gateway.contracts.catalog import Contract
from gateway.kernel.errors import GatewayError
from gateway.kernel.message import Contour, Participant, ParticipantState
from gateway.kernel.ports import LOCAL, Clock
from gateway.security.trust import Trusted
from gateway.soap.parse import HUB_NAMESPACE
from gateway.wire.address import Resolve, Target, locate
from gateway.wire.deadline import Deadline, NoAnswer
from gateway.wire.exchange import (
    Answer,
    Contexts,
    Request,
    Tls,
    connect,
    exchange,
    protect,
)
from registry.endpoints import Endpoint, Registered

SECONDS = 10.0
"""Of each look at the participant's address."""
MOST_SKEW = timedelta(seconds=60)
LEAST_VALIDITY = timedelta(days=30)
_OK = 200
_WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
_OPEN_STATES = frozenset({ParticipantState.JOINED, ParticipantState.IN_OPERATION})


class Status(Enum):
    """How one check ended."""

    GREEN = "GREEN"
    NOT_NEEDED = "NOT_NEEDED"
    """There is nothing to check in this setting; good for admission."""
    RED = "RED"
    BLOCKED = "BLOCKED"
    """Not made: another check has to be green first."""
    STAND = "STAND"
    """The stand itself could not look."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what was seen and what to do about it."""

    name: str
    """As plans write it: address, tls, wsdl, clock, certificate, credentials."""
    status: Status
    seen: str
    remedy: str = ""
    """Empty where nothing has to be done."""

    @property
    def is_green(self) -> bool:
        """Whether it is good for admission."""
        return self.status in {Status.GREEN, Status.NOT_NEEDED}

    def evidence(self, at: datetime) -> Preflight:
        """Return what a session keeps of it."""
        text = f"{self.seen} {self.remedy}".strip()
        return Preflight(self.name, at, self.is_green, text)


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known here of the participant under test, in one contour."""

    contour: Contour
    families: tuple[str, ...]
    """The services that he calls by the plan, such as `meals/bank-payment`."""
    participant: Participant | None
    """As the directory knows it at this moment."""
    has_login: bool
    certificates: tuple[Callable[[], Trusted], ...] = ()
    """Of messages, standing: each asks `Trust.check` and raises the refusal."""
    endpoint_url: str | None = None
    """Where he says that we call him; None for one who only calls us."""
    registered: tuple[Registered, ...] = ()
    """His endpoints in the participant registry."""
    contract: Contract | None = None
    """What his service has to speak, as it is published."""
    messages: Sequence[Message] = ()
    """His own, of this session: the last header tells his clock."""


@dataclass
class Examiner:
    """Looks once; what two checks need is fetched once."""

    setting: Setting
    resolve: Resolve
    contexts: Contexts
    clock: Clock
    _endpoint: Endpoint | None = field(default=None, init=False)
    _target: Target | None = field(default=None, init=False)
    _served: tuple[Answer, datetime] | None = field(default=None, init=False)

    def examine(self, names: Iterable[str]) -> tuple[Check, ...]:
        """Make the checks that a plan names, in the order that they depend on each other.

        The answer has the order of the plan. Raises KeyError for a check that does not exist.
        """
        made: dict[str, Check] = {}
        makers = {name: _CHECKS[name] for name in names}
        for name in sorted(makers, key=list(_CHECKS).index):
            try:
                made[name] = makers[name](self)
            except NoAnswer as trouble:
                made[name] = _unanswered(name, trouble)
            except GatewayError as refusal:
                made[name] = Check(name, Status.RED, refusal.text, refusal.action)
        return tuple(made[name] for name in makers)

    # His address.

    def address(self) -> Check:
        """Find the address in the registry, look the name up, open a connection."""
        setting = self.setting
        if setting.endpoint_url is None:
            return _not_needed("address")
        endpoint = named(setting.endpoint_url, setting.registered, setting.contour)
        target = self._located(endpoint)
        with connect(target, Deadline.after(SECONDS)) as connection:
            seen = f"{target.host}: соединение с {connection.number}, порт {target.port}."
        self._endpoint, self._target = endpoint, target
        return Check("address", Status.GREEN, seen)

    def tls(self) -> Check:
        """Shake hands: the chain, the name and the term are checked by it."""
        if self.setting.endpoint_url is None:
            return _not_needed("tls")
        if self._target is None:
            return _blocked("tls")
        if not self._target.is_tls:
            return Check(
                "tls",
                Status.NOT_NEEDED,
                "Адрес без TLS: в тестовом контуре допускается, в продуктивном — нет.",
            )
        deadline = Deadline.after(SECONDS)
        with connect(self._target, deadline) as connection:
            protect(connection, self._target, self.contexts, deadline)
            return Check("tls", Status.GREEN, _told(connection.tls))

    def wsdl(self) -> Check:
        """Hold what his service publishes against the published contract."""
        contract, endpoint = self.setting.contract, self._endpoint
        if self.setting.endpoint_url is None or contract is None:
            return _not_needed("wsdl")
        if endpoint is None:
            return _blocked("wsdl")
        if endpoint.format_version != contract.version:
            return Check(
                "wsdl",
                Status.RED,
                f"Точка подключения зарегистрирована с версией формата {endpoint.format_version},"
                f" испытывается {contract.version}.",
                "Зарегистрируйте адрес сервиса той версии, которая испытывается.",
            )
        answer, _ = self._description(endpoint)
        found = _difference(answer, contract)
        if found is not None:
            return Check("wsdl", Status.RED, found, _WSDL_REMEDY)
        operations = len(contract.operations)
        return Check(
            "wsdl",
            Status.GREEN,
            f"WSDL участника: {contract.namespace}, операций из формата — {operations}.",
        )

    def clock_skew(self) -> Check:
        """Compare clocks: by the Date of his server, or by the header of his last message."""
        compared = self._compared()
        if compared is None:
            return Check(
                "clock",
                Status.RED,
                "Показаний часов участника ещё нет.",
                "Пошлите в тестовый контур Ping с заголовком MessageHeader и повторите проверку.",
            )
        skew, source = compared
        seconds = round(abs(skew).total_seconds())
        where = "спешат" if skew > timedelta() else "отстают"
        seen = f"Часы участника ({source}) {where} на {seconds} с."
        if abs(skew) <= MOST_SKEW:
            return Check("clock", Status.GREEN, seen)
        return Check(
            "clock",
            Status.RED,
            seen,
            "Настройте синхронизацию времени (NTP); допускается не больше 60 секунд.",
        )

    # What the registry holds.

    def certificate(self) -> Check:
        """Look for a certificate that is believed now and for 30 days more."""
        now, refusals, last = self.clock(), list[str](), None
        for ask in self.setting.certificates:
            try:
                trusted = ask()
            except GatewayError as refusal:
                refusals.append(refusal.told_inside or refusal.text)
            else:
                until = trusted.certificate.not_after
                last = until if last is None else max(last, until)
        if last is None:
            seen = "Действующего сертификата подписи сообщений нет."
            if refusals:
                seen = f"Сертификату подписи не доверяют: {'; '.join(refusals)}."
            return Check("certificate", Status.RED, seen, _CERTIFICATE_REMEDY)
        seen = f"Сертификат подписи действует до {last.astimezone(LOCAL):%d.%m.%Y %H:%M}."
        if last < now + LEAST_VALIDITY:
            return Check("certificate", Status.RED, seen, _CERTIFICATE_REMEDY)
        return Check("certificate", Status.GREEN, seen)

    def credentials(self) -> Check:
        """See that he would be let in."""
        setting = self.setting
        who = setting.participant
        if who is None or who.state not in _OPEN_STATES:
            seen = f"Состояние участника: {who.state.value}." if who else "Участника в реестре нет."
            return Check("credentials", Status.RED, seen, "Обратитесь к оператору узла.")
        missing = [family for family in setting.families if family not in who.services]
        if missing:
            return Check(
                "credentials",
                Status.RED,
                f"Права на сервис {', '.join(missing)} в этом контуре нет.",
                "Попросите оператора узла открыть право: hub participant grant.",
            )
        if setting.has_login or setting.certificates:
            means = "логин" if setting.has_login else "подпись"
            return Check("credentials", Status.GREEN, f"Участник опознаётся: {means}.")
        return Check(
            "credentials",
            Status.RED,
            "Нет ни логина, ни сертификата.",
            "Получите учётные данные тестового контура у оператора узла.",
        )

    def _located(self, endpoint: Endpoint) -> Target:
        return locate(endpoint.place, self.resolve, Deadline.after(SECONDS))

    def _description(self, endpoint: Endpoint) -> tuple[Answer, datetime]:
        """Fetch the WSDL once, and the moment by our clock at which it came."""
        if self._served is None:
            url = f"{endpoint.url}{'&' if '?' in endpoint.url else '?'}wsdl"
            target = self._located(replace(endpoint, url=url))
            request = Request("GET", {"Accept": "text/xml, application/xml"})
            answer = exchange(target, request, self.contexts, Deadline.after(SECONDS))
            self._served = answer, self.clock()
        return self._served

    def _compared(self) -> tuple[timedelta, str] | None:
        """Return by how much his clock is ahead of ours, and by what that is known."""
        if self._endpoint is not None:
            answer, at = self._description(self._endpoint)
            told = _date(answer.headers.get("Date"))
            if told is not None:
                return told - at.replace(microsecond=0), "заголовок Date его сервера"
        for message in sorted(self.setting.messages, key=lambda m: m.received_at, reverse=True):
            told = _timestamp(message)
            if told is not None:
                return told - message.received_at, "время в заголовке последнего сообщения"
        return None


_CHECKS: dict[str, Callable[[Examiner], Check]] = {
    "address": Examiner.address,
    "tls": Examiner.tls,
    "wsdl": Examiner.wsdl,
    "clock": Examiner.clock_skew,
    "certificate": Examiner.certificate,
    "credentials": Examiner.credentials,
}
"""In the order of dependence: a later one may need an earlier one."""

_WSDL_REMEDY = (
    "Разверните сервис по опубликованному WSDL этой версии и отдавайте его одним файлом по ?wsdl."
)
_CERTIFICATE_REMEDY = (
    "Зарегистрируйте сертификат, который действует ещё не меньше 30 дней (hub certificate add)."
)


def _unanswered(name: str, trouble: NoAnswer) -> Check:
    if trouble.ours:
        return Check(
            name, Status.STAND, trouble.text, "Сбой стенда: дождитесь исправления и повторите."
        )
    remedy = {
        "address": "Проверьте адрес, запись DNS, межсетевой экран и что сервис запущен.",
        "tls": "Установите сертификат сервера на это имя вместе с цепочкой до доверенного центра.",
    }.get(name, "Проверьте, что сервис отвечает по своему адресу на GET …?wsdl.")
    return Check(name, Status.RED, trouble.text, remedy)


def _not_needed(name: str) -> Check:
    return Check(name, Status.NOT_NEEDED, "Участник только вызывает узел; проверять нечего.")


def _blocked(name: str) -> Check:
    return Check(name, Status.BLOCKED, "Не проверялось: адрес недоступен.", "Исправьте адрес.")


def _told(tls: Tls | None) -> str:
    if tls is None:
        raise TypeError(tls)
    until = tls.not_after.astimezone(LOCAL)
    return f"{tls.protocol}, сертификат «{tls.subject}» от «{tls.issuer}» до {until:%d.%m.%Y}."


def _difference(answer: Answer, contract: Contract) -> str | None:
    """Say in what a served WSDL is another contract; None when it is this one."""
    if answer.status != _OK:
        return f"На ?wsdl получен ответ HTTP {answer.status}."
    try:
        root = Document("WSDL участника", answer.body, ours=False).root
    except NotXml as error:
        return f"{error}."
    if root.tag != f"{_WSDL}definitions":
        return "На ?wsdl получен не WSDL 1.1."
    namespace = root.get("targetNamespace", "")
    if namespace != contract.namespace:
        return f"Пространство имён WSDL — {namespace[:200]}, опубликовано {contract.namespace}."
    served = dict(_operations(root))
    for published in contract.operations:
        elements = served.get(published.name)
        if elements is None:
            return f"В WSDL участника нет операции {published.name}."
        if elements != (published.request, published.response):
            return f"Операция {published.name} в WSDL участника с другими элементами сообщений."
    return None


def _operations(root: etree._Element) -> Iterable[tuple[str, tuple[str, str]]]:
    """Return the operations with the elements of request and response."""
    elements = {
        message.get("name", ""): _element(part)
        for message in root.iterfind(f"{_WSDL}message")
        for part in message.iterfind(f"{_WSDL}part[@element]")
    }
    for operation in root.iterfind(f"{_WSDL}portType/{_WSDL}operation"):
        told = [
            elements.get(side.get("message", "").rpartition(":")[2], "")
            for direction in ("input", "output")
            for side in operation.findall(_WSDL + direction)[:1]
        ]
        yield operation.get("name", ""), (told[0] if told else "", told[-1] if told else "")


def _element(part: etree._Element) -> str:
    prefix, _, local = part.get("element", "").rpartition(":")
    return f"{{{part.nsmap.get(prefix or None, '')}}}{local}"


def _date(text: str | None) -> datetime | None:
    try:
        moment = None if text is None else parsedate_to_datetime(text)
    except ValueError:
        return None
    return None if moment is None else moment.replace(tzinfo=moment.tzinfo or UTC)


def _timestamp(message: Message) -> datetime | None:
    """Return what the header of a message says; None without one that can be read."""
    if message.damage is not None:
        return None
    try:
        header = Document("сообщение", message.request, ours=False, believed=False).header
        text = None if header is None else header.findtext(f"{{{HUB_NAMESPACE}}}timestamp")
        moment = None if text is None else datetime.fromisoformat(text.strip())
    except (NotXml, ValueError):
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
