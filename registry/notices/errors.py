"""Refusals of the notice board."""

from gateway.kernel.errors import NotFound
from registry.errors import RegistryRefusal


class NoticeIncomplete(RegistryRefusal):
    """A notice lacks a fact that it must tell, or is given one that it has no place for."""

    code = "NOTICE_INCOMPLETE"
    message = "В уведомлении нет обязательных сведений."
    action = "Дополните сведения названного вида уведомления: hub notice text."


class NoticeUnknown(NotFound):
    """The participant has no notice with this number."""

    message = "Уведомления с таким номером у участника нет."
    action = "Запросите уведомления участника и назовите номер из ответа."
