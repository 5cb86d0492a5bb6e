"""How an operator changes services of the portal, each in the caller's transaction.

Every change stands in the change log of the department and raises the registry's version: running
processes see it as they see a change of a participant.
"""

import re
from collections.abc import Collection
from datetime import date, datetime

from gateway.kernel.message import Contour
from gateway.storage.database import Transaction
from registry import errors, kinds, records
from registry.change import Change, change_of
from registry.kinds import ParticipantKind, SubKind
from registry.portal_services import repository
from registry.portal_services.errors import (
    PortalFormBroken,
    PortalFormFixed,
    PortalServiceInvalid,
    PortalServiceNotReady,
    PortalServiceUnknown,
)
from registry.portal_services.schemas import Documents, compile_form, digest_of
from registry.portal_services.values import AttachmentTerms, FormVersion, Route, ServiceCard

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,49}")
_VERSION = re.compile(r"(?=.{1,10}\Z)[0-9]+(?:\.[0-9]+){0,2}")
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,62}/[a-z0-9][a-z0-9.+-]{0,62}")
_LONGEST_TITLE = 500
_LONGEST_ORG_CODE = 50
MOST_ATTACHED = 50 * 1024 * 1024
"""A message is not larger than this, whatever a service says (SVC-00-10)."""


def enter(
    transaction: Transaction,
    card: ServiceCard,
    now: datetime,
    actor: str,
    basis: str | None = None,
) -> bool:
    """Enter a service or mend its card; return False if it stands so already.

    Raises ParticipantUnknown, ServiceNotForKind for who renders no services, PortalServiceInvalid
    for what does not do and for another department: accepted applications stay with theirs.
    """
    _check_card(card)
    change = change_of(transaction, now, actor, card.department)
    _check_renders(change)
    before = repository.card(transaction, card.code)
    if before is not None and before.department != card.department:
        raise PortalServiceInvalid(
            f"Услугу {card.code} оказывает {before.department}: другому ведомству нужна своя."
        )
    return records.put(change, repository.SERVICE, repository.card_row(card), basis=basis)


def set_route(
    transaction: Transaction,
    code: str,
    contour: Contour,
    route: Route,
    now: datetime,
    actor: str,
    basis: str | None = None,
) -> bool:
    """Say where new applications go in a contour; return False if they go there already.

    A service that was not open stays closed. Raises PortalServiceUnknown.
    """
    change = _changing(transaction, code, now, actor)
    _, is_open = repository.routes(transaction, code).get(contour, (route, False))
    return _put_route(change, code, contour, route, basis, is_open=is_open)


def open_service(
    transaction: Transaction,
    code: str,
    contour: Contour,
    route: Route | None,
    basis: str | None,
    now: datetime,
    actor: str,
) -> Route:
    """Take applications in a contour from now on; return where they go.

    Without `route` they go where they went. Raises PortalServiceUnknown, NothingToChange, and
    PortalServiceNotReady without a form or a route.
    """
    change = _changing(transaction, code, now, actor)
    if not repository.forms(transaction, code):
        raise PortalServiceNotReady(f"У услуги {code} нет ни одной формы.")
    before = repository.routes(transaction, code).get(contour)
    chosen = route or (before[0] if before is not None else None)
    if chosen is None:
        raise PortalServiceNotReady(f"У услуги {code} нет маршрута в контуре {contour.path}.")
    if not _put_route(change, code, contour, chosen, basis, is_open=True):
        raise errors.NothingToChange(f"Услуга {code} в контуре {contour.path} уже открыта.")
    return chosen


def close_service(
    transaction: Transaction,
    code: str,
    contour: Contour,
    basis: str | None,
    now: datetime,
    actor: str,
) -> None:
    """Take no new applications, go on with accepted ones.

    Raises PortalServiceUnknown, NothingToChange.
    """
    change = _changing(transaction, code, now, actor)
    route, is_open = repository.routes(transaction, code).get(contour, (None, False))
    if route is None or not is_open:
        raise errors.NothingToChange(f"Услуга {code} в контуре {contour.path} не открыта.")
    _put_route(change, code, contour, route, basis, is_open=False)


def set_code(
    transaction: Transaction,
    code: str,
    org_code: str,
    tech_code: int,
    known: Collection[int],
    now: datetime,
    actor: str,
    basis: str | None = None,
) -> bool:
    """Say what a department's own status code means; return False if it means that already.

    `known` are the codes of the portal. Raises PortalServiceUnknown, PortalServiceInvalid.
    """
    if not org_code.strip() or org_code != org_code.strip() or len(org_code) > _LONGEST_ORG_CODE:
        raise PortalServiceInvalid(
            f"Код статуса ведомства: от 1 до {_LONGEST_ORG_CODE} знаков без пробелов по краям."
        )
    if tech_code not in known:
        listed = ", ".join(map(str, sorted(known)))
        raise PortalServiceInvalid(f"Кода статуса {tech_code} у портала нет; есть {listed}.")
    change = _changing(transaction, code, now, actor)
    row = {"service": code, "org_code": org_code, "tech_code": tech_code}
    return records.put(change, repository.CODE, row, basis=basis)


