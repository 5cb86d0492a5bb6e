"""Organizers of meals: menus in (SVC-04), orders, requests, debits and payments out (SVC-05)."""

from adapters.organizer import importing
from gateway.adapter import Adapter

ADAPTER = Adapter("organizer", services=(importing.SERVICE,), jobs=importing.JOBS)
