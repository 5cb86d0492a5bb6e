"""What can be wrong with a request before it has become a payload."""

from gateway.kernel.errors import ValidationError


class JsonInvalid(ValidationError):
    """The body is not the JSON object that the address wants."""

    message = "Тело запроса — не тот объект JSON, который здесь нужен."
    action = "Исправьте перечисленные места; что принимает адрес, сказано в описании OpenAPI."


class JsonExpected(ValidationError):
    """The Content-Type of the body is not the one that the address takes."""

    message = "Тип содержимого не поддерживается."
    action = "Укажите Content-Type: application/json."
    http_status = 415


class QueryUnknown(ValidationError):
    """The query has a parameter that the address does not take, or one of them twice."""

    message = "Параметр запроса этому адресу не известен или указан дважды."
    action = "Проверьте имена параметров по описанию OpenAPI."
