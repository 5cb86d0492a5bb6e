"""What libxml2 found wrong, said in Russian to the programmer who has to mend it.

libxml2 says which rule is broken; the names, types, allowed values and explanations come from the
contract's own schemas. The value is shown only where it cannot be personal data (SEC-10).
"""

import difflib
import re
from collections.abc import Callable, Mapping, Sequence

from lxml import etree

from gateway.contracts.places import Place
from gateway.contracts.schema import Breach
from gateway.contracts.vocabulary import Declaration, SimpleType, Vocabulary
from gateway.kernel.errors import Finding

HIDDEN = "***"
_VALUE_SHOWN = 100
_VALUES_LISTED = 20
_EXPLANATION = 300
_NAME = 100
_TEXT = 1000
"""What the published fault has room for; a sender may call an element anything."""

_PERSONAL = re.compile(
    r"(?:last|first|middle|full|person|child|parent|pupil)_?name|fio|snils|phone|email|birth"
    r"|passport|identitydoc|address|mask|password|esia",
    re.IGNORECASE,
)
_SNILS = re.compile(r"\d{3}-\d{3}-\d{3}[ -]\d{2}")
_EXPECTED = re.compile(r"Expected is (?:one of )?\( (.+) \)\.")
_ATTRIBUTE = re.compile(r"attribute '(?:\{[^}]*\})?([^']+)'")
_LENGTHS = re.compile(r"length of '(\d+)'.*length of '(\d+)'")
_LIMIT = re.compile(r"\('?([^()']+)'?\)\.?$")
_ANY = {"##any", "##other", "*"}
_OTHER = "##other{"

_FORMS = {
    "decimal": "Запишите число цифрами с точкой, без пробелов и знака валюты: 1250.50.",
    "dateTime": "Запишите время со смещением от UTC: 2026-09-01T08:30:00+05:00.",
    "date": "Запишите дату как год-месяц-день: 2026-09-01.",
    "time": "Запишите время суток как часы:минуты:секунды, без пояса: 08:30:00.",
    "boolean": "Запишите true или false.",
    "base64Binary": "Запишите содержимое в base64.",
    "int": "Запишите целое число цифрами.",
    "long": "Запишите целое число цифрами.",
    "integer": "Запишите целое число цифрами.",
    "positiveInteger": "Запишите целое число больше нуля.",
    "nonNegativeInteger": "Запишите целое число, не меньше нуля.",
}


def explain(place: Place, breaches: Sequence[Breach], vocabulary: Vocabulary) -> Finding:
    """Say what is wrong at one place; `breaches` are all errors of libxml2 there."""
    breach = _decisive(breaches)
    told = _SPEECH.get(breach.kind, _other)(_Case(place, breach, vocabulary))
    return Finding(
        text=shorten(told.text, _TEXT),
        line=place.line,
        path=shorten(place.path, _TEXT),
        rule=told.rule,
        value=_value(place) if told.shows_value else None,
        advice=shorten(told.advice, _TEXT) or None,
    )


def _decisive(breaches: Sequence[Breach]) -> Breach:
    """Choose the error that says most: a limit rather than the pattern that repeats it."""
    return min(breaches, key=lambda breach: _VAGUE.get(breach.kind, 0))


_VAGUE = {"SCHEMAV_CVC_PATTERN_VALID": 1, "SCHEMAV_CVC_DATATYPE_VALID_1_2_1": 2}


class _Told:
    def __init__(self, rule: str, text: str, advice: str = "", *, shows_value: bool = True) -> None:
        self.rule = rule
        self.text = text
        self.advice = advice
        self.shows_value = shows_value


