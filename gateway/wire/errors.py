"""Why an exchange is not even tried."""

from gateway.kernel.errors import GatewayError


class EndpointForbidden(GatewayError):
    """The address leads inside: to the hub itself or to its neighbours."""

    code = "ENDPOINT_FORBIDDEN"
    message = "Адрес сервиса участника ведёт во внутреннюю сеть узла; узел туда не обращается."
    action = "Укажите адрес, доступный из сети, названной у точки подключения."
