"""All families by number."""

from gateway.attacks import content, http, parser, replay, signature, soap, text, wrapping
from gateway.attacks.family import Family

FAMILIES: tuple[Family, ...] = tuple(
    sorted(
        (
            *parser.FAMILIES,
            *text.FAMILIES,
            *soap.FAMILIES,
            *http.FAMILIES,
            *content.FAMILIES,
            *wrapping.FAMILIES,
            *signature.FAMILIES,
            *replay.FAMILIES,
        ),
        key=lambda family: family.number,
    )
)
"""Numbered 1 to 62 without a gap."""
