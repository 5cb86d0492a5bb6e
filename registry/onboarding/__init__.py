"""How a newcomer is let in: the nine state machines of enrolment and what follows from them.

`machines` holds the tables of the regulations as data; `engine` steps through them and touches
nothing; `desk` does a step in a transaction: history, terms, documents, notices, access.
"""
