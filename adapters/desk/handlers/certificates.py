"""SVC-19 RegisterCertificate: a participant brings the certificate it will work with."""

from datetime import datetime

from adapters.desk import errors
from adapters.desk.messages import formats as messages
from gateway.adapter import Received, Work
from gateway.kernel.errors import Finding, NotAllowed, NotAllowedInContour
from gateway.kernel.message import Contour
from gateway.security.certificates import Certificate, CertificateReader, CertificateUnusable
from gateway.security.path import Purpose
from registry import errors as registry_errors
from registry.certificates import CertificateRegistrar

_PURPOSES = {
    messages.CertificatePurpose.SIGN: Purpose.MESSAGE,
    messages.CertificatePurpose.TLS: Purpose.TLS,
}
_X509 = "/RegisterCertificateRequest/x509"


def register_certificate(
    received: Received[messages.RegisterCertificateRequest], work: Work
) -> messages.RegisterCertificateResponse:
    """Bind a certificate to its sender (SEC-07); the same one again changes nothing.

    A signature vouches for the successor of its own certificate. Credentials vouch for a
    certificate in the test contour and nowhere else. Raises NotAllowedInContour, NotAllowed,
    CertInvalid.
    """
    request = received.request
    if request.contour.value != work.contour.value:
        raise NotAllowedInContour
    certificate = _read(work, request.x509)
    _check_beginning(certificate, request.valid_from)
    duplicate = False
    try:
        with errors.told_of(_X509):
            _bind(received, work, certificate)
    except registry_errors.NothingToChange:
        duplicate = True
    return messages.RegisterCertificateResponse(
        thumbprint=certificate.thumbprint, not_after=certificate.not_after, duplicate=duplicate
    )


def _bind(
    received: Received[messages.RegisterCertificateRequest], work: Work, certificate: Certificate
) -> None:
    code = received.sender.code
    registrar = CertificateRegistrar(
        work.registry, lambda: work.now, code, work.office(CertificateReader)
    )
    purpose = _PURPOSES[received.request.purpose]
    if received.certificate is not None and purpose is Purpose.MESSAGE:
        if received.certificate == certificate.thumbprint:
            raise registry_errors.NothingToChange
        registrar.enrol_successor(certificate.der, work.contour, received.certificate)
    elif work.contour is Contour.TEST or received.certificate is not None:
        registrar.add(code, work.contour, purpose, certificate.der)
    else:
        raise NotAllowed("Первый сертификат промышленного контура вносит оператор.")


def _read(work: Work, octets: bytes) -> Certificate:
    try:
        return work.office(CertificateReader).read(octets)
    except CertificateUnusable as error:
        text = f"{error.reason.sentence} ({error.reason.code})"
        raise errors.CertInvalid(text, findings=(Finding(text, path=_X509),)) from error


def _check_beginning(certificate: Certificate, valid_from: datetime) -> None:
    if not certificate.not_before <= valid_from <= certificate.not_after:
        text = "Момент validFrom вне срока действия сертификата."
        place = "/RegisterCertificateRequest/validFrom"
        raise errors.CertInvalid(text, findings=(Finding(text, path=place),))
