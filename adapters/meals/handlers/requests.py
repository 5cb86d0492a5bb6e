"""SVC-07: a class teacher forms, changes, sends, prints and reads the request of a class."""

import hashlib

from adapters.meals import access, changing, class_requests, prints, times
from adapters.meals.access import Actor, Function
from adapters.meals.errors import CutOffPassed, NotToday
from adapters.meals.handlers import shown
from adapters.meals.messages import class_request as messages
from adapters.meals.repository import requests
from adapters.meals.repository.people import Place
from adapters.meals.repository.requests import ClassRequest, Line
from gateway.adapter import Received, Work
from gateway.contracts.messages.common import FileRef, HashAlgorithm, RequestState
from gateway.kernel.errors import Finding, IllegalTransition, NotFound, ValidationError
from registry.calendar import local_date

_CHANGE = "/UpdateRequestRequest/change"


def form_request(
    received: Received[messages.FormRequestRequest], work: Work
) -> messages.FormRequestResponse:
    """Form the request of a class for today from orders and attendance (MEAL-CLS-01, 03, 05).

    A class whose request is formed already gets that one, as it is now. A class without orders has
    a request without lines, and nothing is debited by it. Raises NotAllowed, NotFound, NotToday,
    CutOffPassed.
    """
    message = received.request
    actor = changing.admit_teacher(received, work, Function.REQUEST)
    place = _own_class(work, actor, message.class_code, message.school_code)
    if message.date != local_date(work.now):
        raise NotToday
    before = requests.find_for(work.database, message.class_code, message.date)
    if before is not None:
        return _formed(before, work, duplicate=True)
    if times.is_closed(message.date, work.now):
        raise CutOffPassed
    request = ClassRequest(
        id=work.identifiers(),
        school=place.school,
        building=place.building or "",
        class_code=message.class_code,
        class_name="",
        day=message.date,
        state=RequestState.FORMED.value,
        version=1,
        formed_by=actor.person or "",
        formed_at=work.now,
    )
    _fill(work, request, received.entry)
    stored = requests.find(work.database, request.id)
    return _formed(stored or request, work, duplicate=False)


def update_request(
    received: Received[messages.UpdateRequestRequest], work: Work
) -> messages.UpdateRequestResponse:
    """Leave portions out of a request or ask for them again, all changes or none (MEAL-CLS-04).

    Raises what `changing.change` raises, IllegalTransition, LineNotInRequest, ValidationError.
    """

    def decide(request: ClassRequest) -> messages.UpdateRequestResponse:
        _control_unconfirmed(request)
        changes = received.request.change
        _control_comments(changes)
        lines = class_requests.shown_lines(work.database, request, work.now)
        named = changing.named_lines(request, changes, lines, _CHANGE)
        for one in changes:
            key = (one.account, one.meal_type)
            named[key] = _changed(named[key], one)
        told = class_requests.weighed(
            work.database, request, [named.get(line[:2], line) for line in lines]
        )
        requests.put_lines(work.database, request, told)
        requests.put(work.database, request, received.entry)
        return messages.UpdateRequestResponse(
            version=request.version, line=shown.lines(told), duplicate=False
        )

    return changing.change(received, work, messages.UpdateRequestResponse, decide)


def send_request(
    received: Received[messages.SendRequestRequest], work: Work
) -> messages.SendRequestResponse:
    """Pass a request to the organizer as ready; it may still be changed and sent again.

    Raises what `changing.change` raises, IllegalTransition.
    """

    def decide(request: ClassRequest) -> messages.SendRequestResponse:
        _control_unconfirmed(request)
        sent = request._replace(state=RequestState.SENT.value, sent_at=work.now)
        requests.put(work.database, sent, received.entry)
        return messages.SendRequestResponse(
            state=RequestState.SENT, version=sent.version, sent_at=work.now, duplicate=False
        )

    return changing.change(received, work, messages.SendRequestResponse, decide)


