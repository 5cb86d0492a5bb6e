"""Rules about what stands in a document."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import datetime
from decimal import Decimal, InvalidOperation

from lxml import etree

from gateway.conformance.assertions.subject import LookUp, Seen, broken, kept, shown
from gateway.conformance.documents import Document, text_of
from gateway.conformance.errors import StandBroken
from gateway.conformance.language import model
from gateway.conformance.language.scalars import MOST_MATCHED
from gateway.contracts.catalog import Catalog, Contract
from gateway.contracts.validate import troubles
from gateway.contracts.wording import HIDDEN, is_personal, without_snils
from gateway.kernel.errors import Finding
from gateway.security.document import WSU_ID

MOST_FINDINGS = 50
_LINE_UNSURE = 65_535


def xsd(rule: model.Xsd, document: Document, catalog: Catalog) -> tuple[Seen, ...]:
    """Hold the payload, and the hub's header if there is one, against the published schema."""
    payload = document.payload
    contract = catalog.by_root(str(payload.tag)) if rule.contract == "*" else _named(catalog, rule)
    if contract is None:
        name = etree.QName(payload)
        return (
            broken(
                "корневой элемент одного из опубликованных форматов",
                f"{{{name.namespace}}}{name.localname}",
                document.line(payload),
                document.place(payload),
            ),
        )
    header = document.header
    parts = [payload] if header is None else [_unmarked(header), payload]
    found = tuple(seen for part in parts for seen in _broken_rules(contract, part, document))
    return found[:MOST_FINDINGS] or (kept(f"соответствует схеме {contract.name}", "соответствует"),)


def xpath(rule: model.XPath, document: Document, look_up: LookUp) -> tuple[Seen, ...]:
    """Hold every node of a path against the comparison."""
    nodes = document.find(rule.path.compiled, look_up.variables)
    if rule.none:
        return tuple(
            _seen(f"нет ничего по пути {rule.path.text}", document, node, is_kept=False)
            for node in nodes
        ) or (kept(f"нет ничего по пути {rule.path.text}", "ничего нет"),)
    tests = list(_comparisons(rule, look_up))
    expected = f"{rule.path.text}: " + (", ".join(words for words, _ in tests) or "есть")
    if not nodes:
        return (broken(expected, "не найдено"),)
    if not tests:
        return (_seen(expected, document, nodes[0], is_kept=nodes != ["false"]),)
    offending = tuple(
        _seen(f"{rule.path.text}: {words}", document, node, is_kept=False)
        for node in nodes
        for words, test in tests
        if not test(text_of(node))
    )
    return offending[:MOST_FINDINGS] or (_seen(expected, document, nodes[0], is_kept=True),)


def same(rule: model.Same, document: Document, look_up: LookUp) -> tuple[Seen, ...]:
    """Compare the texts of a path here with those in another document."""
    other = look_up.document(rule.other)
    here = [text_of(node) for node in document.find(rule.path.compiled, look_up.variables)]
    there = [text_of(node) for node in other.find(rule.path.compiled, look_up.variables)]
    expected = f"{rule.path.text} — как в документе «{other.name}»: {shown(', '.join(there))}"
    if not there:
        return (broken(expected, f"в документе «{other.name}» такого нет"),)
    return (Seen(here == there, expected, shown(", ".join(here)) or "не найдено"),)


def same_body(rule: model.SameBody, document: Document, look_up: LookUp) -> tuple[Seen, ...]:
    """Compare the payloads in canonical form: prefixes' places and quotes do not count."""
    other = look_up.document(rule.other)
    equal = _canonical(document) == _canonical(other)
    return (
        Seen(
            equal,
            f"содержимое Body — то же, что в документе «{other.name}»",
            "то же" if equal else "другое",
            document.line(document.payload),
            document.place(document.payload),
        ),
    )


def money(text: str) -> Decimal | None:
    """Read roubles: digits, a point, at most two places."""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and amount == round(amount, 2) else None


