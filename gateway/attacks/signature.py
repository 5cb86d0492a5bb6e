"""Families 46 to 57, 59 and 61: what a signature covers, and what it does not."""

from gateway.attacks.family import Family, Surface, nothing

_KEY = "нужны ключ и сертификат участника"
_REFUSED = "Fault Client/Sender, SIGNATURE_INVALID"


def _family(number: int, slug: str, title: str, does: str, stopped_by: str) -> Family:
    return Family(number, slug, title, does, _REFUSED, stopped_by, nothing, Surface.KEY, _KEY)


FAMILIES = (
    _family(
        46,
        "signature-exclusion",
        "Исключение подписи",
        "Подпись или весь заголовок Security вырезаны.",
        "рабочий контур не принимает ничего без подписи",
    ),
)