def print_request(
    received: Received[messages.PrintRequestRequest], work: Work
) -> messages.PrintRequestResponse:
    """Give the teacher's print of a request and note when it was printed (MEAL-CLS-02).

    A closed day is printed, but nothing of it is changed. Raises NotAllowed.
    """
    actor = changing.admit_teacher(received, work, Function.REQUEST)
    request = changing.own_request(work, actor, received.request.request_id, held=True)
    lines = requests.lines_of(work.database, request)
    late = class_requests.is_late(class_requests.deadlines(work.database, request, lines), work.now)
    if not times.is_closed(request.day, work.now):
        printed = request._replace(printed_at=work.now, is_print_late=late or request.is_print_late)
        requests.put_print(work.database, printed)
    octets = prints.class_request_pdf(work.database, request.id, names=True, printed_at=work.now)
    name = f"Заявка {request.class_name} {request.day:%d.%m.%Y}.pdf"
    return messages.PrintRequestResponse(
        file=FileRef(
            file_id=str(work.identifiers()),
            file_name=name,
            mime_type="application/pdf",
            size=len(octets),
            hash=hashlib.sha256(octets).digest(),
            hash_alg=HashAlgorithm.SHA_256,
            content=octets,
        ),
        printed_at=work.now,
        late=late,
    )


def get_request(
    received: Received[messages.GetRequestRequest], work: Work
) -> messages.GetRequestResponse:
    """Return a request of the teacher's class as it is now; raise NotAllowed, NotFound."""
    actor = changing.admit_teacher(received, work, Function.REQUEST)
    request = _asked_for(received.request, work, actor)
    lines = class_requests.shown_lines(work.database, request, work.now)
    return messages.GetRequestResponse(request=_told(request, lines, work))


def _own_class(work: Work, actor: Actor, class_code: str, school_code: str | None) -> Place:
    """Return where a teacher's own class is; raise NotAllowed, NotFound for another school."""
    place = access.require_class(work.database, actor, class_code)
    if school_code is not None and place.school != school_code:
        raise NotFound("Такого класса в этой школе нет.")
    return place


def _fill(work: Work, request: ClassRequest, entry: int) -> None:
    """Store a request with the orders of the day, marked where the credit is exceeded."""
    meals = requests.meals_of(work.database, request.class_code, request.day)
    over = class_requests.exceeding(
        meals,
        requests.starts_of(work.database, request.class_code, request.day),
        requests.credit_limit(work.database, request.school, request.day),
    )
    requests.add(work.database, request, meals, over, entry)


def _formed(request: ClassRequest, work: Work, *, duplicate: bool) -> messages.FormRequestResponse:
    lines = class_requests.shown_lines(work.database, request, work.now)
    told = class_requests.deadlines(work.database, request, lines)
    return messages.FormRequestResponse(
        request_id=str(request.id),
        version=request.version,
        state=changing.shown_state(request, work),
        class_name=request.class_name,
        formed_at=request.formed_at,
        print_deadline=shown.deadlines(told),
        line=shown.lines(lines),
        duplicate=duplicate,
    )


def _control_unconfirmed(request: ClassRequest) -> None:
    if request.state == RequestState.ACTUAL_CONFIRMED.value:
        raise IllegalTransition(
            "Фактическое питание уже подтверждено; исправьте его операцией ConfirmActual."
        )


def _control_comments(changes: list[messages.ChangeType]) -> None:
    """Refuse another reason that is not explained."""
    findings = tuple(
        Finding(
            "При причине OTHER пояснение comment обязательно.",
            path=f"{_CHANGE}[{number}]/comment",
            rule="required",
        )
        for number, one in enumerate(changes, 1)
        if one.reason is messages.ChangeReason.OTHER and one.comment is None
    )
    if findings:
        raise ValidationError(findings=findings)


def _changed(line: Line, one: messages.ChangeType) -> Line:
    return line._replace(is_included=one.included, reason=one.reason.value, comment=one.comment)


def _asked_for(message: messages.GetRequestRequest, work: Work, actor: Actor) -> ClassRequest:
    if message.class_day is None:
        return changing.own_request(work, actor, message.request_id or "")
    asked = message.class_day
    _own_class(work, actor, asked.class_code, asked.school_code)
    request = requests.find_for(work.database, asked.class_code, asked.date)
    if request is None:
        raise NotFound("Заявка этого класса на этот день не сформирована.")
    return request


def _told(request: ClassRequest, lines: list[Line], work: Work) -> messages.ClassRequestType:
    told = class_requests.deadlines(work.database, request, lines)
    return messages.ClassRequestType(
        request_id=str(request.id),
        version=request.version,
        state=changing.shown_state(request, work),
        school_code=request.school,
        building_code=request.building or None,
        class_code=request.class_code,
        class_name=request.class_name,
        date=request.day,
        formed_at=request.formed_at,
        sent_at=request.sent_at,
        printed_at=request.printed_at,
        confirmed_at=request.confirmed_at,
        print_deadline=shown.deadlines(told),
        line=shown.lines(lines),
    )
