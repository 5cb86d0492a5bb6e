"""Refusals of the connection desk, and how those of the participant registry are told in faults.

The codes of enrolment (JOIN_REQUIRED, NOT_APPLICABLE, SNILS_INVALID) are `registry.onboarding`'s.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from gateway.kernel.errors import Finding, GatewayError, NotAllowed, NotFound, ValidationError
from registry import errors as registry_errors


class CaseState(GatewayError):
    """The participant has not come as far as this contour yet (SVC-19)."""

    code = "CASE_STATE"
    message = "Состояние участника не допускает этого действия в этом контуре."
    action = "Запросите состояние дела операцией GetCase и действуйте по нему."


class CertInvalid(GatewayError):
    """A certificate cannot be bound to its sender (SVC-19)."""

    code = "CERT_INVALID"
    message = "Сертификат не принят."
    action = "Передайте действующий сертификат своей организации, выданный центром этого контура."


@contextmanager
def told_of(path: str) -> Iterator[None]:
    """Tell a refusal of the registry as a fault of the contract; `path` is the element it is about.

    The registry speaks to an operator at a command line; a client is told the same sentence with
    the place in its message. What the client cannot help stays as it is.
    """
    try:
        yield
    except registry_errors.CertificateRefused as error:
        raise CertInvalid(error.text, findings=(Finding(error.text, path=path),)) from error
    except (registry_errors.ParticipantUnknown, registry_errors.ServiceUnknown) as error:
        raise NotFound(error.text) from error
    except registry_errors.ServiceNotForKind as error:
        raise NotAllowed(error.text) from error
    except (registry_errors.AttributeInvalid, registry_errors.EndpointInvalid) as error:
        raise ValidationError(findings=(Finding(error.text, path=path),)) from error
