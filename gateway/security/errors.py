"""Why a signature is not believed: told in full to the journal and the operator, to nobody else.

The sender gets one sentence for all of them (design rule: no oracle), `SignatureInvalid`.
"""

from enum import Enum

from gateway.kernel.errors import SignatureInvalid


class Reason(Enum):
    """A stable code for machines and a sentence for the operator."""

    MISSING = ("signature.missing", "Сообщение не подписано.")
    INSTRUCTION = ("signature.instruction", "В подписанном сообщении есть инструкция обработки.")
    DOCTYPE = ("signature.doctype", "В подписанном сообщении есть DOCTYPE.")
    LIMIT = ("signature.limit", "Разметка превышает установленный предел.")
    SECURITY_ACTOR = ("signature.security.actor", "Заголовок Security адресован не узлу.")
    SECURITY_CONTENT = (
        "signature.security.content",
        "В заголовке Security есть лишнее или повторяющееся.",
    )
    STRUCTURE = ("signature.structure", "Подпись составлена не по профилю.")
    KEY_INFO = ("signature.key-info", "KeyInfo не указывает ровно на один сертификат.")
    TOKEN_PLACE = (
        "signature.token.place",
        "Сертификат лежит не в том заголовке Security, где подпись.",
    )
    TOKEN_FORMAT = ("signature.token.format", "Маркер безопасности не является сертификатом X.509.")
    CERTIFICATE = ("signature.certificate", "Сертификат не разбирается.")
    KEY = ("signature.key", "Ключ сертификата не допускается: вид, размер или запись.")
    ALGORITHM = ("signature.algorithm", "Алгоритм подписи не допускается или не подходит к ключу.")
    DIGEST_ALGORITHM = ("signature.digest-algorithm", "Алгоритм хеширования не допускается.")
    CANONICALIZATION = (
        "signature.canonicalization",
        "Каноническая форма не допускается или не существует.",
    )
    TRANSFORM = ("signature.transform", "Преобразования ссылки не допускаются.")
    REFERENCE_COUNT = ("signature.reference.count", "Ссылок нет или слишком много.")
    REFERENCE_URI = ("signature.reference.uri", "Ссылка ведёт не на элемент этого сообщения.")
    REFERENCE_UNKNOWN = ("signature.reference.unknown", "Элемента, на который ведёт ссылка, нет.")
    REFERENCE_AMBIGUOUS = (
        "signature.reference.ambiguous",
        "Один идентификатор у нескольких элементов.",
    )
    REFERENCE_REPEATED = (
        "signature.reference.repeated",
        "Несколько ссылок ведут на один элемент.",
    )
    REFERENCE_PLACE = (
        "signature.reference.place",
        "Ссылка ведёт не на Body, не на блок заголовка и не на часть Security.",
    )
    NOT_TARGET = (
        "signature.reference.not-target",
        "Подпись заверяет не тот элемент, который должна.",
    )
    NOT_BODY = ("signature.reference.not-body", "Body сообщения не подписан.")
    NOT_HEADER = ("signature.reference.not-header", "Заголовок сообщения не подписан.")
    NOT_TIMESTAMP = ("signature.reference.not-timestamp", "Метка времени не подписана.")
    VALUE = ("signature.value", "Значение подписи не подтверждается ключом сертификата.")
    DIGEST = ("signature.digest", "Подписанная часть изменена после подписания.")
    ATTACHMENT = (
        "signature.attachment",
        "Рядом с вложением нет его хеша, поэтому подпись его не защищает.",
    )
    SIGNER = ("signature.signer", "Подписал не тот, чьей подписи ждали.")
    TIMESTAMP_MISSING = ("signature.timestamp.missing", "Нет метки времени.")
    TIMESTAMP_FORMAT = ("signature.timestamp.format", "Метка времени записана неправильно.")
    TIMESTAMP_STALE = ("signature.timestamp.stale", "Метка времени слишком стара.")
    TIMESTAMP_FUTURE = ("signature.timestamp.future", "Метка времени из будущего.")

    CERTIFICATE_UNREADABLE = (
        "certificate.unreadable",
        "Сертификат не читается: это не ровно один сертификат X.509 в DER или PEM.",
    )
    CERTIFICATE_KEY = (
        "certificate.key",
        "Ключ сертификата не годится: вид, размер или параметры не допущены.",
    )
    CERTIFICATE_ALGORITHM = (
        "certificate.algorithm",
        "Сертификат подписан алгоритмом, который узел не принимает.",
    )
    CERTIFICATE_EXTENSION = (
        "certificate.extension",
        "В сертификате есть критическое расширение, которого узел не знает.",
    )
    CERTIFICATE_EXPIRED = ("certificate.expired", "Срок действия сертификата в цепочке истёк.")
    CERTIFICATE_NOT_YET_VALID = (
        "certificate.not-yet-valid",
        "Срок действия сертификата в цепочке ещё не начался.",
    )
    CERTIFICATE_PURPOSE = ("certificate.purpose", "Сертификат выдан не для этого назначения.")
    CERTIFICATE_AUTHORITY = (
        "certificate.authority",
        "Издатель не вправе выдавать такие сертификаты.",
    )
    CERTIFICATE_DEPTH = ("certificate.depth", "Цепочка сертификатов длиннее допустимого.")
    CERTIFICATE_ISSUER_UNKNOWN = (
        "certificate.issuer-unknown",
        "Издателя нет среди удостоверяющих центров контура.",
    )
    CERTIFICATE_SIGNATURE = (
        "certificate.signature",
        "Подпись издателя под сертификатом не подтверждена.",
    )
    CERTIFICATE_REVOKED = ("certificate.revoked", "Сертификат отозван.")
    CERTIFICATE_REVOCATION_UNKNOWN = (
        "certificate.revocation-unknown",
        "Узнать, не отозван ли сертификат, не удалось.",
    )
    CERTIFICATE_UNKNOWN = ("certificate.unknown", "Сертификат не зарегистрирован.")
    CERTIFICATE_ENDED = ("certificate.ended", "Регистрация сертификата прекращена.")
    CERTIFICATE_OTHER_PARTICIPANT = (
        "certificate.other-participant",
        "Сертификат зарегистрирован за другим участником.",
    )
    CERTIFICATE_OTHER_CONTOUR = (
        "certificate.other-contour",
        "Сертификат зарегистрирован в другом контуре.",
    )

    @property
    def code(self) -> str:
        """What machines compare."""
        return self.value[0]

    @property
    def sentence(self) -> str:
        """What the operator reads."""
        return self.value[1]


