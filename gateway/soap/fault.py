"""The one place where a refusal becomes a SOAP fault (SVC-00-06)."""

import re

from lxml import etree
from lxml.builder import ElementMaker

from gateway.kernel.errors import Blame, Finding, GatewayError
from gateway.soap import errors
from gateway.soap.parse import HUB_NAMESPACE, Version

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FINDINGS_SHOWN = 50

_HUB = ElementMaker(namespace=HUB_NAMESPACE, nsmap={"hub": HUB_NAMESPACE})
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CODES_12 = {Blame.SENDER: "Sender", Blame.RECEIVER: "Receiver"}


def http_status(version: Version, error: GatewayError) -> int:
    """Return the HTTP status of a fault: the error's own, or what the SOAP version prescribes."""
    if error.http_status is not None:
        return error.http_status
    if version is Version.SOAP12 and error.blame is Blame.SENDER:
        return 400
    return 500


def build(version: Version, error: GatewayError, entry: str, message_id: str | None) -> bytes:
    """Return the envelope of the fault; `entry` is the journal number the sender may quote."""
    detail = hub_fault(error, entry, message_id)
    body = _fault_11(error, detail) if version is Version.SOAP11 else _fault_12(error, detail)
    soap = ElementMaker(namespace=version.value, nsmap={"soap": version.value})
    envelope = soap.Envelope(soap.Body(body))
    return etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")


def hub_fault(error: GatewayError, entry: str, message_id: str | None) -> etree._Element:
    """Return the typed detail `hub:HubFault`."""
    shown = error.findings[:FINDINGS_SHOWN]
    return _HUB.HubFault(
        _HUB.code(error.code),
        _HUB.message(_cut(error.text, 1000)),
        *([_HUB.messageId(message_id)] if message_id else []),
        _HUB.retryable("true" if error.retryable else "false"),
        _HUB.entry(entry),
        _HUB.action(_cut(error.action, 1000)),
        *([_HUB.truncated("true")] if error.truncated or len(error.findings) > len(shown) else []),
        *(_detail(finding) for finding in shown),
    )


def _detail(finding: Finding) -> etree._Element:
    parts = (
        ("line", str(finding.line) if finding.line else None, 20),
        ("path", finding.path, 1000),
        ("rule", finding.rule, 100),
        ("value", finding.value, 255),
        ("text", finding.text, 1000),
        ("advice", finding.advice, 1000),
    )
    return _HUB.detail(*(_HUB(name, _cut(text, size)) for name, text, size in parts if text))


def _fault_11(error: GatewayError, detail: etree._Element) -> etree._Element:
    soap = ElementMaker(namespace=Version.SOAP11.value, nsmap={"soap": Version.SOAP11.value})
    plain = ElementMaker()
    return soap.Fault(
        plain.faultcode(f"soap:{_own_code(error) or error.blame.value}"),
        plain.faultstring(_cut(error.text, 1000), {XML_LANG: "ru"}),
        plain.detail(detail),
    )


def _fault_12(error: GatewayError, detail: etree._Element) -> etree._Element:
    soap = ElementMaker(namespace=Version.SOAP12.value, nsmap={"soap": Version.SOAP12.value})
    return soap.Fault(
        soap.Code(soap.Value(f"soap:{_own_code(error) or _CODES_12[error.blame]}")),
        soap.Reason(soap.Text(_cut(error.text, 1000), {XML_LANG: "ru"})),
        soap.Detail(detail),
    )


def _own_code(error: GatewayError) -> str:
    """Name the fault code that SOAP itself reserves for this error, if it does."""
    if isinstance(error, errors.VersionMismatch):
        return "VersionMismatch"
    if isinstance(error, errors.HeaderNotUnderstood):
        return "MustUnderstand"
    return ""


def _cut(text: str, size: int) -> str:
    return _UNPRINTABLE.sub("\ufffd", text)[:size]
