"""Assertions: each yields what was expected, what was received, where, and what to do.

Schematron is not offered. lxml's runs XSLT over a whole message, tells no exact line past 65,535,
adds money up in binary floating point and cannot be stopped; `xpath` and `sum` say the same.
"""

from gateway.conformance.assertions import amounts, markup, transport
from gateway.conformance.assertions.subject import Checked, LookUp, Missing, Seen, Subject, broken
from gateway.conformance.documents import Document, NotXml
from gateway.conformance.errors import StandBroken
from gateway.conformance.language import model
from gateway.conformance.verdicts import Verdict
from gateway.contracts.catalog import Catalog

VERBS: dict[type[model.Rule], str] = {
    model.Xsd: "xsd",
    model.XPath: "xpath",
    model.Sum: "sum",
    model.Fault: "fault",
    model.Http: "http",
    model.Same: "same",
    model.SameBody: "same_body_as",
    model.Count: "count",
    model.Signed: "signature",
}


def check(
    assertion: model.Assertion,
    subject: Subject,
    look_up: LookUp,
    catalog: Catalog,
    requirements: tuple[str, ...],
) -> tuple[Checked, ...]:
    """Return what an assertion saw: one row when it is kept, one for each place when it is not.

    What the stand cannot do is StandBroken, whatever else goes wrong escapes too: both are ERROR
    to whoever judges, never a verdict on the participant.
    """
    try:
        found = _seen(assertion.rule, subject, look_up, catalog)
    except (NotXml, Missing) as error:
        found = (broken("документ, который можно проверить", str(error)),)
    if not found:
        raise StandBroken("Проверка ничего не увидела.")
    return tuple(_row(assertion, seen, subject, requirements) for seen in found)


def _seen(
    rule: model.Rule, subject: Subject, look_up: LookUp, catalog: Catalog
) -> tuple[Seen, ...]:
    match rule:
        case model.Http():
            return transport.http(rule, subject)
        case model.Signed():
            return transport.signature(rule, subject)
        case model.Count():
            return transport.count(rule, subject, look_up)
    document = _document(subject)
    match rule:
        case model.Xsd():
            return markup.xsd(rule, document, catalog)
        case model.XPath():
            return markup.xpath(rule, document, look_up)
        case model.Sum():
            return amounts.sum_of(rule, document, look_up)
        case model.Fault():
            return transport.fault(rule, document, look_up)
        case model.Same():
            return markup.same(rule, document, look_up)
        case model.SameBody():
            return markup.same_body(rule, document, look_up)
        case _:
            raise StandBroken(f"Проверки {type(rule).__name__} нет.")


def _document(subject: Subject) -> Document:
    if subject.document is None:
        raise StandBroken("Документа нет.")
    return subject.document


def _row(
    assertion: model.Assertion, seen: Seen, subject: Subject, requirements: tuple[str, ...]
) -> Checked:
    otherwise = Verdict.WARN if assertion.warns else Verdict.FAIL
    own = assertion.requirement
    return Checked(
        verdict=Verdict.PASS if seen.kept else otherwise,
        what=VERBS[type(assertion.rule)],
        expected=seen.expected,
        received=seen.received,
        requirements=requirements if own is None else (own,),
        document=None if subject.document is None else subject.document.name,
        line=seen.line,
        path=seen.path,
        hint=None if seen.kept else assertion.hint or seen.hint,
    )
