"""Why a message to a participant cannot be written."""

from gateway.kernel.errors import Internal, TemporaryUnavailable


class KeyMissing(TemporaryUnavailable):
    """The hub has no key of its own in production: nobody could believe what it sends."""

    message = "Узел не может подписать исходящее сообщение: у него нет ключа в этом контуре."


class ParcelBroken(Internal):
    """A slice hands over what its contract does not know or allow: a defect of the hub."""
