"""The suites that come with the hub, each read when it is first asked for."""

from collections.abc import Mapping
from functools import cached_property
from importlib.resources.abc import Traversable

from gateway.conformance.errors import SuiteBroken
from gateway.conformance.language import model
from gateway.conformance.language.suite import load_suite, shipped
from gateway.conformance.sessions.errors import SuiteUnknown
from gateway.contracts.catalog import Catalog


class Suites:
    """Suites by the name of their plan or by their code."""

    def __init__(self, catalog: Catalog, folders: Mapping[str, Traversable] | None = None) -> None:
        """Offer the suites of `folders`, by plan; otherwise those that are shipped."""
        self.catalog = catalog
        self._folders = shipped() if folders is None else folders
        self._read: dict[str, model.Suite | SuiteBroken] = {}

    def plan(self, plan: str) -> model.Suite:
        """Return a suite by its plan; raise SuiteUnknown, SuiteBroken."""
        if plan not in self._folders:
            raise SuiteUnknown
        if plan not in self._read:
            self._read[plan] = self._load(plan)
        found = self._read[plan]
        if isinstance(found, SuiteBroken):
            raise found
        return found

    def named(self, name: str) -> model.Suite:
        """Return a suite by its plan or its code, SUITE-02; raise SuiteUnknown, SuiteBroken."""
        return self.plan(self._by_code.get(name, name))

    def all(self) -> tuple[model.Suite, ...]:
        """Return those that can be read, in the order of their codes."""
        plans = (self._suite(plan) for plan in self._folders)
        return tuple(sorted(filter(None, plans), key=lambda suite: suite.code))

    @property
    def broken(self) -> dict[str, SuiteBroken]:
        """Those that cannot be read, by plan, with what is wrong in them."""
        self.all()
        return {plan: found for plan, found in self._read.items() if isinstance(found, SuiteBroken)}

    @cached_property
    def _by_code(self) -> dict[str, str]:
        return {suite.code: suite.plan for suite in self.all()}

    def _suite(self, plan: str) -> model.Suite | None:
        try:
            return self.plan(plan)
        except SuiteBroken:
            return None

    def _load(self, plan: str) -> model.Suite | SuiteBroken:
        try:
            return load_suite(self._folders[plan], self.catalog)
        except SuiteBroken as error:
            return error
