"""Only organizers hand menus in, and nobody sees what is another's (MEAL-ORG-06)."""

from dataclasses import replace

import pytest
import town

from adapters.organizer.handlers.directories import get_directories
from adapters.organizer.messages import GetDirectoriesRequest, GetImportResultRequest
from gateway.kernel.errors import NotAllowed, NotFound

STRANGERS = [town.SCHOOL_SYSTEM, town.OMSU, town.DON, town.OPERATOR]


@pytest.mark.parametrize("sender", STRANGERS, ids=lambda one: one.kind)
def test_nobody_else_hands_a_menu_in(kitchen, sender):
    with pytest.raises(NotAllowed):
        kitchen.hand_in_dishes(kitchen.dish(), sender=sender)
    with pytest.raises(NotAllowed):
        kitchen.publish(sender=sender)
    with pytest.raises(NotAllowed):
        kitchen.catalogue(sender=sender)
    with pytest.raises(NotAllowed):
        kitchen.send(get_directories, GetDirectoriesRequest(), sender)


def test_a_foreign_batch_and_one_that_does_not_exist_are_not_found_alike(kitchen):
    foreign = kitchen.hand_in_dishes(kitchen.dish(), sender=town.OTHER_ORGANIZER)
    absent = GetImportResultRequest(import_id="99999999-9999-4999-8999-999999999999")
    told = []
    for asked in (foreign, absent):
        with pytest.raises(NotFound) as refused:
            kitchen.result(asked)
        told.append((refused.value.code, refused.value.text, refused.value.findings))
    assert told[0] == told[1]


def test_batch_ids_of_two_organizers_do_not_meet(kitchen):
    ours = kitchen.hand_in_dishes(kitchen.dish(), batch="B")
    theirs = kitchen.hand_in_dishes(kitchen.dish("X"), batch="B", sender=town.OTHER_ORGANIZER)

    assert (ours.duplicate, theirs.duplicate) == (False, False)
    assert kitchen.results(ours) == ["CREATED"]


def test_an_organizer_without_an_inn_has_no_menu(kitchen):
    with pytest.raises(NotAllowed):
        kitchen.hand_in_dishes(kitchen.dish(), sender=replace(town.ORGANIZER, inn=None))
