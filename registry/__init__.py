"""The directory of participants, their rights and bindings, and the production calendar."""
