"""Documents of invented people and organizations, one of every form."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from gateway.documents import FORMS, DocType, Form, Identity, number_of
from gateway.documents.forms.acts import BankTrialAct, EmpAct, OrganizerTrialAct, PutoAct
from gateway.documents.forms.letters import (
    AcquiringNotice,
    Administrator,
    Applicant,
    ArmLetter,
    BankApplication,
    EmpApplication,
    Employee,
    JoinStatement,
    NetworkApplication,
    OrganizerLine,
    PutoApplication,
    PutoService,
    RegisoApplication,
    SystemAddress,
)
from gateway.documents.forms.plans import ConnectionPlan, PlanStep, Responsible, TrialPlan
from gateway.documents.forms.protocols import (
    BankProtocol,
    CaseKind,
    CaseRow,
    CaseVerdict,
    CredentialUnderTest,
    Deviation,
    Direction,
    MessageRecord,
    Options,
    OrganizerProtocol,
    Outcome,
    PlanReference,
    PutoProtocol,
    Section,
    ServiceUnderTest,
    SystemUnderTest,
    TestProtocol,
    Untested,
)
from gateway.documents.forms.settlements import (
    Discrepancy,
    Format,
    ReconciliationAct,
    TechnicalRequirements,
    Total,
)
from gateway.documents.forms.values import (
    BankMethod,
    Contact,
    Letterhead,
    Network,
    OrganizerMethod,
    Party,
    Period,
    ProtocolReference,
    Representative,
)
from gateway.kernel.message import Contour

DAY = dt.date(2026, 11, 25)
NOON = dt.datetime(2026, 11, 25, 7, 2, 11, tzinfo=dt.UTC)
DIGEST = "082f032d9280f6094b1c7a55e0f3d2c6b8a97182736455463728190a0b0c0d0e"

OPERATOR = Representative(
    represented_by="директора Примерова Ивана Ивановича",
    acting_on="Устава",
    position="Директор",
    name="И.И. Примеров",
)
BANKER = Representative(
    represented_by="заместителя председателя правления Образцовой Анны Петровны",
    acting_on="доверенности от 01.10.2026 № 114",
    position="Заместитель председателя правления",
    name="А.П. Образцова",
)
BANK = Party(
    name="акционерное общество «Пример-Банк»",
    short_name="АО «Пример-Банк»",
    inn="7200000010",
    bik="047102000",
    representative=BANKER,
)
ORGANIZER = Party(
    name="муниципальное автономное учреждение «Комбинат школьного питания «Образец»",
    short_name="МАУ «Комбинат «Образец»",
    inn="7200000028",
    representative=replace(BANKER, position="Директор"),
)
SPECIALIST = Contact(
    name="Шаблонов Пётр Сергеевич", phone="+7 (3452) 00-00-01", email="shablonov@example.ru"
)
RESPONSIBLE = Contact(
    name="Образцова Анна Петровна", phone="+7 (3452) 00-00-02", email="obraztsova@example.ru"
)
REFERENCE = ProtocolReference(
    number="ПРТ-БАНК-2026-0017",
    date=dt.date(2026, 11, 24),
    plan="bank-registry 3.1.0",
    digest=DIGEST,
)
PERIOD = Period(start=dt.date(2026, 11, 9), end=dt.date(2026, 11, 24))
LETTERHEAD = Letterhead(
    organization="Департамент примеров Тюменской области",
    details="625000, г. Тюмень, ул. Образцовая, д. 1, ИНН 7200000036",
    number="01-12/345",
    date=dt.date(2026, 10, 1),
)
CASES = (
    CaseRow(
        code="BANK-REGISTRY-01",
        title="Приём корректного реестра платежей",
        requirement="R-12, Формат 3.1, п. 4.2",
        kind=CaseKind.MANDATORY,
        given="Реестр из трёх строк",
        expected="Реестр принят, все строки зачислены",
        actual="Реестр принят, зачислено 3 строки",
        verdict=CaseVerdict.PASSED,
        at=NOON,
        attempt=2,
        evidence=("0192f3a1-5c1e-7d10-9a44-3f6f0c6f7a01",),
    ),
    CaseRow(
        code="BANK-REGISTRY-02/1",
        title="Итог больше суммы строк: отказ REGISTRY_TOTAL_MISMATCH",
        requirement="R-14",
        kind=CaseKind.MANDATORY,
        given="Подготовленный файл",
        expected="Отказ, клиент не повторяет сообщение",
        actual="Отказ получен, повторов не было",
        verdict=CaseVerdict.CONFIRMED,
        at=NOON,
        attempt=1,
        evidence=("0192f3a1-5c1e-7d10-9a44-3f6f0c6f7a02",),
        confirmed_by="Шаблонов П.С.",
        confirmed_why="снимок экрана оператора банка",
        note="По решению сторон",
    ),
)


def protocol(form: type[TestProtocol], cases: tuple[CaseRow, ...] = CASES) -> TestProtocol:
    return form(
        session="0192f3a1-5c1e-7d10-9a44-3f6f0c6f7a00",
        basis=("Регламент РЕГИСО, п. 3.1.2", "Регламент РЕГИСО, п. 4.2"),
        contour=Contour.TEST,
        network=Network.INTERNET,
        operator=OPERATOR,
        party=BANK,
        system=SystemUnderTest(name="АБС «Пример»", version="7.2", mnemonic="PRIMER01"),
        service=ServiceUnderTest(
            code="payment-registry",
            title="Возврат реестров платежей",
            format_version="1.0",
            wsdl_digest=DIGEST,
            xsd_digest=DIGEST[::-1],
        ),
        plan=PlanReference(name="bank-registry", version="3.1.0", digest=DIGEST),
        frozen=(DIGEST,),
        credential=CredentialUnderTest(
            subject="CN=PRIMER01", serial="5A0019", expires=dt.date(2028, 3, 14)
        ),
        addresses=("участник 203.0.113.7", "узел hub.example.ru"),
        operator_testers=("Шаблонов П.С.",),
        party_testers=("Примерова К.К.",),
        period=PERIOD,
        options=Options(payment=True, status_updates=True, booking=False),
        sections=(
            Section(
                title="1. Приём реестров",
                contour=Contour.TEST,
                network=Network.INTERNET,
                cases=cases,
            ),
        ),
        deviations=(
            Deviation(
                case_code="BANK-REGISTRY-01",
                text="Попытка 1: значение лицевого счёта не соответствует формату",
                line=38,
                path="/SubmitRegistryRequest/line[3]/account",
                closed="Исправлено участником",
            ),
        ),
        untested=(Untested(requirement="R-40 Хранение реестров 5 лет", reason="организационное"),),
        outcome=Outcome.PASSED,
        remarks=("нет",),
        conclusion="рекомендовано к выводу в продуктивный контур",
        messages=(
            MessageRecord(
                message_id="0192f3a1-5c1e-7d10-9a44-3f6f0c6f7a01",
                at=NOON,
                direction=Direction.INCOMING,
                digest=DIGEST,
            ),
        ),
    )


STEPS = (
    PlanStep(
        title="Выбор способа взаимодействия",
        responsible=Responsible.PARTICIPANT,
        period=PERIOD,
        result="Письмо банка",
    ),
    PlanStep(
        title="Испытания в тестовом контуре по сети Интернет",
        responsible=Responsible.JOINTLY,
        period=PERIOD,
        result="Протокол сеанса",
    ),
    PlanStep(title="Подписание протокола тестирования", responsible=Responsible.OPERATOR),
)

FILLED: dict[DocType, Form] = {
    form.doc_type: form
    for form in (
        EmpAct(operator=OPERATOR, party=BANK, system="«АБС Пример» версии 7.2", basis=REFERENCE),
        PutoAct(operator=OPERATOR, party=BANK, system="«АИС Пример»", protocols=(REFERENCE,)),
        BankTrialAct(
            operator=OPERATOR,
            party=BANK,
            method=BankMethod.ONLINE_PAYMENTS,
            period=PERIOD,
            contour=Contour.PROD,
            format_version="1.0",
            protocols=(REFERENCE,),
            production_date=dt.date(2026, 12, 1),
            remarks=("нет",),
        ),
        OrganizerTrialAct(
            operator=OPERATOR,
            party=ORGANIZER,
            method=OrganizerMethod.INTEGRATION,
            period=PERIOD,
            contour=Contour.TEST,
            format_version="1.0",
            protocols=(REFERENCE,),
            system="«Пример: Школьное питание»",
            remarks=("нет",),
        ),
        protocol(BankProtocol),
        protocol(PutoProtocol),
        protocol(OrganizerProtocol),
        ConnectionPlan(
            participant=BANK.name,
            method="сервис онлайн-платежей",
            trial=PERIOD,
            steps=STEPS,
            operator=OPERATOR,
        ),
        TrialPlan(
            participant=ORGANIZER.name,
            method="интеграция",
            trial=PERIOD,
            steps=STEPS,
            operator=OPERATOR,
        ),
        EmpApplication(
            letterhead=LETTERHEAD,
            system="«АИС Пример»",
            purpose="предоставления сведений о примерах гражданам",
            technical=SPECIALIST,
            responsible=RESPONSIBLE,
            signatory="Примеров Иван Иванович",
        ),
        PutoApplication(
            letterhead=LETTERHEAD,
            addressee_name="И.И. Примерову",
            salutation="Уважаемый Иван Иванович!",
            system="«АИС Пример»",
            purpose="предоставления услуг в электронном виде",
            services=(
                PutoService(
                    title="Выдача примера",
                    code="7200000000000000001",
                    level="государственная",
                    applicants=("физические лица", "юридические лица"),
                    booking=True,
                    booking_source="централизованная очередь",
                    payment=False,
                    assessment=True,
                    uses_ppu=False,
                ),
            ),
            technical=SPECIALIST,
            responsible=RESPONSIBLE,
            signatory="Примеров Иван Иванович",
        ),
        RegisoApplication(
            subsystem="Электронная школа",
            full_name="Муниципальное автономное общеобразовательное учреждение «Школа примеров № 1»",  # noqa: E501 -- as long as they are
            short_name="МАОУ «Школа примеров № 1»",
            address="625000, г. Тюмень, ул. Образцовая, д. 1",
            head="Образцова Анна Петровна",
            phone="+7 (3452) 00-00-03",
            administrator=Administrator(
                surname="Шаблонов",
                given_name="Пётр",
                patronymic="Сергеевич",
                birth_date=dt.date(1990, 2, 3),
                snils="001-001-001 00",
                email="shablonov@example.ru",
            ),
            position="Директор",
            signatory="А.П. Образцова",
        ),
        JoinStatement(
            applicant=Applicant(
                full_name="Акционерное общество «Пример-Банк»",
                short_name="АО «Пример-Банк»",
                inn="7200000010",
                kpp="720001001",
                ogrn="1027200000010",
                legal_address="625000, г. Тюмень, ул. Образцовая, д. 2",
                postal_address="625000, г. Тюмень, а/я 1",
            ),
            representative=BANKER,
            subsystem="модуль «Учет питания» подсистемы «Электронная школа»",
            contact=RESPONSIBLE,
            registration_number="ЗВЛ-ПРИС-2026-0003",
            registered_at=NOON,
        ),
        BankApplication(
            bank="АО «Пример-Банк»",
            bik="047102000",
            inn="7200000010",
            ogrn="1027200000010",
            correspondent_account="30101810000000000000",
            licence="0000",
            method=BankMethod.BOTH,
            channels=("кассы", "терминалы", "интернет-банк"),
            organizers=(OrganizerLine(name="МАУ «Комбинат «Образец»", inn="7200000028"),),
            technical=SPECIALIST,
            responsible=RESPONSIBLE,
            wanted=PERIOD,
            representative=BANKER,
        ),
        AcquiringNotice(
            organizer="МАУ «Комбинат «Образец»",
            bank="АО «Пример-Банк»",
            contract_number="77/2026",
            contract_date=dt.date(2026, 9, 1),
            contact=RESPONSIBLE,
            representative=OPERATOR,
        ),
        ArmLetter(
            letterhead=LETTERHEAD,
            addressee_name="И.И. Примерову",
            employees=(
                Employee(
                    name="Шаблонов Пётр Сергеевич",
                    position="Технолог",
                    snils="001-001-001 00",
                    email="shablonov@example.ru",
                    phone="+7 (3452) 00-00-01",
                ),
            ),
            representative=OPERATOR,
        ),
        NetworkApplication(
            organization="АО «Пример-Банк»",
            network=Network.VIPNET,
            vipnet_network="1481",
            coordinator_model="HW1000",
            coordinator_serial="000001",
            coordinator_licence="77-01",
            node="1A0E000B",
            addresses=(
                SystemAddress(contour=Contour.TEST, address="203.0.113.7", port="443"),
                SystemAddress(contour=Contour.PROD, address="203.0.113.8", port="443"),
            ),
            initiator="участник",
            place="625000, г. Тюмень, ул. Образцовая, д. 2",
            technical=SPECIALIST,
            representative=BANKER,
        ),
        ReconciliationAct(
            period=PERIOD,
            bank=BANK,
            organizer=ORGANIZER,
            operator=OPERATOR,
            notified=Total(count=1200, amount=Decimal("245300.50")),
            listed=Total(count=1199, amount=Decimal("245100.50")),
            credited=Total(count=1198, amount=Decimal("244900.50")),
            suspense=Total(count=1, amount=Decimal("200.00")),
            discrepancies=(
                Discrepancy(
                    kind="нет в реестре",
                    bank_payment_id="PB-20261120-000017",
                    account="1234567897",
                    notified=Decimal("200.00"),
                    decision="Зачислить",
                ),
            ),
        ),
        TechnicalRequirements(
            target="ПУ ТО",
            participant=BANK.name,
            system="«АИС Пример»",
            formats=(
                Format(
                    name="portal/application",
                    version="1.0",
                    address="https://hub.example.ru/formats/",
                    digest=DIGEST,
                ),
            ),
            network=("Защищённая сеть ViPNet № 1481 либо выделенная сеть.",),
            security=("Подпись сообщений по ГОСТ Р 34.10-2012.",),
            operator=OPERATOR,
        ),
    )
}


def blank(doc_type: DocType) -> Form:
    """The form as it lies on the table: nothing filled in."""
    return FORMS[doc_type]()


def identity(doc_type: DocType) -> Identity:
    return Identity(
        UUID("0192f3a1-5c1e-7d10-9a44-3f6f0c6f7aff"), number_of(doc_type, 2026, 17), DAY
    )


NAMELESS = Identity(UUID("0192f3a1-5c1e-7d10-9a44-3f6f0c6f7aff"))
