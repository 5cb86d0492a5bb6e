"""The published formats as they are handed out by SVC-19: listed, and each as one package."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from gateway.contracts import publish, versions
from gateway.contracts.catalog import Catalog, Contract
from gateway.contracts.publish import Published
from gateway.contracts.versions import TERMS, State, Term
from gateway.kernel.errors import NotFound
from gateway.kernel.message import Contour


@dataclass(frozen=True, slots=True)
class Format:
    """One version of a format."""

    code: str
    """The family: `meals/bank-payment`."""
    contract: Contract
    term: Term
    state: State
    changes: str
    wsdl_url: str
    schema_urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The formats of this hub with the addresses where they are served."""

    catalog: Catalog
    base_url: str
    terms: Mapping[str, Term] = field(default_factory=lambda: TERMS)

    def formats(self, contour: Contour, day: date, domain: str | None = None) -> list[Format]:
        """Return the formats of a domain, or all, by code and from new to old (SVC-19)."""
        families = sorted({versions.family_of(contract) for contract in self.catalog})
        return [
            one
            for family in families
            if domain is None or family.partition("/")[0] == domain
            for one in self._versions(family, contour, day)
        ]

    def find(self, code: str, version: str) -> Contract:
        """Return a version of a format; raise NotFound."""
        return self.catalog.contract(f"{code}/{version}")

    def newest(self, code: str, day: date) -> Contract:
        """Return the version in force that new clients are written by; raise NotFound."""
        for one in self._versions(code, Contour.TEST, day):
            if one.state is not State.RETIRED:
                return one.contract
        raise NotFound(f"Формат {code} не опубликован.")

    def term(self, contract: Contract) -> Term:
        """Return from when to when a version is in force; raise KeyError for an unknown one."""
        return self.terms[contract.name]

    def package(self, contract: Contract) -> Published:
        """Return everything that belongs to a version as one zip."""
        return publish.bundle(contract)

    def _versions(self, family: str, contour: Contour, day: date) -> Iterator[Format]:
        newest = True
        for version in versions.history(self.catalog, family):
            term = self.term(version.contract)
            state = versions.state_of(term, day, newest=newest)
            newest = newest and state is State.RETIRED
            address = publish.address_of(self.base_url, contour, version.contract)
            yield Format(
                code=family,
                contract=version.contract,
                term=term,
                state=state,
                changes=version.changes,
                wsdl_url=f"{address}?wsdl",
                schema_urls=tuple(
                    f"{address}?xsd={name}" for name in publish.schema_names(version.contract)
                ),
            )