def _unmarked(header: etree._Element) -> etree._Element:
    """Return the header without the mark that a signature names it by: no format has that."""
    if WSU_ID not in header.attrib:
        return header
    bare = deepcopy(header)
    del bare.attrib[WSU_ID]
    return bare


def _named(catalog: Catalog, rule: model.Xsd) -> Contract:
    return catalog.contract(rule.contract)


def _broken_rules(contract: Contract, part: etree._Element, document: Document) -> Iterator[Seen]:
    for number, trouble in enumerate(troubles(contract, part)):
        if number == MOST_FINDINGS:
            return
        finding = trouble.finding()
        yield broken(
            finding.text,
            shown(finding.value or "—"),
            _exact_line(finding, part, document),
            finding.path,
            finding.advice,
        )


def _exact_line(finding: Finding, part: etree._Element, document: Document) -> int | None:
    """Trust libxml2 with a line below 65,535; look for the element itself past it."""
    if finding.line is not None and finding.line < _LINE_UNSURE:
        return finding.line
    if finding.path is None:
        return None
    element = part
    for step in finding.path.split("/")[2:]:
        name, _, position = step.rstrip("]").partition("[")
        named = [child for child in element if etree.QName(child).localname == name]
        index = int(position or 1) - 1
        if index >= len(named):
            break
        element = named[index]
    return document.line(element)


def _comparisons(rule: model.XPath, look_up: LookUp) -> Iterator[tuple[str, Callable[[str], bool]]]:
    if rule.equals is not None:
        wanted = look_up.text(rule.equals)
        equal = _equal_money(wanted) if rule.as_money else wanted.__eq__
        yield f"равно «{shown(wanted)}»", equal
    if rule.least is not None:
        least = _limit(look_up.text(rule.least))
        yield f"не меньше {least}", lambda text: _number(text, least) >= 0
    if rule.most is not None:
        most = _limit(look_up.text(rule.most))
        yield f"не больше {most}", lambda text: -1 <= _number(text, most) <= 0
    if rule.among:
        among = tuple(look_up.text(operand) for operand in rule.among)
        yield f"одно из: {shown(', '.join(among))}", among.__contains__
    if rule.matches is not None:
        pattern = rule.matches
        yield (
            f"подходит под выражение {pattern.pattern}",
            lambda text: len(text) <= MOST_MATCHED and pattern.fullmatch(text) is not None,
        )
    if rule.after is not None:
        moment = _moment(look_up.text(rule.after))
        if moment is None:
            raise StandBroken(f"В ссылке {rule.after} не дата и время.")
        yield f"позже {moment.isoformat()}", lambda text: _is_later(text, moment)


def _equal_money(wanted: str) -> Callable[[str], bool]:
    amount = money(wanted)
    if amount is None:
        raise StandBroken(f"«{wanted}» — не сумма.")
    return lambda text: money(text) == amount


def _limit(text: str) -> Decimal:
    try:
        limit = Decimal(text)
    except InvalidOperation:
        limit = Decimal("NaN")
    if not limit.is_finite():
        raise StandBroken(f"«{text}» — не число.")
    return limit


def _number(text: str, limit: Decimal) -> int:
    """Compare with a limit: -1, 0, 1; what is no number is beneath everything, -2."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return -2
    return int(number.compare(limit)) if number.is_finite() else -2


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _is_later(text: str, than: datetime) -> bool:
    moment = _moment(text)
    return moment is not None and moment > than


def _seen(expected: str, document: Document, node: object, *, is_kept: bool) -> Seen:
    place = document.place(node)
    hidden = place is not None and any(is_personal(step) for step in place.split("/"))
    received = HIDDEN if hidden else shown(without_snils(text_of(node)))
    return Seen(is_kept, expected, received or "пусто", document.line(node), place)


def _canonical(document: Document) -> bytes:
    return etree.tostring(document.payload, method="c14n", exclusive=True, with_comments=False)
