"""HTTP to participants: where the hub may call, and one bounded exchange with who is there."""
