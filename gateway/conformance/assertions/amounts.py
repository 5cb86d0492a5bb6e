"""Sums of money, in Decimal: XPath's own `sum()` is binary and refuses right registries."""

from decimal import Decimal

from gateway.conformance.assertions.markup import money
from gateway.conformance.assertions.subject import LookUp, Seen, broken, shown
from gateway.conformance.documents import Document, text_of
from gateway.conformance.errors import StandBroken
from gateway.conformance.language import model

_NOTHING = Decimal("0.00")


def sum_of(rule: model.Sum, document: Document, look_up: LookUp) -> tuple[Seen, ...]:
    """Add the nodes up and compare with one value; no rows sum up to zero."""
    total = _NOTHING
    for node in document.find(rule.rows.compiled, look_up.variables):
        amount = money(text_of(node))
        if amount is None:
            return (
                broken(
                    f"{rule.rows.text}: рубли, не больше двух знаков после точки",
                    shown(text_of(node)) or "пусто",
                    document.line(node),
                    document.place(node),
                ),
            )
        total += amount
    if isinstance(rule.equals, model.Path):
        return _declared(rule, rule.equals, document, look_up, total)
    wanted = money(look_up.text(rule.equals))
    if wanted is None:
        raise StandBroken(f"{rule.equals} — не сумма.")
    return (Seen(total == wanted, f"сумма {rule.rows.text} = {wanted}", str(total)),)


def _declared(
    rule: model.Sum, path: model.Path, document: Document, look_up: LookUp, total: Decimal
) -> tuple[Seen, ...]:
    nodes = document.find(path.compiled, look_up.variables)
    declared = money(text_of(nodes[0])) if len(nodes) == 1 else None
    place = nodes[0] if nodes else None
    return (
        Seen(
            declared == total,
            f"{path.text} = сумма {rule.rows.text} = {total}",
            shown(text_of(place)) if place is not None else "не найдено",
            document.line(place),
            document.place(place),
        ),
    )
