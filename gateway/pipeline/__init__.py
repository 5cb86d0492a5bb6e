"""A message's way through the hub, one straight line."""
