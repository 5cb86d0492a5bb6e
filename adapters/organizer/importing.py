"""SVC-04 MenuImportService: how organizers hand menus in, and the queue behind it."""

from adapters.organizer import errors
from adapters.organizer.handlers.catalogue import get_catalogue
from adapters.organizer.handlers.directories import get_directories
from adapters.organizer.handlers.imports import (
    PROCESS_IMPORTS,
    get_import_result,
    import_additional_menu,
    import_complexes,
    import_dishes,
)
from adapters.organizer.handlers.publications import publish_menu, withdraw_menu
from adapters.organizer.messages import menu_import
from adapters.organizer.processing import ImportQueue
from adapters.organizer.staging import open_rows
from gateway.adapter import Job, Service, reading, writing
from gateway.contracts.periods import PeriodInvalid

SERVICE = Service(
    contract="meals/menu-import/1.0",
    messages=menu_import,
    operations=(
        reading("GetDirectories", get_directories),
        writing("ImportDishes", import_dishes, business_key=lambda request: request.batch_id),
        writing("ImportComplexes", import_complexes, business_key=lambda request: request.batch_id),
        writing(
            "ImportAdditionalMenu",
            import_additional_menu,
            business_key=lambda request: request.batch_id,
        ),
        reading(
            "GetImportResult", get_import_result, business_key=lambda request: request.import_id
        ),
        writing(
            "PublishMenu",
            publish_menu,
            business_key=lambda request: request.publication_id,
            faults=(errors.Frozen, PeriodInvalid),
        ),
        writing(
            "WithdrawMenu",
            withdraw_menu,
            business_key=lambda request: request.publication_id,
            faults=(errors.Frozen,),
        ),
        reading("GetCatalogue", get_catalogue, faults=(PeriodInvalid,)),
    ),
)

JOBS = (Job(PROCESS_IMPORTS, ImportQueue(open_rows).run),)