class SignatureRefused(SignatureInvalid):
    """The signature is not believed; `reason` and `note` are for the journal only (SVC-00-05)."""

    def __init__(self, reason: Reason, note: str = "") -> None:
        """Refuse; `note` names the offending value, cut short, for the operator."""
        super().__init__()
        self.reason = reason
        self.note = note[:200]

    def __str__(self) -> str:
        """Return the code and the note, as the journal and the log show them."""
        return f"{self.reason.code}: {self.note}" if self.note else self.reason.code

    @property
    def told_inside(self) -> str:
        """The same, for the journal."""
        return str(self)


class CmsReason(Enum):
    """The same for a signature of a file, which has other parts."""

    FORMAT = ("cms.format", "Файл подписи не разбирается как CMS SignedData.")
    CONTENT = ("cms.content", "Содержимое ожидалось отдельно, а лежит в подписи, или наоборот.")
    SIGNERS = ("cms.signers", "Подписавший должен быть ровно один.")
    CERTIFICATE = ("cms.certificate", "Сертификата подписавшего в подписи нет или он не читается.")
    KEY = ("cms.key", "Ключ сертификата не допускается: вид, размер или запись.")
    ALGORITHM = ("cms.algorithm", "Алгоритм подписи не допускается или не подходит к ключу.")
    DIGEST_ALGORITHM = (
        "cms.digest-algorithm",
        "Алгоритм хеширования не допускается или не тот, что у подписи.",
    )
    ATTRIBUTES = ("cms.attributes", "Подписанных атрибутов нет, или они записаны неправильно.")
    SIGNING_CERTIFICATE = (
        "cms.signing-certificate",
        "Атрибут signing-certificate отсутствует или указывает на другой сертификат.",
    )
    VALUE = ("cms.value", "Значение подписи не подтверждается ключом сертификата.")
    DIGEST = ("cms.digest", "Содержимое изменено после подписания.")

    @property
    def code(self) -> str:
        """What machines compare."""
        return self.value[0]

    @property
    def sentence(self) -> str:
        """What the operator reads."""
        return self.value[1]


class CmsRefused(SignatureInvalid):
    """The signature of a file is not believed; `reason` and `note` are for the journal only."""

    message = "Подпись файла отсутствует или не подтверждена."
    action = "Подпишите файл снова (CMS, CAdES-BES) и отправьте его вместе с новой подписью."

    def __init__(self, reason: CmsReason, note: str = "") -> None:
        """Refuse; `note` names the offending value, cut short, for the operator."""
        super().__init__()
        self.reason = reason
        self.note = note[:200]

    def __str__(self) -> str:
        """Return the code and the note, as the journal and the log show them."""
        return f"{self.reason.code}: {self.note}" if self.note else self.reason.code

    @property
    def told_inside(self) -> str:
        """The same, for the journal."""
        return str(self)
