"""The stand calls the participant's own service (GW-11, SVC-17 RunCase).

`address` says where it may call, `wire` speaks HTTP within limits of time and size, `caller` makes
and signs the message, `rounds` makes and records the calls that sessions wait for. No call is made
inside a database transaction, and nothing believes what the other side says.
"""
