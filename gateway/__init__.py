"""The hub: receives, proves, journals, routes and answers every message."""