class _Case:
    """One error with all that is known of its place."""

    def __init__(self, place: Place, breach: Breach, vocabulary: Vocabulary) -> None:
        self.place = place
        self.vocabulary = vocabulary
        self.message = breach.message
        self.name = shorten(etree.QName(place.element).localname, _NAME)
        self.text = "".join(map(str, place.element.itertext()))

    @property
    def type(self) -> str:
        declaration = self.place.declaration
        return declaration.type if declaration is not None else ""

    @property
    def lineage(self) -> list[SimpleType]:
        return list(self.vocabulary.lineage(self.type))

    @property
    def meaning(self) -> str:
        """What the nearest documented type promises."""
        documented = next((t.documentation for t in self.lineage if t.documentation), "")
        return shorten(documented, _EXPLANATION)

    @property
    def attribute(self) -> str:
        found = _ATTRIBUTE.search(self.message)
        return shorten(found[1], _NAME) if found else ""

    @property
    def subject(self) -> str:
        return f"атрибута {self.attribute}" if self.attribute else f"поля {self.name}"

    @property
    def expected(self) -> list[str]:
        """Tags that libxml2 would have accepted instead."""
        found = _EXPECTED.search(self.message)
        return [t for t in found[1].split(", ") if t not in _ANY] if found else []

    def facet(self, name: str) -> str:
        found = next((t.facets[name] for t in self.lineage if name in t.facets), None)
        limit = _LIMIT.search(self.message)
        return found or (limit[1] if limit else "")


def _unexpected(case: _Case) -> _Told:
    if "Missing child element" in case.message:
        return _missing(case)
    element = case.place.element
    declared = case.place.declaration
    wanted = _listed(case.expected)
    if declared is None:
        return _unknown(case, wanted)
    if case.expected and _precede(case):
        needed = _needed(case, case.place.parent)
        return _Told(
            "required",
            f"Перед элементом {case.name} не хватает обязательного: {needed}.",
            f"Добавьте перед {case.name}: {needed}.",
            shows_value=False,
        )
    repeated = next(element.itersiblings(str(element.tag), preceding=True), None) is not None
    if repeated:
        return _Told(
            "maxOccurs",
            f"Элемент {case.name} повторён, а допустим один раз или не рядом с прежним.",
            "Оставьте один такой элемент.",
            shows_value=False,
        )
    return _Told(
        "sequence",
        f"Элемент {case.name} стоит не на своём месте.",
        f"Здесь ожидается: {wanted}." if wanted else "Элементы идут в порядке, заданном схемой.",
        shows_value=False,
    )


def _unknown(case: _Case, wanted: str) -> _Told:
    element, parent = case.place.element, case.place.parent
    known = case.vocabulary.children(parent) if parent is not None else ()
    names = {etree.QName(child.tag).localname: child.tag for child in known}
    if case.name in names:
        namespace = etree.QName(names[case.name]).namespace
        return _Told(
            "namespace",
            f"Элемент {case.name} взят из другого пространства имён.",
            f"Пространство имён этого элемента: {namespace}.",
            shows_value=False,
        )
    above = element.getparent()
    where = f" внутри {etree.QName(above).localname}" if above is not None else ""
    similar = difflib.get_close_matches(case.name, names, n=1)
    hint = f"Возможно, имелся в виду {similar[0]}. " if similar else ""
    rest = f"Здесь ожидается: {wanted}." if wanted else "Уберите его: больше здесь ничего нет."
    return _Told(
        "unknown-element",
        f"Элемента {case.name}{where} в формате нет.",
        hint + rest,
        shows_value=False,
    )


def _missing(case: _Case) -> _Told:
    needed = _needed(case, case.place.declaration)
    return _Told(
        "required",
        f"В элементе {case.name} не хватает обязательного: {needed}.",
        f"Добавьте в конец {case.name}: {needed}.",
        shows_value=False,
    )


def _needed(case: _Case, parent: Declaration | None) -> str:
    """Name what cannot be left out among all that may stand here."""
    if any(tag.startswith(_OTHER) for tag in case.expected):
        return _listed(case.expected)
    known = case.vocabulary.children(parent) if parent is not None else ()
    required = {child.tag for child in known if child.required}
    mandatory = [tag for tag in case.expected if tag in required]
    return _listed(mandatory[:1]) if mandatory else "одно из " + _listed(case.expected)


def _precede(case: _Case) -> bool:
    """Tell whether all that is expected stands before the element in the schema."""
    parent = case.place.parent
    order = [child.tag for child in case.vocabulary.children(parent)] if parent else []
    tag = str(case.place.element.tag)
    return all(t in order and order.index(t) < order.index(tag) for t in case.expected)


def _pattern(case: _Case) -> _Told:
    patterns = next((t.patterns for t in case.lineage if t.patterns), ())
    form = " или ".join(patterns)
    if not case.text.strip() and not case.attribute:
        return _empty(case, "pattern")
    return _Told(
        "pattern",
        f"Значение {case.subject} записано не по образцу {shorten(form, 200)}.",
        case.meaning or "Запишите значение по образцу.",
    )


