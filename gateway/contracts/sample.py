"""Sample messages made from the schemas: whoever reads a format wants to see one.

A sample shows an everyday success: one line, code 0, nothing refused. Every value is invented. A
contract whose sample does not validate is named by the tests; it then needs a value below.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from lxml import etree

from gateway.contracts.catalog import Contract
from gateway.contracts.outline import Field, Outline, read_outline
from gateway.contracts.vocabulary import Vocabulary

HUB = "urn://x-artefacts-citto-72/hub/1.0"
HEADER = f"{{{HUB}}}MessageHeader"
FAULT = f"{{{HUB}}}HubFault"

_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_OWN_PREFIX = "m"
_FORM = "FormDataType"
_SERVICE = "urn://example.org/services/kindergarten/1.0"
_PING = "Ping"
_OF_A_SYSTEM = {"sender": "SCHOOL72001", "contour": "TEST"}
"""What the header of a request says, where that of a response says it of the hub."""

_LEFT_OUT = frozenset(
    {
        "CheckAccountRequest/organizerInn",
        "GetMovementsRequest/organizerInn",
        "GetReconciliationRequest/organizerInn",
        "ListRegistriesRequest/organizerInn",
        "ListDocumentsRequest/caseId",
        "ListDocumentsRequest/period",
        "ListDocumentsRequest/state",
        "ListDocumentsRequest/type",
        "ListFormatsRequest/domain",
        "ListRegistriesRequest/state",
        "ListSuitesRequest/suiteCode",
        "RegisterPaymentRequest/organizerInn",
        "SubmitConnectionRequestRequest/admin",
        "SubmitConnectionRequestRequest/applicantForm",
        "SubmitConnectionRequestRequest/caseId",
        "SubmitConnectionRequestRequest/employee",
        "SubmitConnectionRequestRequest/method",
        "SubmitConnectionRequestRequest/options",
        "SubmitConnectionRequestRequest/serviceName",
        "SubmitConnectionRequestRequest/subsystem",
        "SubmitConnectionRequestRequest/system",
        "BindSchoolRequest/validTo",
        "GetBalancesRequest/account",
        "GetBalancesRequest/asOf",
        "GetBalancesRequest/buildingCode",
        "GetBalancesRequest/classCode",
        "GetBalancesRequest/municipalityCode",
        "GetClassRequestsRequest/buildingCode",
        "GetDirectoryRequest/asOf",
        "GetParentOrdersRequest/buildingCode",
        "GetPaymentsRequest/bankCode",
        "GetPrintFormRequest/classCode",
        "ListPaymentRegistriesRequest/bankCode",
        "SetMealScheduleRequest/buildingCode",
        "SetMealScheduleRequest/classCode",
        "UpdateOrganizationRequest/postalAddress",
        "GetDirectoriesRequest/changedSince",
        "GetDirectoriesRequest/municipalityCode",
        "GetCatalogueRequest/schoolCode",
        "SyncClassesRequest/schoolCode",
        "SyncGuardiansRequest/classCode",
        "SyncGuardiansRequest/schoolCode",
        "SyncInstitutionsRequest/schoolCode",
        "SyncPupilsRequest/classCode",
        "SyncPupilsRequest/schoolCode",
        "SyncStaffRequest/schoolCode",
        "GetEventsRequest/orderId",
        "GetInboxRequest/serviceCode",
        "GetInboxRequest/state",
        "TakeApplicationResponse/request",
        "applicant/organization",
        "applicant/address",
        "application/bookingId",
        "application/departmentCode",
        "application/representative",
        "application/targetCode",
        "application/uin",
        "SubmitApplicationRequest/bookingId",
        "SubmitApplicationRequest/departmentCode",
        "SubmitApplicationRequest/representative",
        "SubmitApplicationRequest/targetCode",
        "SubmitApplicationRequest/uin",
        "orgCode",
        "acknowledgedAt",
        "correlationId",
        "cursor",
        "GetReconciliationResponse/documentId",
        "history/documentId",
        "StartSessionRequest/parameter",
        "after",
        "condition",
        "decision",
        "documentId",
        "earlier",
        "homeStudy",
        "item/ageFrom",
        "item/ageTo",
        "item/mode",
        "item/validTo",
        "item/value",
        "line/message",
        "item/error",
        "mismatched",
        "missingInRegistry",
        "missingNotice",
        "needs",
        "nextCursor",
        "notTested",
        "obstacle",
        "ate",
        "change/comment",
        "line/comment",
        "onBehalfOf",
        "suggestedAmount",
        "page",
        "preflight/text",
        "problem",
        "pupil/to",
        "reason",
        "recipient",
        "rejected",
        "rejection",
        "result/error",
        "remark",
        "retiredAt",
        "smevRegNumber",
        "reverses",
        "row/account",
        "row/classCode",
        "row/className",
        "row/pupilName",
        "result/wait",
        "step/evidence",
        "step/wait",
        "trouble",
        "truncated",
        "validTo",
        "warning",
    }
)
"""Elements, or «parent/element», that a sample has only where the schema requires them.

