"""Services of the portal: whose they are, where their applications go, what their forms ask.

`PortalServices` is what handlers ask; `desk` is how an operator changes them.
"""

from registry.portal_services.forms import Form, FormShelf
from registry.portal_services.office import PortalServices
from registry.portal_services.values import (
    AttachmentTerms,
    Catalogue,
    FormVersion,
    PortalService,
    Route,
    SampleService,
    ServiceCard,
)

__all__ = [
    "AttachmentTerms",
    "Catalogue",
    "Form",
    "FormShelf",
    "FormVersion",
    "PortalService",
    "PortalServices",
    "Route",
    "SampleService",
    "ServiceCard",
]
