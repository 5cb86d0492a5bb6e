"""Names of persons as they are kept: surname, given name, patronymic, by spaces."""

from gateway.contracts.messages.common import PersonName


def person_name(text: str) -> PersonName:
    """Return a kept name in its parts."""
    last, _, rest = text.partition(" ")
    first, _, middle = rest.partition(" ")
    return PersonName(last_name=last, first_name=first or last, middle_name=middle or None)
