"""Refusals over documents."""

from gateway.kernel.errors import NotFound
from gateway.kernel.errors import SignatureInvalid as _SignatureInvalid
from gateway.security.errors import CmsRefused, SignatureRefused
from gateway.security.trust import CertificateOfOtherContour
from registry.errors import RegistryRefusal


class DocumentUnknown(NotFound):
    """There is no such document, or not for whom who asks."""

    message = "Документ не найден."
    action = "Проверьте идентификатор документа; документы других участников не видны."


class NotAParty(RegistryRefusal):
    """Somebody signs a document who is not among those who sign it."""

    code = "NOT_A_PARTY"
    message = "Эта сторона документ не подписывает."
    action = "Посмотрите стороны документа: hub document show."


class ScanRefused(RegistryRefusal):
    """A scan is of a kind or a size that is not taken."""

    code = "SCAN_REFUSED"
    message = "Скан документа не принят."
    action = "Приложите скан подписанного документа: PDF, JPEG, PNG или TIFF, не больше 20 МиБ."


class DocumentRefused(RegistryRefusal):
    """What is asked for does not suit the document."""

    code = "DOCUMENT_REFUSED"
    message = "Действие с документом отклонено."


class DocumentSignatureInvalid(_SignatureInvalid):
    """A party's signature is not believed; `reason` is for the operator and the journal only."""

    message = "Подпись под документом не подтверждена."
    action = (
        "Подпишите файл документа, полученный от узла, сертификатом, который зарегистрирован за"
        " вашей организацией."
    )

    def __init__(self, reason: str, note: str = "") -> None:
        """Refuse; `reason` is a Russian sentence, `note` the code and the offending value."""
        super().__init__()
        self.reason = reason
        self.note = note

    @classmethod
    def of(
        cls, refused: CmsRefused | SignatureRefused | CertificateOfOtherContour
    ) -> "DocumentSignatureInvalid":
        """Tell outside no more than that, whatever was wrong (SVC-00-05)."""
        return cls(refused.reason.sentence, str(refused))

    def __str__(self) -> str:
        """Return what the journal and the log show."""
        return self.note or self.reason

    @property
    def told_inside(self) -> str:
        """The same, for the journal."""
        return str(self)
