"""Applications of the services portal and the events on them (SVC-11, SVC-12, SVC-27)."""