def end_code(
    transaction: Transaction,
    code: str,
    org_code: str,
    now: datetime,
    actor: str,
    basis: str | None = None,
) -> None:
    """Forget a department's status code; raise PortalServiceUnknown, NothingToChange."""
    change = _changing(transaction, code, now, actor)
    key = {"service": code, "org_code": org_code}
    records.finish(change, repository.CODE, key, basis=basis)


def publish_form(
    transaction: Transaction,
    code: str,
    version: str,
    documents: Documents,
    since: date,
    now: datetime,
    actor: str,
    *,
    basis: str | None = None,
    replaces: bool = False,
) -> FormVersion:
    """Give a service a form that compiles and has a namespace of its own.

    `replaces` lets it stand in place of other schemas of the same version, while production is
    closed. Raises PortalServiceUnknown, PortalServiceInvalid, PortalFormBroken, PortalFormFixed,
    NothingToChange.
    """
    if not _VERSION.fullmatch(version):
        raise PortalServiceInvalid("Версия формы: цифры с точками, не длиннее 10 знаков: 1.0.")
    namespace = compile_form(documents).namespace
    change = _changing(transaction, code, now, actor)
    owner = repository.owner_of(transaction, namespace)
    if owner not in {None, code}:
        raise PortalFormBroken(f"Пространство имён {namespace} уже занято услугой {owner}.")
    form = FormVersion(code, version, namespace, digest_of(documents), since)
    _check_free(transaction, form, replaces=replaces)
    repository.keep_documents(transaction, form.digest, documents)
    row = {name: getattr(form, name) for name in (*repository.FORM.key, *repository.FORM.values)}
    if not records.put(change, repository.FORM, row, basis=basis):
        raise errors.NothingToChange(f"Форма {version} услуги {code} уже загружена.")
    return form


def end_form(
    transaction: Transaction,
    code: str,
    version: str,
    now: datetime,
    actor: str,
    basis: str | None = None,
) -> None:
    """Take no applications by a form any more; raise PortalServiceUnknown, NothingToChange."""
    change = _changing(transaction, code, now, actor)
    key = {"service": code, "version": version}
    records.finish(change, repository.FORM, key, basis=basis)


def _changing(transaction: Transaction, code: str, now: datetime, actor: str) -> Change:
    card = repository.card(transaction, code)
    if card is None:
        raise PortalServiceUnknown(f"Услуги {code[:100]} нет.")
    return change_of(transaction, now, actor, card.department)


def _put_route(
    change: Change,
    code: str,
    contour: Contour,
    route: Route,
    basis: str | None,
    *,
    is_open: bool,
) -> bool:
    row = {"service": code, "contour": contour, "route": route, "is_open": is_open}
    return records.put(change, repository.ROUTE, row, basis=basis)


def _check_free(transaction: Transaction, form: FormVersion, *, replaces: bool) -> None:
    standing = {one.version: one for one in repository.forms(transaction, form.service)}
    before = standing.get(form.version)
    if before is None or before.digest == form.digest:
        return
    if not replaces:
        raise PortalFormFixed
    _, in_production = repository.routes(transaction, form.service).get(Contour.PROD, (None, False))
    if in_production:
        raise PortalFormFixed(
            f"Услуга {form.service} открыта в продуктивном контуре: по форме {form.version} подают."
        )


def _check_renders(change: Change) -> None:
    kind = ParticipantKind(change.kind)
    sub_kind = None if change.sub_kind is None else SubKind(change.sub_kind)
    if kind is ParticipantKind.PORTAL or not kinds.may_be_given(kind, sub_kind, "portal/events"):
        raise errors.ServiceNotForKind(
            f"Участник {change.code} вида {kind.value} услуг не оказывает."
        )


def _check_card(card: ServiceCard) -> None:
    if not _CODE.fullmatch(card.code):
        raise PortalServiceInvalid(
            "Код услуги: от 1 до 50 латинских букв, цифр, «.», «_» и «-», первой — буква или цифра."
        )
    if not card.title.strip() or len(card.title) > _LONGEST_TITLE:
        raise PortalServiceInvalid(f"Наименование услуги: от 1 до {_LONGEST_TITLE} знаков.")
    if card.attachments is not None:
        _check_attachments(card.attachments)


def _check_attachments(terms: AttachmentTerms) -> None:
    if not terms.types:
        raise PortalServiceInvalid("Не названо ни одного типа приложений.")
    for one in sorted(terms.types):
        if not _MEDIA_TYPE.fullmatch(one):
            raise PortalServiceInvalid(
                f"Тип приложения {one[:100]}: ожидается вид application/pdf, малыми буквами."
            )
    if not 0 < terms.total_bytes <= MOST_ATTACHED:
        raise PortalServiceInvalid(f"Размер приложений: от 1 до {MOST_ATTACHED} байт.")
