"""Refusals about portal services: what an operator asked for cannot be done."""

from registry.errors import RegistryRefusal


class PortalServiceUnknown(RegistryRefusal):
    """There is no portal service with this code."""

    code = "PORTAL_SERVICE_UNKNOWN"
    message = "Услуги с таким кодом нет."
    action = "Сверьте код со списком: hub service list."


class PortalServiceInvalid(RegistryRefusal):
    """An attribute of a portal service does not do."""

    code = "PORTAL_SERVICE_INVALID"
    message = "Реквизит услуги записан неверно."


class PortalServiceNotReady(RegistryRefusal):
    """A service cannot be opened: it has no form or no route yet."""

    code = "PORTAL_SERVICE_NOT_READY"
    message = "Услугу рано открывать."
    action = "Загрузите форму (hub service form) и назовите маршрут (--route)."


class PortalFormBroken(RegistryRefusal):
    """The schemas of a form do not do; the text names the file and the reason."""

    code = "PORTAL_FORM_BROKEN"
    message = "Схема формы не годится."
    action = "Исправьте названный файл и загрузите форму снова."


class PortalFormFixed(RegistryRefusal):
    """A form by which production takes applications is not replaced, it gets a new version."""

    code = "PORTAL_FORM_FIXED"
    message = "Эта версия формы уже загружена с другим содержанием."
    action = "Загрузите новую версию; до открытия в продуктивном контуре подойдёт и --replace."