def _enumeration(case: _Case) -> _Told:
    values = next((list(t.values) for t in case.lineage if t.values), [])
    if not case.text.strip() and not case.attribute:
        return _empty(case, "enumeration")
    similar = difflib.get_close_matches(case.text.strip().upper(), values, n=1)
    hint = f" Возможно, имелось в виду {similar[0]}." if similar else ""
    return _Told(
        "enumeration",
        f"Значения {case.subject} нет в перечне допустимых.",
        f"Допустимы: {_listed(values)}.{hint}",
    )


def _length(rule: str, adjective: str) -> Callable[[_Case], _Told]:
    def tell(case: _Case) -> _Told:
        if rule == "minLength" and not case.text.strip():
            return _empty(case, rule)
        lengths = _LENGTHS.search(case.message)
        actual, allowed = lengths.groups() if lengths else ("?", case.facet(rule))
        return _Told(
            rule,
            f"Длина значения {case.subject} — {actual}, {adjective} — {allowed}.",
            case.meaning,
        )

    return tell


def _empty(case: _Case, rule: str) -> _Told:
    declared = case.place.declaration
    optional = declared is not None and not declared.required
    return _Told(
        rule,
        f"Поле {case.name} пустое.",
        "Заполните поле или уберите элемент целиком: он не обязателен."
        if optional
        else f"Заполните поле. {case.meaning}".strip(),
    )


def _bound(rule: str, sentence: str) -> Callable[[_Case], _Told]:
    def tell(case: _Case) -> _Told:
        return _Told(rule, f"Значение {case.subject} {sentence} {case.facet(rule)}.", case.meaning)

    return tell


def _datatype(case: _Case) -> _Told:
    primitive = case.vocabulary.primitive(case.type)
    local = etree.QName(case.type).localname if case.type else primitive
    if not case.text.strip() and not case.attribute:
        return _empty(case, local or "type")
    return _Told(
        local if not case.attribute else "type",
        f"Значение {case.subject} не подходит к типу {local}."
        if local and not case.attribute
        else f"Значение {case.subject} не подходит к его типу.",
        " ".join(filter(None, (_FORMS.get(primitive, ""), case.meaning))),
    )


def _root(case: _Case) -> _Told:
    name = etree.QName(case.place.element)
    roots = {etree.QName(tag).localname: tag for tag in case.vocabulary.roots}
    if name.localname in roots:
        namespace = etree.QName(roots[name.localname]).namespace
        return _Told(
            "namespace",
            f"Корневой элемент {name.localname} взят из другого пространства имён.",
            f"Пространство имён этого формата: {namespace}.",
            shows_value=False,
        )
    return _Told(
        "unknown-element",
        f"Корневого элемента {name.localname} в этом формате нет.",
        f"Корневые элементы формата: {_listed(sorted(roots))}.",
        shows_value=False,
    )


def _attribute_unknown(case: _Case) -> _Told:
    return _Told(
        "unknown-attribute",
        f"Атрибута {case.attribute} у элемента {case.name} в формате нет.",
        "Уберите атрибут.",
        shows_value=False,
    )


def _attribute_missing(case: _Case) -> _Told:
    return _Told(
        "required",
        f"У элемента {case.name} нет обязательного атрибута {case.attribute or _quoted(case)}.",
        "Добавьте атрибут.",
        shows_value=False,
    )


def _quoted(case: _Case) -> str:
    found = re.search(r"attribute '([^']+)' is required", case.message)
    return found[1] if found else ""


def _children_in_text(case: _Case) -> _Told:
    return _Told(
        "simple-content",
        f"Внутри поля {case.name} стоят другие элементы, а должно быть одно значение.",
        "Оставьте в поле только текст.",
        shows_value=False,
    )


def _text_between(case: _Case) -> _Told:
    return _Told(
        "element-content",
        f"В элементе {case.name} между вложенными элементами стоит текст.",
        "Уберите текст: здесь допустимы только элементы, пробелы и переводы строк.",
        shows_value=False,
    )


def _not_empty(case: _Case) -> _Told:
    return _Told(
        "empty-content",
        f"Элемент {case.name} должен быть пустым.",
        "Уберите его содержимое.",
        shows_value=False,
    )


