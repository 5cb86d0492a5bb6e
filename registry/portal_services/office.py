"""What handlers ask about services of the portal in their contour."""

from collections.abc import Callable

from gateway.kernel.message import Contour
from registry.portal_services.forms import Form, FormShelf
from registry.portal_services.values import Catalogue, PortalService


class PortalServices:
    """The services of one contour: answered from memory, as the directory of participants is."""

    def __init__(
        self, catalogue: Callable[[], Catalogue], shelf: FormShelf, contour: Contour
    ) -> None:
        """`catalogue` gives the services as the directory knows them now."""
        self._catalogue = catalogue
        self._shelf = shelf
        self._contour = contour

    def find(self, code: str) -> PortalService | None:
        """Return the service if it takes applications in this contour, else None."""
        service = self.known(code)
        return service if service is not None and service.is_open else None

    def known(self, code: str) -> PortalService | None:
        """Return the service though it may be closed: what was accepted goes on."""
        return self._catalogue()[self._contour].get(code)

    def form(self, code: str, version: str) -> Form | None:
        """Return a form by which applications are taken today, or None.

        Of a closed service too: an application may be corrected after its service has closed.
        """
        service = self.known(code)
        found = None if service is None else service.forms.get(version)
        return None if found is None else self._shelf.form(found)
