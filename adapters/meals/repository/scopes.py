"""A scope as conditions of a statement over schools, classes and accounts."""

from typing import NamedTuple


class Scope(NamedTuple):
    """What a statement may see; what is None is not bounded by that."""

    municipalities: frozenset[str] | None = None
    schools: frozenset[str] | None = None
    classes: frozenset[str] | None = None
    accounts: frozenset[str] | None = None
    organizers: frozenset[str] | None = None
    """INNs of whose money is seen."""

    def values(self) -> dict[str, object]:
        """Return the parameters of the conditions below."""
        bounds = self._asdict()
        flags = {f"any_{name}": int(bound is None) for name, bound in bounds.items()}
        return {**flags, **{name: sorted(bound or ()) for name, bound in bounds.items()}}


OF_SCHOOL = """
    (:any_municipalities = 1 OR s.municipality IN {municipalities:text})
    AND (:any_schools = 1 OR s.code IN {schools:text})
"""
"""Over `school s`."""
OF_ACCOUNT = f"""
    {OF_SCHOOL}
    AND (:any_classes = 1 OR c.code IN {{classes:text}})
    AND (:any_accounts = 1 OR a.number IN {{accounts:text}})
"""
"""Over `school s`, `school_class c` and `personal_account a`."""