def _nil(case: _Case) -> _Told:
    return _Told(
        "nillable",
        f"Элемент {case.name} помечен xsi:nil, а пустые значения так не передаются.",
        "Уберите элемент целиком, если он не обязателен, или заполните его.",
        shows_value=False,
    )


def _instance_type(case: _Case) -> _Told:
    return _Told(
        "xsi:type",
        f"У элемента {case.name} указан неизвестный или неподходящий xsi:type.",
        "Уберите атрибут xsi:type: тип задан форматом.",
        shows_value=False,
    )


def _other(case: _Case) -> _Told:
    return _Told(
        "schema",
        f"Элемент {case.name} не соответствует схеме.",
        case.meaning or "Сверьте элемент с опубликованной схемой.",
    )


_SPEECH: Mapping[str, Callable[[_Case], _Told]] = {
    "SCHEMAV_ELEMENT_CONTENT": _unexpected,
    "SCHEMAV_CVC_PATTERN_VALID": _pattern,
    "SCHEMAV_CVC_ENUMERATION_VALID": _enumeration,
    "SCHEMAV_CVC_MAXLENGTH_VALID": _length("maxLength", "наибольшая допустимая"),
    "SCHEMAV_CVC_MINLENGTH_VALID": _length("minLength", "наименьшая допустимая"),
    "SCHEMAV_CVC_LENGTH_VALID": _length("length", "а должна быть"),
    "SCHEMAV_CVC_TOTALDIGITS_VALID": _bound("totalDigits", "содержит больше цифр, чем"),
    "SCHEMAV_CVC_FRACTIONDIGITS_VALID": _bound(
        "fractionDigits", "содержит после точки больше цифр, чем"
    ),
    "SCHEMAV_CVC_MININCLUSIVE_VALID": _bound("minInclusive", "меньше допустимого:"),
    "SCHEMAV_CVC_MAXINCLUSIVE_VALID": _bound("maxInclusive", "больше допустимого:"),
    "SCHEMAV_CVC_MINEXCLUSIVE_VALID": _bound("minExclusive", "должно быть больше, чем"),
    "SCHEMAV_CVC_MAXEXCLUSIVE_VALID": _bound("maxExclusive", "должно быть меньше, чем"),
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_1": _datatype,
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_2": _datatype,
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_3": _datatype,
    "SCHEMAV_CVC_ELT_1": _root,
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1": _attribute_unknown,
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_2": _attribute_unknown,
    "SCHEMAV_CVC_COMPLEX_TYPE_4": _attribute_missing,
    "SCHEMAV_CVC_TYPE_3_1_2": _children_in_text,
    "SCHEMAV_CVC_COMPLEX_TYPE_2_2": _children_in_text,
    "SCHEMAV_CVC_COMPLEX_TYPE_2_3": _text_between,
    "SCHEMAV_CVC_COMPLEX_TYPE_2_1": _not_empty,
    "SCHEMAV_CVC_ELT_3_1": _nil,
    "SCHEMAV_CVC_ELT_3_2_1": _nil,
    "SCHEMAV_CVC_ELT_4_1": _instance_type,
    "SCHEMAV_CVC_ELT_4_2": _instance_type,
    "SCHEMAV_CVC_ELT_4_3": _instance_type,
}


def is_personal(name: str) -> bool:
    """Tell whether an element of this name may hold personal data (SEC-10)."""
    return _PERSONAL.search(name) is not None


def without_snils(text: str) -> str:
    """Return a text with every SNILS hidden."""
    return _SNILS.sub(HIDDEN, text)


def _value(place: Place) -> str | None:
    if any(is_personal(step) for step in place.path.split("/")):
        return HIDDEN
    text = "".join(map(str, place.element.itertext()))
    return without_snils(shorten(text, _VALUE_SHOWN)) or None


def _listed(names: Sequence[str]) -> str:
    shown = [_shown(name) for name in names]
    more = ["…"] if len(shown) > _VALUES_LISTED else []
    return ", ".join(shown[:_VALUES_LISTED] + more)


def _shown(name: str) -> str:
    if name.startswith(_OTHER):
        return "элемент из пространства имён самой услуги"
    return etree.QName(name).localname if name.startswith("{") else name


def shorten(text: str, length: int) -> str:
    """Cut a text to `length` characters, the last of them an ellipsis."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
