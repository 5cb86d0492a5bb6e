"""Whoever does the mathematics: one module for one family of keys."""
