"""Sample services of the demo and the test contour: two of «Электронное образование», one other.

They go the same way as any other service, by codes of their own (PORT-EDU-01), and by the three
routes. Forms and data are invented.
"""

from importlib.resources import files
from importlib.resources.abc import Traversable

from registry.portal_services import AttachmentTerms, Route, SampleService, ServiceCard
from registry.seed import DEMO

KINDERGARTEN = "edu-kindergarten"
SCHOOL = "edu-school"
ARCHIVE = "archive-reference"
VERSION = "1.0"

_DEPARTMENT = DEMO["department"].code
_SCANS = AttachmentTerms(
    frozenset({"application/pdf", "image/jpeg", "image/png"}), 10 * 1024 * 1024
)
_EDUCATION_CODES = {"REGISTERED": 6, "QUEUED": 7, "CLARIFY": 14, "ENROLLED": 3, "REFUSED": 4}


def sample_services() -> tuple[SampleService, ...]:
    """Return the sample services with their forms."""
    return (
        _sample(
            ServiceCard(
                KINDERGARTEN,
                "Постановка на учёт и зачисление в детский сад (образец)",
                _DEPARTMENT,
                _SCANS,
            ),
            Route.PULL,
            _EDUCATION_CODES,
        ),
        _sample(
            ServiceCard(
                SCHOOL,
                "Зачисление в общеобразовательную организацию (образец)",
                _DEPARTMENT,
                _SCANS,
            ),
            Route.PPU,
            _EDUCATION_CODES,
        ),
        _sample(
            ServiceCard(ARCHIVE, "Выдача архивной справки (образец)", _DEPARTMENT),
            Route.ENDPOINT,
            {"ACCEPTED": 6, "ISSUED": 3, "NOT_FOUND": 4},
        ),
    )


def sample_data(service: str, name: str = "valid") -> bytes:
    """Return data that a sample form takes (`valid`) or refuses (`invalid`)."""
    return _folder(service).joinpath(f"{name}.xml").read_bytes()


def _sample(card: ServiceCard, route: Route, codes: dict[str, int]) -> SampleService:
    documents = {
        entry.name: entry.read_bytes()
        for entry in _folder(card.code).iterdir()
        if entry.name.endswith(".xsd")
    }
    return SampleService(card, route, VERSION, documents, codes)


def _folder(service: str) -> Traversable:
    return files(__package__).joinpath("demonstration", service)
