"""Refusals of SVC-17 beyond those of sessions."""

from gateway.kernel.errors import GatewayError, IllegalTransition, ValidationError


class AttemptOutOfTurn(IllegalTransition):
    """The number of the attempt is not the next one: somebody else has begun it meanwhile."""

    message = "Номер начинаемой попытки не следующий."
    action = "Возьмите attempt этой строки из GetSession и прибавьте единицу."


class EndpointUnreachable(GatewayError):
    """The hub has no address to call the participant at (SVC-17, RunCase)."""

    code = "ENDPOINT_UNREACHABLE"
    message = "Сеанс начат без адреса, по которому узел вызывает участника."
    action = "Начните новый сеанс с endpointUrl."


class FileDiffers(ValidationError):
    """The file of a request is not the one that its description says."""

    message = "Файл не тот, что описан: не совпали размер или контрольная сумма, либо его нет."
    action = "Передайте content целиком, size и hash вычислите от тех же байтов."
