"""Refusals of an outbox: what an operator asked for cannot be done."""

from gateway.kernel.errors import GatewayError


class LetterUnknown(GatewayError):
    """No letter of this outbox has this delivery id."""

    code = "LETTER_UNKNOWN"
    message = "Отправления с таким номером нет."
    action = "Сверьте номер и базу со списком: hub outbox list."


class AddressUnknown(GatewayError):
    """Nothing was ever written to this address."""

    code = "ADDRESS_UNKNOWN"
    message = "Такого адреса в исходящей очереди нет."
    action = "Сверьте имя адреса со списком: hub outbox addresses."
