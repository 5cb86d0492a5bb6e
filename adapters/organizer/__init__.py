"""Organizers of meals: menus in (SVC-04), orders, requests, debits and payments out (SVC-05)."""
