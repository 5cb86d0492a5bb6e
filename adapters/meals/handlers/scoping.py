"""What a question may see: the scope of who asks, narrowed by what was asked for."""

from adapters.meals import access
from adapters.meals.access import Actor
from adapters.meals.repository import people
from adapters.meals.repository.scopes import Scope
from gateway.adapter import Work


def narrowed(
    work: Work,
    actor: Actor,
    *,
    municipality: str | None = None,
    school: str | None = None,
    class_code: str | None = None,
    account: str | None = None,
) -> Scope:
    """Return the scope of the actor within what is named; raise NotAllowed for what is foreign."""
    transaction = work.database
    if municipality is not None:
        access.require_municipality(transaction, actor, municipality)
    if school is not None:
        access.require_school(transaction, actor, school)
    if class_code is not None:
        access.require_class(transaction, actor, class_code)
    if account is not None:
        access.require_account(transaction, actor, account)
    schools, inn = actor.schools, actor.organizer_inn
    if inn is not None:
        schools = people.schools_of_organizer(transaction, inn)
    return Scope(
        municipalities=_only(municipality, actor.municipalities),
        schools=_only(school, schools),
        classes=_only(class_code, actor.classes),
        accounts=_only(account, actor.accounts),
        organizers=None if inn is None else frozenset({inn}),
    )


def _only(named: str | None, bound: frozenset[str] | None) -> frozenset[str] | None:
    """Return the bound, or what was named and has proven to lie in it."""
    return bound if named is None else frozenset({named})
