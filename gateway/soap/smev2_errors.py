"""The body of an answer that tells of errors by its status; read again where we are the client."""

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

from lxml import etree

from gateway.kernel.errors import Finding, GatewayError

NAMESPACE = "urn://x-artefacts-citto-72/smev2/1.0"
ERRORS = f"{{{NAMESPACE}}}Errors"
SHOWN = 50

_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Told:
    """An error that somebody's answer names."""

    code: str
    message: str


def write(error: GatewayError, entry: str) -> bytes:
    """Return `Errors` of a refusal; `entry` is the journal number that the sender may quote."""
    shown = error.findings[:SHOWN]
    truncated = error.truncated or len(error.findings) > len(shown)
    listed = [_error(error.code, finding) for finding in shown] or [_alone(error)]
    text = "".join(
        (
            *listed,
            _element("action", error.action),
            _element("retryable", "true" if error.retryable else "false"),
            _element("entry", entry),
            _element("truncated", "true" if truncated else None),
        )
    )
    return f'<e:Errors xmlns:e="{NAMESPACE}">{text}</e:Errors>'.encode()


def read(app_data: etree._Element) -> tuple[Told, ...]:
    """Return the errors of a refusal, whoever has written it.

    Known are pairs of errorCode and errorMessage in any namespace, and MessageText alone.
    """
    found = []
    for element in app_data.iter(etree.Element):
        names = {etree.QName(child).localname: child.text or "" for child in element}
        if "errorMessage" in names or "errorCode" in names:
            found.append(Told(names.get("errorCode", ""), names.get("errorMessage", "")))
        elif etree.QName(element).localname == "MessageText":
            found.append(Told("", element.text or ""))
    return tuple(found[:SHOWN])


def _error(code: str, finding: Finding) -> str:
    parts = (
        _element("errorCode", code, 50),
        _element("errorMessage", finding.text),
        _element("line", str(finding.line) if finding.line else None),
        _element("path", finding.path),
        _element("rule", finding.rule, 100),
        _element("value", finding.value, 255),
        _element("advice", finding.advice),
    )
    return f"<e:Error>{''.join(parts)}</e:Error>"


def _alone(error: GatewayError) -> str:
    told = _element("errorCode", error.code, 50) + _element("errorMessage", error.text)
    return f"<e:Error>{told}</e:Error>"


def _element(name: str, text: str | None, size: int = _LONGEST) -> str:
    if not text:
        return ""
    shown = escape(_UNPRINTABLE.sub("\ufffd", text)[:size])
    return f"<e:{name}>{shown}</e:{name}>"
