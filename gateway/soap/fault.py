"""The one place where a refusal becomes a SOAP fault (SVC-00-06)."""

import re

from lxml import etree

from gateway.kernel.errors import Blame, Finding, GatewayError
from gateway.soap import errors
from gateway.soap.parse import HUB_NAMESPACE, Version

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FINDINGS_SHOWN = 50

_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CODES_12 = {Blame.SENDER: "Sender", Blame.RECEIVER: "Receiver"}


def http_status(version: Version, error: GatewayError) -> int:
    """Return the HTTP status of a fault: the error's own, or what the SOAP version prescribes."""
    if error.http_status is not None:
        return error.http_status
    # SOAP 1.2 part 2, table 20: only Sender is 400; VersionMismatch and MustUnderstand are 500.
    if version is Version.SOAP12 and error.blame is Blame.SENDER and not _own_code(error):
        return 400
    return 500


def build(version: Version, error: GatewayError, entry: str, message_id: str | None) -> bytes:
    """Return the envelope of the fault; `entry` is the journal number the sender may quote."""
    envelope = etree.Element(f"{{{version.value}}}Envelope", nsmap={"soap": version.value})
    body = etree.SubElement(envelope, f"{{{version.value}}}Body")
    fault = etree.SubElement(body, f"{{{version.value}}}Fault")
    detail = _fill_11(fault, error) if version is Version.SOAP11 else _fill_12(fault, error)
    detail.append(hub_fault(error, entry, message_id))
    return etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")


def hub_fault(error: GatewayError, entry: str, message_id: str | None) -> etree._Element:
    """Return the typed detail `hub:HubFault`."""
    shown = error.findings[:FINDINGS_SHOWN]
    truncated = error.truncated or len(error.findings) > len(shown)
    fault = etree.Element(_hub("HubFault"), nsmap={"hub": HUB_NAMESPACE})
    _text(fault, _hub("code"), error.code, 50)
    _text(fault, _hub("message"), error.text, 1000)
    _text(fault, _hub("messageId"), message_id, 36)
    _text(fault, _hub("retryable"), "true" if error.retryable else "false", 5)
    _text(fault, _hub("entry"), entry, 50)
    _text(fault, _hub("action"), error.action, 1000)
    _text(fault, _hub("truncated"), "true" if truncated else None, 5)
    for finding in shown:
        _describe(etree.SubElement(fault, _hub("detail")), finding)
    return fault


def _describe(detail: etree._Element, finding: Finding) -> None:
    _text(detail, _hub("line"), str(finding.line) if finding.line else None, 20)
    _text(detail, _hub("path"), finding.path, 1000)
    _text(detail, _hub("rule"), finding.rule, 100)
    _text(detail, _hub("value"), finding.value, 255)
    _text(detail, _hub("text"), finding.text, 1000)
    _text(detail, _hub("advice"), finding.advice, 1000)


def _fill_11(fault: etree._Element, error: GatewayError) -> etree._Element:
    _text(fault, "faultcode", f"soap:{_own_code(error) or error.blame.value}", 100)
    _text(fault, "faultstring", error.text, 1000, language="ru")
    return etree.SubElement(fault, "detail")


def _fill_12(fault: etree._Element, error: GatewayError) -> etree._Element:
    soap = f"{{{Version.SOAP12.value}}}"
    code = etree.SubElement(fault, f"{soap}Code")
    _text(code, f"{soap}Value", f"soap:{_own_code(error) or _CODES_12[error.blame]}", 100)
    reason = etree.SubElement(fault, f"{soap}Reason")
    _text(reason, f"{soap}Text", error.text, 1000, language="ru")
    return etree.SubElement(fault, f"{soap}Detail")


def _own_code(error: GatewayError) -> str:
    """Name the fault code that SOAP itself reserves for this error, if it does."""
    if isinstance(error, errors.VersionMismatch):
        return "VersionMismatch"
    if isinstance(error, errors.HeaderNotUnderstood):
        return "MustUnderstand"
    return ""


def _hub(name: str) -> str:
    return f"{{{HUB_NAMESPACE}}}{name}"


def _text(
    parent: etree._Element, tag: str, text: str | None, size: int, language: str | None = None
) -> None:
    """Add a child with text that XML can carry, cut to what the schema allows."""
    if not text:
        return
    child = etree.SubElement(parent, tag)
    child.text = _UNPRINTABLE.sub("\ufffd", text)[:size]
    if language:
        child.set(XML_LANG, language)
