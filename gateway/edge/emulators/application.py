"""Messages of ApplicationService (SVC-11) as counterparts of the hub write them.

The department answers them, the portal sends them. A test holds them against the published format.
"""

from gateway.edge.emulators.shapes import (
    MAY,
    MUST,
    FileRef,
    PersonName,
    many,
    may,
    model,
    must,
    text,
    uuid,
)
from gateway.edge.emulators.stack import (
    AnyXml,
    Boolean,
    Date,
    DateTime,
    Integer,
    Integer64,
    Unicode,
)

NAMESPACE = "urn://x-artefacts-citto-72/portal/application/1.0"
SERVICE = "portal/application/1.0"
_XS = "http://www.w3.org/2001/XMLSchema"

Identity = model(
    "IdentityDocument",
    NAMESPACE,
    [
        ("type", text(50)),
        ("series", text(20, **MAY)),
        ("number", text(20)),
        ("issueDate", Date(**MAY)),
        ("issuer", text(255, **MAY)),
    ],
)
Person = model(
    "Person",
    NAMESPACE,
    [
        ("name", must(PersonName)),
        ("birthDate", Date(**MAY)),
        ("snils", text(14, **MAY)),
        ("identity", may(Identity)),
    ],
)
Organization = model(
    "Organization",
    NAMESPACE,
    [
        ("fullName", text(1000)),
        ("inn", text(12)),
        ("kpp", text(9, **MAY)),
        ("ogrn", text(15)),
    ],
)
Applicant = model(
    "Applicant",
    NAMESPACE,
    [
        ("type", Unicode(values=["FL", "UL", "IP"], **MUST)),
        ("person", may(Person)),
        ("organization", may(Organization)),
        ("esiaOid", text(50, **MAY)),
        ("email", text(255, **MAY)),
        ("phone", text(20, **MAY)),
        ("address", text(500, **MAY)),
    ],
)
Representative = model(
    "Representative",
    NAMESPACE,
    [
        ("name", must(PersonName)),
        ("birthDate", Date(**MAY)),
        ("snils", text(14, **MAY)),
        ("identity", may(Identity)),
        ("authorityDoc", text(1000, **MAY)),
    ],
)
FormData = model(
    "FormData",
    NAMESPACE,
    [
        (
            "content",
            AnyXml(schema_tag=f"{{{_XS}}}any", namespace="##other", process_contents="lax", **MUST),
        )
    ],
)
Attachment = model("Attachment", NAMESPACE, [("code", text(50)), ("file", must(FileRef))])
SubmitApplicationRequest = model(
    "SubmitApplicationRequest",
    NAMESPACE,
    [
        ("orderId", Integer64(**MUST)),
        ("serviceCode", text(50)),
        ("targetCode", text(50, **MAY)),
        ("formVersion", text(10)),
        ("submittedAt", DateTime(**MUST)),
        ("departmentCode", text(50, **MAY)),
        ("applicant", must(Applicant)),
        ("representative", may(Representative)),
        ("formData", must(FormData)),
        ("attachment", many(Attachment)),
        ("bookingId", uuid(**MAY)),
        ("uin", text(25, **MAY)),
    ],
)
SubmitApplicationResponse = model(
    "SubmitApplicationResponse",
    NAMESPACE,
    [
        ("orderId", Integer64(**MUST)),
        ("hubApplicationId", uuid()),
        ("receivedAt", DateTime(**MUST)),
        ("orgNumber", text(50, **MAY)),
        ("duplicate", Boolean(**MUST)),
    ],
)
CancelApplicationRequest = model(
    "CancelApplicationRequest",
    NAMESPACE,
    [("orderId", Integer64(**MUST)), ("cancelId", uuid()), ("reason", text(1000, **MAY))],
)
CancelApplicationResponse = model(
    "CancelApplicationResponse",
    NAMESPACE,
    [
        ("orderId", Integer64(**MUST)),
        ("accepted", Boolean(**MUST)),
        ("duplicate", Boolean(**MAY)),
    ],
)
SendApplicantMessageRequest = model(
    "SendApplicantMessageRequest",
    NAMESPACE,
    [
        ("orderId", Integer64(**MUST)),
        ("textMessageId", uuid()),
        ("text", text(4000)),
        ("attachment", many(FileRef)),
    ],
)
SendApplicantMessageResponse = model(
    "SendApplicantMessageResponse",
    NAMESPACE,
    [("accepted", Boolean(**MUST)), ("duplicate", Boolean(**MAY))],
)
SubmitCorrectionRequest = model(
    "SubmitCorrectionRequest",
    NAMESPACE,
    [
        ("orderId", Integer64(**MUST)),
        ("correctionId", uuid()),
        ("formData", must(FormData)),
        ("attachment", many(Attachment)),
    ],
)
SubmitCorrectionResponse = model(
    "SubmitCorrectionResponse",
    NAMESPACE,
    [("accepted", Boolean(**MUST)), ("duplicate", Boolean(**MAY))],
)
HistoryEntry = model(
    "HistoryEntry",
    NAMESPACE,
    [
        ("techCode", Integer(**MUST)),
        ("title", text(255)),
        ("eventDate", DateTime(**MUST)),
        ("comment", text(2048, **MAY)),
    ],
)
GetApplicationStateRequest = model(
    "GetApplicationStateRequest", NAMESPACE, [("orderId", Integer64(**MUST))]
)
GetApplicationStateResponse = model(
    "GetApplicationStateResponse",
    NAMESPACE,
    [
        ("orderId", Integer64(**MUST)),
        ("techCode", Integer(**MUST)),
        ("orgCode", text(50, **MAY)),
        ("title", text(255)),
        ("changedAt", DateTime(**MUST)),
        ("history", many(HistoryEntry)),
    ],
)
