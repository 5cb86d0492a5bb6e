"""Why a call is not made at all; nothing is recorded then, and no case has failed."""

from gateway.kernel.errors import GatewayError


class EndpointNotNamed(GatewayError):
    """The participant registry names no such address of the participant in this contour."""

    code = "ENDPOINT_NOT_NAMED"
    message = "Такого адреса сервиса участника в реестре участников нет."
    action = "Зарегистрируйте точку подключения (hub endpoint set) и укажите в сеансе её адрес."


class CannotSign(GatewayError):
    """The hub has no key of its own in the contour: the call would be anybody's word."""

    code = "STAND_CANNOT_SIGN"
    message = "Стенд не может подписать вызов: у узла нет ключа в этом контуре."
    action = "Сообщите оператору узла; участнику это не засчитывается."