They tell of trouble or of a conversation that has gone on, or narrow what is asked for.
"""

_ACTING_ROLES = {"meals/order": "PARENT", "meals/class-request": "CLASS_TEACHER"}
"""Services that a system calls for a person only, with the role of that person."""

_BY_PLACE = {
    "PingResponse/service": "{service}",
    "PingResponse/version": "{version}",
    "MessageHeader/sender": "CITTO",
    "MessageHeader/formatVersion": "{version}",
    "CancelPaymentResponse/state": "CANCELLED",
    "GetPaymentStatusResponse/state": "CREDITED",
    "GetRegistryStatusResponse/state": "ACCEPTED",
    "GetRegistryProtocolResponse/state": "ACCEPTED",
    "AnnulRegistryResponse/state": "ANNULLED",
    "registry/state": "ACCEPTED",
    "CancelPaymentRequest/reason": "Ошибка кассира",
    "AnnulRegistryRequest/reason": "Реестр выгружен не за тот день",
    "counts/already": "0",
    "counts/error": "0",
    "counts/suspense": "0",
    "sums/error": "0.00",
    "sums/suspense": "0.00",
    "suspense/count": "0",
    "suspense/sum": "0.00",
    "HubFault/message": "Сообщение не соответствует опубликованному формату.",
    "HubFault/action": "Исправьте перечисленные места и отправьте сообщение снова.",
    "detail/text": "Сумма «150,00» не является числом: дробная часть отделяется точкой.",
    "DateTime/from": "2026-09-01T00:00:00+05:00",
    "DateTime/to": "2026-09-01T23:59:59+05:00",
    "SubmitJoinStatementRequest/subsystem": "MEALS",
    "SubmitJoinStatementResponse/state": "JOIN_SUBMITTED",
    "SubmitConnectionRequestRequest/kind": "BANK",
    "SubmitConnectionRequestRequest/purpose": "Приём платежей за питание в кассах банка",
    "SubmitConnectionRequestResponse/state": "APPLIED",
    "SubmitConnectionRequestResponse/number": "ПДК-2026-0001",
    "SubmitConnectionRequestResponse/dueAt": "2026-09-09T00:00:00+05:00",
    "GetCaseResponse/number": "ПДК-2026-0001",
    "GetCaseResponse/kind": "BANK",
    "GetCaseResponse/state": "PLANNED",
    "scan/fileName": "zayavlenie.pdf",
    "scan/mimeType": "application/pdf",
    "attachment/fileName": "zayavka.pdf",
    "attachment/mimeType": "application/pdf",
    "package/fileName": "meals-bank-payment-1.0.zip",
    "RespondRemarksRequest/text": "ИНН исправлен, скан письма приложен.",
    "RespondRemarksResponse/state": "APPLIED",
    "NotifyReadinessResponse/state": "READY_NOTIFIED",
    "ChangeResponsibleResponse/overdue": "false",
    "ChangeResponsibleResponse/version": "2",
    "history/from": "APPLIED",
    "history/to": "PLANNED",
    "history/actor": "CITTO",
    "history/comment": "План составлен",
    "document/state": "FOR_SIGNATURE",
    "RegisterSignatureResponse/state": "SIGNED_BY_ONE",
    "GetDocumentRequest/format": "PDF",
    "GetDocumentResponse/state": "FOR_SIGNATURE",
    "document/type": "PLAN-CONN",
    "document/number": "ПЛ-ПОДКЛ-2026-0001",
    "bank/name": "Банк (пример)",
    "organization/fullName": "Публичное акционерное общество «Банк» (пример)",
    "organization/shortName": "ПАО «Банк» (пример)",
    "organization/address": "625000, г. Тюмень, ул. Примерная, д. 1",
    "organization/headName": "Примеров Пример Примерович",
    "organization/legalForm": "Публичное акционерное общество",
    "signatory/name": "Примеров Пример Примерович",
    "signatory/position": "Председатель правления",
    "signatory/basis": "Устав",
    "format/title": "Приём платежей за питание",
    "format/code": "meals/bank-payment",
    "GetFormatRequest/code": "meals/bank-payment",
    "format/changeNote": "Первая версия.",
    "notice/code": "NOT-03",
    "notice/subject": "План подключения составлен",
    "notice/text": "План подключения составлен. Испытания — с 14 по 18 сентября 2026 года.",
    "notice/ref": "ПДК-2026-0001",
    "GetNoticesRequest/sinceSeq": "0",
    "GetNoticesResponse/more": "false",
    "row/frozen": "false",
    "GetOrderChangesRequest/limit": "100",
    "GetOrderChangesResponse/cursor": "0000000000000001",
    "debit/overCredit": "false",
    "payment/state": "CREDITED",
    "GetPaymentRegistryResponse/state": "ACCEPTED",
    "UpdateOrganizationRequest/fullName": "Общество «Школьное питание» (пример)",
    "UpdateOrganizationRequest/shortName": "ООО «Школьное питание» (пример)",
    "SetCreditLimitRequest/amount": "300.00",
    "item/code": "BASIC",
    "GetReportRequest/reportCode": "BALANCES",
    "param/name": "SCHOOL_CODE",
    "param/value": "72-0001",
    "GetMoneyMovementResponse/opening": "50.00",
    "GetMoneyMovementResponse/closing": "200.00",
    "GetImportResultResponse/state": "DONE",
    "counts/rejected": "0",
    "counts/unchanged": "0",
    "PublishMenuRequest/publicationId": "PUB-2026-37",
    "WithdrawMenuRequest/reason": "Поставщик отказал в продуктах",
    "WithdrawMenuResponse/state": "WITHDRAWN",
    "menuType/name": "Основное меню",
    "mealType/name": "Завтрак",
    "ageCategory/name": "7–11 лет",
    "pchvrCategory/name": "Многодетные семьи",
    "pchvrCategory/mode": "PERCENT",
    "pchvrCategory/value": "50.00",
    "school/name": "Школа № 1 (пример)",
    "building/name": "Корпус 1",
    "building/address": "625000, г. Тюмень, ул. Примерная, д. 1",
    "dish/name": "Каша овсяная молочная",
    "dish/group": "Каши",
    "dish/price": "42.50",
    "complex/name": "Завтрак № 1",
    "complex/fullPrice": "118.00",
    "item/name": "Булочка с корицей",
    "additional/name": "Булочка с корицей",
    "menuType/code": "MAIN",
    "ageCategory/code": "7-11",
    "ageCategory/ageFrom": "7",
    "ageCategory/ageTo": "11",
    "pchvrCategory/code": "MANY-CHILDREN",
    "mealType/code": "BREAKFAST",
    "schoolCode/code": "SCH-72-001",
    "GetCatalogueRequest/sinceVersion": "0",
    "institution/fullName": "Муниципальное учреждение «Средняя школа № 1» (пример)",
    "institution/shortName": "Школа № 1 (пример)",
    "InstitutionItemType/externalId": "SCH-72-001",
    "ClassItemType/externalId": "CLS-72-001-5A",
    "PupilItemType/externalId": "PUP-000117",
    "GuardianItemType/externalId": "GRD-000204",
    "StaffItemType/externalId": "STF-000031",
    "class/parallel": "5",
    "pupil/birthDate": "2015-03-14",
    "pupil/homeStudy": "false",
    "name/lastName": "Примеров",
    "name/firstName": "Иван",
    "name/middleName": "Образцович",
    "PingResponse/time": "2026-09-01T10:30:00.250+05:00",
    "detail/advice": "Запишите сумму как 150.00.",
    "ListSuitesRequest/serviceCode": "meals/payment-registry",
    "FinishSessionRequest/comment": "Замечаний нет",
    "FinishSessionResponse/state": "PASSED",
    "CancelSessionRequest/reason": "Начат по ошибке",
    "CancelSessionResponse/state": "CANCELLED",
    "RunCaseRequest/attempt": "1",
    "GetAttachmentResponse/attempt": "1",
    "GetSessionResponse/exitCode": "0",
    "suite/title": "Возврат реестров платежей за питание",
    "suite/serviceCode": "meals/payment-registry/1.0",
    "suite/version": "1.0.0",
    "suite/mandatoryCount": "16",
    "suite/preflight": "clock",
    "parameter/title": "Открытый лицевой счёт",
    "parameter/name": "account",
    "testData/name": "account",
    "testData/value": "1000000008",
    "preflight/name": "clock",
    "row/title": "заявлено на копейку больше",
    "case/title": "Верный реестр из трёх строк",
    "case/purpose": "Реестр, сумма и число строк которого равны заявленным, принимается",
    "case/expected": "Реестр, сумма и число строк которого равны заявленным, принимается",
    "result/title": "Верный реестр из трёх строк",
    "result/attempt": "1",
    "requirement/text": "Сумма и число строк реестра равны заявленным",
    "step/text": "Ждём SubmitRegistry",
    "step/expected": "код HTTP 200",
    "step/entry": "3-17",
    "check/what": "http",
    "check/expected": "HTTP 200",
    "GetMovementsResponse/opening": "50.00",
    "GetMovementsResponse/closing": "200.00",
    "entry/balance": "200.00",
    "entry/description": "Пополнение в кассе банка",
    "item/state": "CONFIRMED",
    "chosen/state": "CONFIRMED",
    "order/frozen": "false",
    "day/frozen": "false",
    "total/full": "150.00",
    "pupilName/lastName": "Примеров",
    "pupilName/firstName": "Иван",
    "pupilName/middleName": "Образцович",
    "SendRequestResponse/state": "SENT",
    "ConfirmActualResponse/state": "ACTUAL_CONFIRMED",
    "GetTopUpResponse/state": "CREDITED",
    "check/received": "HTTP 200",
    "attachment/code": "MEDICAL_CARD",
    "identity/type": "PASSPORT_RF",
    "identity/series": "7100",
    "identity/number": "000001",
    "identity/issuer": "УМВД России по Тюменской области (пример)",
    "person/birthDate": "1990-05-17",
    "identity/issueDate": "2010-06-01",
    "CancelApplicationRequest/cancelId": "0191aa3c-0f27-7b5d-8a14-6c2e9d4b1f21",
    "CancelApplicationRequest/reason": "Передумал",
    "SubmitCorrectionRequest/correctionId": "0191aa3c-0f27-7b5d-8a14-6c2e9d4b1f22",
    "SendApplicantMessageRequest/text": "Прилагаю справку.",
    "GetApplicationStateResponse/techCode": "6",
    "GetApplicationStateResponse/title": "Принято ведомством",
    "history/techCode": "6",
    "history/title": "Принято ведомством",
    "statusCode/techCode": "6",
    "event/title": "Принято ведомством",
    "event/sender": "DEPT72001",
    "application/techCode": "1",
    "application/title": "Принято от заявителя",
    "TakeApplicationResponse/techCode": "2",
    "TakeApplicationResponse/title": "Отправлено в ведомство",
    "application/serviceTitle": "Постановка на учёт в детский сад",
    "application/portal": "PORTAL72",
    "TakeApplicationResponse/portal": "PORTAL72",
    "application/requests": "0",
    "GetEventsRequest/sinceSeq": "0",
    "GetEventsRequest/limit": "100",
    "PushEventResponse/code": "0",
    "PushEventResponse/message": "Событие принято.",
    "SetStatusResponse/message": "Статус поставлен.",
    "SetStatusRequest/comment": "Заявление зарегистрировано",
    "DeliverEventResponse/message": "Событие принято.",
    "result/message": "Событие принято.",
}
"""By «parent/element», or by «type/element»."""

_BY_NAME = {
    "bankPaymentId": "P-20260901-000117",
    "cancelId": "C-20260901-000004",
    "correctionId": "K-20260902-01",
    "registryId": "R-20260901-01",
    "registryNumber": "244",
    "contractNumber": "17-П/2026",
    "documentNumber": "000117",
    "terminalId": "72-0415",
    "number": "1045",
    "resultText": "ОК",
    "pupilMask": "Иван И.",
    "className": "5А",
    "schoolName": "Школа № 1 (пример)",
    "organizerName": "ООО «Школьное питание» (пример)",
    "bankName": "Банк (пример)",
    "purpose": "Питание учащегося по лицевому счёту. НДС не облагается.",
    "minAmount": "1.00",
    "maxAmount": "2000.00",
    "commission": "0.00",
    "totalCommission": "0.00",
    "basis": "Письмо банка от 02.09.2026 № 17",
    "hubPaymentId": "0191aa3c-5a10-7c3e-9d52-4f0c7b1e2a01",
    "hubRegistryId": "0191ab77-2b40-7d11-8c6a-0d9e5f3b7c02",
    "expectedCreditDate": "2026-09-04",
    "acceptedAt": "2026-09-01T10:30:02.114+05:00",
    "creditedAt": "2026-09-01T10:30:02.114+05:00",
    "cancelledAt": "2026-09-01T11:05:40.871+05:00",
    "cancelTime": "2026-09-01T11:05:40+05:00",
    "receivedAt": "2026-09-02T09:00:03.552+05:00",
    "processedAt": "2026-09-02T09:00:04.917+05:00",
    "duplicate": "false",
    "deleted": "false",
    "retryable": "false",
    "municipalityCode": "71701000",
    "legalAddress": "625000, г. Тюмень, ул. Примерная, д. 1",
    "code": "VALIDATION_ERROR",
    "entry": "48213",
    "line": "9",
    "path": "/RegisterPaymentRequest/amount",
    "rule": "decimal",
    "value": "150,00",
    "wsdlUrl": "https://uzel.example.org/test/ws/meals/bank-payment/1.0?wsdl",
    "xsdUrl": "https://uzel.example.org/test/ws/meals/bank-payment/1.0?xsd=bank-payment",
    "url": "https://bank.example.org/ws/acquiring",
    "title": "План подключения",
    "fullName": "Образцова Анна Примеровна",
    "position": "Ведущий инженер",
    "x509": "MIIB",
    "cms": "MIIB",
    "fileName": "registry-244.zip",
    "mimeType": "application/zip",
    "plan": "bank-registry",
    "planVersion": "1.0.0",
    "systemVersion": "7.1",
    "requirement": "MEAL-BANK-09",
    "requirementId": "MEAL-BANK-09",
    "verifies": "MEAL-BANK-09",
    "source": "Формат 1.0",
    "stepId": "submitted",
    "attachment": "registry-three-lines.xml",
    "document": "ответ 3-17",
    "complexCode": "К-101",
    "complexName": "Обед № 1",
    "itemCode": "Д-07",
    "menuTypeCode": "BASIC",
    "pchvrCode": "К-02",
    "pupilId": "PUP-000117",
    "fullPrice": "150.00",
    "discount": "50.00",
    "toPay": "100.00",
    "creditLimit": "300.00",
    "topUpMin": "1.00",
    "topUpMax": "2000.00",
    "topUpSuggested": "false",
    "homeStudy": "false",
    "creditExceeded": "false",
    "late": "false",
    "yield": "200/5",
    "unit": "шт.",
    "composition": "Свёкла, капуста, картофель, сметана",
    "energyKcal": "110.50",
    "allergen": "молоко",
    "returnUrl": "https://school.example.org/meals/paid",
    "failUrl": "https://school.example.org/meals/not-paid",
    "paymentUrl": "https://bank.example.org/pay/0191aa3c",
    "batchId": "M-20260901-01",
    "publicationId": "PUB-2026-37",
    "importId": "0191ab77-2b40-7d11-8c6a-0d9e5f3b7c03",
    "dishCode": "D-0117",
    "ageCategoryCode": "7-11",
    "pchvrCategoryCode": "MANY-CHILDREN",
    "recipeNumber": "182",
    "productName": "Яблоки",
    "asOf": "2026-09-01T10:30:00+05:00",
    "schoolCode": "SCH-72-001",
    "buildingCode": "B-01",
    "classCode": "CLS-72-001-5A",
    "guardianId": "GRD-000204",
    "staffId": "STF-000031",
    "teacherId": "STF-000031",
    "externalId": "PUP-000117",
    "eventComment": "Заявление зарегистрировано",
    "eventAuthor": "Ведущий специалист",
    "orgNumber": "В-117",
    "hint": "Складывайте рубли и копейки десятичной арифметикой",
}

_BY_TYPE = {
    "Money": "150.00",
    "SignedMoney": "150.00",
    "Account": "1000000008",
    "AccountAsWritten": "1000000008",
    "INN": "7200000018",
    "KPP": "720001001",
    "OGRN": "1027200000002",
    "BIK": "047199999",
    "BankAccount": "40702810600000000001",
    "OrderId": "720000117",
    "ServiceCode": "KINDERGARTEN",
    "FormVersion": "1.0",
    "UIN": "12345678901234567890",
    "OKTMO": "71701000",
    "SNILS": "001-001-998 00",
    "SuiteCode": "SUITE-02",
    "CaseCode": "BR-01",
    "Digest": "f839ea5001ed8021ca545cc63353fcacbc704f223b0dae5cadfc230a0924370e",
    "Url": "https://bank.example/hub",
    "Sequence": "1788325920500000",
    "EsiaOid": "1000123456",
    "MealType": "BREAKFAST",
    "Nutrition": "7.20",
    "Portions": "1.00",
    "PersonHash": "f839ea5001ed8021ca545cc63353fcacbc704f223b0dae5cadfc230a0924370e",
    "TimeOfDay": "08:30:00",
    "Phone": "+7 (3452) 00-00-00",
    "Email": "it@example.org",
    "UUID": "0191aa3c-0f27-7b5d-8a14-6c2e9d4b1f03",
    "DateTime": "2026-09-01T10:30:00+05:00",
    "Date": "2026-09-01",
    "FormatVersion": "1.0",
    "ParticipantCode": "BANK72001",
    "SchoolCode": "72-0001",
    "BuildingCode": "72-0001-1",
    "ClassCode": "72-0001-5А",
    "MachineCode": "EXAMPLE",
    "DocumentTypeCode": "PLAN-CONN",
    "FormatCode": "meals/bank-payment",
    "FormatDomain": "meals",
    "NoticeCode": "NOT-03",
    "Thumbprint": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "Hash": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
}

_BY_PRIMITIVE = {
    "string": "пример",
    "token": "пример",
    "boolean": "true",
    "int": "1",
    "long": "1",
    "integer": "1",
    "decimal": "1",
    "date": "2026-09-01",
    "time": "08:30:00",
    "dateTime": "2026-09-01T10:30:00+05:00",
    "base64Binary": "",
}


@lru_cache(maxsize=256)
def samples(contract: Contract) -> Mapping[str, bytes]:
    """Return the samples of a contract by name: envelopes of messages, and files to attach.

    `<Operation>Request`, `<Operation>Response`, `HubFault`, and every other document of the
    contract under the name of its root.
    """
    outline = read_outline(contract)
    writer = _Writer(contract, outline)
    made = {}
    for operation in contract.operations:
        role = None if operation.name == _PING else acting_role(contract)
        made[_local(operation.request)] = writer.request(operation.request, role)
        made[_local(operation.response)] = writer.response(operation.response)
    made[_local(FAULT)] = writer.fault()
    for document in outline.documents(contract):
        made[document.name] = _text(writer.element(document))
    return made


def acting_role(contract: Contract) -> str | None:
    """Return in which role somebody stands behind every message of a contract; None: nobody."""
    return _ACTING_ROLES.get(contract.name.rpartition("/")[0])


def payload(contract: Contract, outline: Outline, tag: str) -> etree._Element:
    """Return a sample of one element that the contract declares globally."""
    return _Writer(contract, outline).element(outline.elements[tag])


class _Writer:
    """Writes samples of one contract."""

    def __init__(self, contract: Contract, outline: Outline) -> None:
        self._contract = contract
        self._outline = outline
        self._vocabulary: Vocabulary = contract.vocabulary

    def request(self, tag: str, role: str | None) -> bytes:
        header = [] if role is None else [self._header_for(role)]
        return _envelope(header, self.element(self._outline.elements[tag]))

    def _header_for(self, role: str) -> etree._Element:
        """Write the header of a system that acts for a person."""
        field = self._outline.elements[HEADER]
        header = self.element(field)
        for name in ("sender", "contour"):
            for told in header.iterfind(f"{{*}}{name}"):
                told.text = _OF_A_SYSTEM[name]
        person = self.element(next(one for one in field.children if one.name == "onBehalfOf"))
        for told in person.iterfind("{*}role"):
            told.text = role
        header.append(person)
        return header

    def response(self, tag: str) -> bytes:
        header = self.element(self._outline.elements[HEADER])
        return _envelope([header], self.element(self._outline.elements[tag]))

    def fault(self) -> bytes:
        fault = etree.Element(f"{{{_SOAP}}}Fault", nsmap={"soap": _SOAP})
        detail = self.element(self._outline.elements[FAULT])
        etree.SubElement(fault, "faultcode").text = "soap:Client"
        etree.SubElement(fault, "faultstring").text = _BY_PLACE["HubFault/message"]
        etree.SubElement(fault, "detail").append(detail)
        return _envelope([], fault)

    def element(self, field: Field, parent: str = "") -> etree._Element:
        """Write an element with everything inside it."""
        element = etree.Element(field.tag, nsmap=self._namespaces(field))
        for child in field.children:
            if _is_shown(child, field.name):
                element.append(self.element(child, field.name))
        if _local(field.type) == _FORM:
            element.append(_form_of_a_service())
        elif not field.children:
            element.text = self._value(field, parent) or None
        return element

    def _value(self, field: Field, parent: str) -> str:
        by_type = _BY_PLACE.get(f"{_local(field.type)}/{field.name}")
        placed = _BY_PLACE.get(f"{parent}/{field.name}", by_type)
        if placed is not None:
            return placed.format(
                service=self._contract.name.rpartition("/")[0], version=self._contract.version
            )
        lineage = list(self._vocabulary.lineage(field.type))
        if lineage and lineage[0].values:
            return next(iter(lineage[0].values))
        if field.name in _BY_NAME:
            return _BY_NAME[field.name]
        for known in lineage:
            if (name := _local(known.name)) in _BY_TYPE:
                return _BY_TYPE[name]
        return _BY_PRIMITIVE.get(self._vocabulary.primitive(field.type), "")

    def _namespaces(self, field: Field) -> dict[str, str]:
        return {self._prefix(space): space for space in _spaces(field)}

    def _prefix(self, space: str) -> str:
        if space == self._contract.namespace:
            return _OWN_PREFIX
        domain, name = space.rstrip("/").split("/")[-3:-1]
        return domain if (name, domain) == ("common", "portal") else name


def _is_shown(field: Field, parent: str) -> bool:
    if field.choice is not None and field.choice[1] != 0:
        return False
    return field.required or _LEFT_OUT.isdisjoint({field.name, f"{parent}/{field.name}"})


def _spaces(field: Field) -> Iterator[str]:
    yield etree.QName(field.tag).namespace or ""
    for child in field.children:
        if _is_shown(child, field.name):
            yield from _spaces(child)


def _form_of_a_service() -> etree._Element:
    """Write what stands where a contract lets any element stand: the form of some service."""
    form = etree.Element(f"{{{_SERVICE}}}Form", nsmap={"form": _SERVICE})
    etree.SubElement(form, f"{{{_SERVICE}}}childName").text = "Примеров Иван Образцович"
    etree.SubElement(form, f"{{{_SERVICE}}}institution").text = "Детский сад № 1 (пример)"
    return form


def _envelope(header: list[etree._Element], payload: etree._Element) -> bytes:
    envelope = etree.Element(f"{{{_SOAP}}}Envelope", nsmap={"soap": _SOAP})
    if header:
        etree.SubElement(envelope, f"{{{_SOAP}}}Header").extend(header)
    etree.SubElement(envelope, f"{{{_SOAP}}}Body").append(payload)
    return _text(envelope)


def _text(element: etree._Element) -> bytes:
    etree.indent(element)
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8") + b"\n"


def _local(tag: str) -> str:
    return etree.QName(tag).localname
