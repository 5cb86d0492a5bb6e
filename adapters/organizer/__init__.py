"""Organizers of meals: menus in (SVC-04), orders, requests, debits and payments out (SVC-05)."""

from adapters.organizer import exchanging, importing
from adapters.organizer.repository import trials
from gateway.adapter import Adapter
from gateway.trial_data import TestData

ADAPTER = Adapter(
    "organizer",
    services=(importing.SERVICE, exchanging.SERVICE),
    jobs=(*importing.JOBS, *exchanging.JOBS),
    test_data=TestData(states=trials.STATES),
)
