"""Attacks on a hub's own test contour: what is fired, and what has to come back.

The catalogue is for `hub attack-test` and the tests; no part of the way of a message imports it.
Whatever an attack would fetch is asked from a listener of ours, never from a third party.
"""
