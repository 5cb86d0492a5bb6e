"""Says a schema type in Russian words: what may be written there, and how long."""

from gateway.contracts.vocabulary import Vocabulary

_NOUNS = {
    "string": "строка",
    "token": "строка",
    "normalizedString": "строка",
    "boolean": "логическое: true или false",
    "int": "целое число",
    "long": "целое число",
    "integer": "целое число",
    "short": "целое число",
    "decimal": "десятичное число",
    "date": "дата ГГГГ-ММ-ДД",
    "dateTime": "дата и время со смещением",
    "time": "время ЧЧ:ММ:СС",
    "base64Binary": "двоичные данные",
    "anyURI": "адрес",
}
_LISTED = 7
"""An enumeration of up to so many values is spelled out."""


def describe_type(vocabulary: Vocabulary, name: str) -> str:
    """Return a phrase such as «строка, от 1 до 50 знаков»; empty for a structure."""
    primitive = vocabulary.primitive(name)
    noun = _NOUNS.get(primitive, primitive)
    facets: dict[str, str] = {}
    values: tuple[str, ...] = ()
    for found in vocabulary.lineage(name):
        values = values or tuple(found.values)
        facets = {**found.facets, **facets}
    if values:
        return _values(values)
    limits = [*_lengths(facets, primitive), *_digits(facets), *_bounds(facets)]
    if not limits and noun == "строка" and patterns(vocabulary, name):
        limits = ["по шаблону"]
    return ", ".join([noun, *limits])


def patterns(vocabulary: Vocabulary, name: str) -> tuple[str, ...]:
    """Return the patterns of the nearest type in the lineage that has any."""
    return next((found.patterns for found in vocabulary.lineage(name) if found.patterns), ())


def _values(values: tuple[str, ...]) -> str:
    if len(values) == 1:
        return f"только {values[0]}"
    if len(values) > _LISTED:
        return f"код из перечня, всего {len(values)}"
    return f"одно из: {', '.join(values)}"


def _lengths(facets: dict[str, str], primitive: str) -> list[str]:
    unit = "байт" if primitive == "base64Binary" else "знаков"
    exact, least, most = (facets.get(key) for key in ("length", "minLength", "maxLength"))
    if exact or (least and least == most):
        return [f"ровно {exact or least} {unit}"]
    if least and most:
        return [f"от {least} до {most} {unit}"]
    if most:
        return [f"до {most} {unit}"]
    return [f"не меньше {least} {unit}"] if least else []


def _digits(facets: dict[str, str]) -> list[str]:
    said = []
    if total := facets.get("totalDigits"):
        said.append(f"до {total} цифр")
    if fraction := facets.get("fractionDigits"):
        said.append(f"из них до {fraction} после точки")
    return said


def _bounds(facets: dict[str, str]) -> list[str]:
    least, most = facets.get("minInclusive"), facets.get("maxInclusive")
    if least and most:
        return [f"от {least} до {most}"]
    if least:
        return [f"не меньше {least}"]
    return [f"не больше {most}"] if most else []
