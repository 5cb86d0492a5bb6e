"""What a step says of the participant itself and the registry keeps: persons, a bank's method."""

from registry import contacts, entry
from registry.change import Change
from registry.contacts import Contact, ContactRole
from registry.kinds import SubKind
from registry.onboarding.facts import Facts

_ROLES = {
    "responsible_contact": ContactRole.RESPONSIBLE,
    "technical_contact": ContactRole.TECHNICAL,
}


def keep(change: Change, given: Facts, actor: str, basis: str) -> None:
    """Keep the persons that a step names (PART-05) and the method that a bank chooses (PART-11).

    Raises AttributeInvalid for a person that nobody could reach, ServiceNotForKind for a method
    that does not give a service which the bank already has.
    """
    for name, role in _ROLES.items():
        if name in given:
            _name(change, _contact(role, str(given[name])), actor, basis)
    if "method" in given:
        method = SubKind(given["method"])
        entry.choose_sub_kind(change.transaction, change.code, method, change.now, actor, basis)


def _name(change: Change, person: Contact, actor: str, basis: str) -> None:
    """Name the person of a role; one that stands there already keeps its position."""
    standing = {one.role: one for one in contacts.current(change.transaction, change.code)}
    if _reached_at(standing.get(person.role)) != _reached_at(person):
        contacts.name(change.transaction, change.code, person, change.now, actor, basis)


def _reached_at(person: Contact | None) -> tuple[str, ...] | None:
    return None if person is None else (person.full_name, person.phone, person.email)


def _contact(role: ContactRole, text: str) -> Contact:
    full_name, phone, email = (part.strip() for part in text.split(";"))
    return Contact(role, full_name, phone, email)
