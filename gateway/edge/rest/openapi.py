"""The OpenAPI 3.1 description of a REST twin, made from its resources and the published schema.

Nothing is written twice: names, types, limits and Russian explanations are those of the XSD.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from gateway.contracts import narrative
from gateway.contracts.catalog import Contract
from gateway.contracts.outline import Field, Outline, read_outline
from gateway.contracts.vocabulary import Vocabulary
from gateway.edge.rest.resources import Resource, Twin
from gateway.kernel.message import Contour

_NUMBERS = {"int": "integer", "long": "integer", "integer": "integer", "short": "integer"}
_FORMATS = {"dateTime": "date-time", "date": "date"}
_FACETS = {"minLength": "minLength", "maxLength": "maxLength"}
_BOUNDS = {"minInclusive": "minimum", "maxInclusive": "maximum"}
_FILE_NAME = {
    "name": "fileName",
    "in": "query",
    "description": "Имя файла для показа людям.",
    "schema": {"type": "string"},
}
_PROBLEM = {
    "type": "object",
    "description": "Отказ (RFC 9457): те же коды, фразы и советы, что в hub:HubFault.",
    "required": ["title", "status", "code"],
    "properties": {
        "title": {"type": "string", "description": "Что не так, одной фразой."},
        "status": {"type": "integer", "description": "Код HTTP."},
        "detail": {"type": "string", "description": "Что сделать."},
        "code": {"type": "string", "description": "Код для программы."},
        "retryable": {"type": "boolean", "description": "Повторите тот же запрос позже."},
        "entry": {
            "type": "string",
            "description": "Номер записи журнала узла: его называют оператору.",
        },
        "truncated": {"type": "boolean", "description": "Замечаний больше, чем показано."},
        "findings": {
            "type": "array",
            "description": "Нарушенные правила.",
            "items": {
                "type": "object",
                "properties": {
                    name: {"type": "integer" if name == "line" else "string"}
                    for name in ("text", "path", "line", "rule", "value", "advice")
                },
            },
        },
    },
}


def describe(twin: Twin, contract: Contract, base: str, contour: Contour) -> dict[str, Any]:
    """Return the description of a twin in one contour as values of JSON."""
    return _Description(contract.vocabulary, read_outline(contract)).document(
        twin, contract, f"{base}/{contour.path}/rest/{twin.name}"
    )


@dataclass(frozen=True, slots=True)
class _Description:
    vocabulary: Vocabulary
    outline: Outline

    def document(self, twin: Twin, contract: Contract, address: str) -> dict[str, Any]:
        paths: dict[str, dict[str, Any]] = {}
        for resource in twin.resources:
            one = self._operation(resource, contract)
            paths.setdefault(f"/{resource.template}", {})[resource.method.lower()] = one
        return {
            "openapi": "3.1.0",
            "info": {
                "title": contract.title,
                "version": contract.version,
                "description": narrative.tell_service(contract.documentation),
            },
            "servers": [{"url": address}],
            "security": [{"basic": []}],
            "paths": paths,
            "components": {
                "securitySchemes": {
                    "basic": {
                        "type": "http",
                        "scheme": "basic",
                        "description": "Логин и пароль тестового контура, те же, что для SOAP.",
                    }
                },
                "schemas": {"Problem": _PROBLEM, **dict(self._schemas(contract))},
                "responses": {
                    "Problem": {
                        "description": "Отказ.",
                        "content": {
                            "application/problem+json": {
                                "schema": {"$ref": "#/components/schemas/Problem"}
                            }
                        },
                    }
                },
            },
        }

    def _operation(self, resource: Resource, contract: Contract) -> dict[str, Any]:
        published = next(one for one in contract.operations if one.name == resource.operation)
        story = narrative.tell_operation(published.documentation)
        request = self.outline.elements[published.request]
        by_name = {field.name: field for field in request.children}
        parameters = [
            self._parameter(by_name[name], "path" if name in resource.fields else "query")
            for name in (*resource.fields, *resource.query)
        ]
        if resource.takes_file:
            parameters.append(_FILE_NAME)
        described: dict[str, Any] = {
            "operationId": _identifier(resource),
            "summary": resource.about or story.summary,
            "description": published.documentation,
            "parameters": parameters,
            "responses": {
                "200": self._success(resource, published.response),
                "default": {"$ref": "#/components/responses/Problem"},
            },
        }
        if resource.method == "POST":
            described["requestBody"] = self._body(resource, request)
        if _says_duplicate(self.outline.elements[published.response]):
            described["responses"]["201"] = self._success(resource, published.response)
        return described

    def _parameter(self, field: Field, where: str) -> dict[str, Any]:
        return {
            "name": field.name,
            "in": where,
            "required": where == "path" or field.required,
            "description": field.documentation,
            "schema": self._simple(field),
        }

    def _body(self, resource: Resource, request: Field) -> dict[str, Any]:
        if resource.takes_file:
            content = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
            return {"required": True, "content": content}
        said = {*resource.fields, *resource.query, *(resource.fixed or ())}
        fields = [field for field in request.children if field.name not in said]
        # A response may grow in a minor version; a request says no more than there is.
        schema = {
            **self._object(request.documentation, fields),
            "additionalProperties": False,
        }
        needed = bool(schema.get("required"))
        return {"required": needed, "content": {"application/json": {"schema": schema}}}

    def _success(self, resource: Resource, response: str) -> dict[str, Any]:
        if resource.gives_file:
            content = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
            return {"description": "Файл.", "content": content}
        name = etree.QName(self.outline.elements[response].type).localname
        schema = {"$ref": f"#/components/schemas/{name}"}
        return {"description": "Ответ.", "content": {"application/json": {"schema": schema}}}

    def _schemas(self, contract: Contract) -> Iterator[tuple[str, dict[str, Any]]]:
        """Give every structure that a response is made of, by its own name."""
        waiting = [self.outline.elements[one.response] for one in contract.operations]
        seen = set()
        while waiting:
            field = waiting.pop()
            name = etree.QName(field.type).localname
            if name in seen:
                continue
            seen.add(name)
            yield name, self._object(field.documentation, field.children)
            waiting += [child for child in field.children if self._is_structure(child)]

    def _is_structure(self, field: Field) -> bool:
        return field.type in self.vocabulary.complex

    def _object(self, about: str, fields: tuple[Field, ...] | list[Field]) -> dict[str, Any]:
        required = [field.name for field in fields if field.required]
        schema: dict[str, Any] = {
            "type": "object",
            "description": about,
            "properties": {field.name: self._schema(field) for field in fields},
        }
        return {**schema, "required": required} if required else schema

    def _schema(self, field: Field) -> dict[str, Any]:
        if self._is_structure(field):
            name = etree.QName(field.type).localname
            one: dict[str, Any] = {"$ref": f"#/components/schemas/{name}"}
        else:
            one = self._simple(field)
        if field.most == 1:
            return {**one, "description": field.documentation}
        many = {"type": "array", "items": one, "description": field.documentation}
        return many if field.most is None else {**many, "maxItems": field.most}

    def _simple(self, field: Field) -> dict[str, Any]:
        """Return the schema of a simple type; patterns of XSD are anchored, those of JSON not."""
        vocabulary = self.vocabulary
        primitive = vocabulary.primitive(field.type)
        schema: dict[str, Any] = {"type": _NUMBERS.get(primitive, "string")}
        if primitive == "boolean":
            return {"type": "boolean"}
        if primitive == "base64Binary":
            return {**schema, "contentEncoding": "base64"}
        if primitive in _FORMATS:
            return {**schema, "format": _FORMATS[primitive]}
        facets: Mapping[str, str] = {}
        for found in vocabulary.lineage(field.type):
            facets = {**found.facets, **facets}
            if found.values:
                schema["enum"] = list(found.values)
            if found.patterns and "pattern" not in schema:
                schema["pattern"] = f"^(?:{found.patterns[0]})$"
        names = _BOUNDS if schema["type"] == "integer" else _FACETS
        limits = {said: int(facets[facet]) for facet, said in names.items() if facet in facets}
        return {**schema, **limits}


def _identifier(resource: Resource) -> str:
    """Return `getSuites`, unique because the method and the address are."""
    words = resource.template.replace("{", "by/").replace("}", "").replace(".", "/").split("/")
    return resource.method.lower() + "".join(word[:1].upper() + word[1:] for word in words)


def _says_duplicate(response: Field) -> bool:
    return any(field.name == "duplicate" for field in response.children)
