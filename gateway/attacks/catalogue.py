"""All attacks by number."""

from gateway.attacks import content, http, parser, replay, signature, soap, text, wrapping
from gateway.attacks.attack import Attack

ATTACKS: tuple[Attack, ...] = tuple(
    sorted(
        (
            *parser.ATTACKS,
            *text.ATTACKS,
            *soap.ATTACKS,
            *http.ATTACKS,
            *content.ATTACKS,
            *wrapping.ATTACKS,
            *signature.ATTACKS,
            *replay.ATTACKS,
        ),
        key=lambda attack: attack.number,
    )
)
"""Numbered 1 to 62 without a gap."""
