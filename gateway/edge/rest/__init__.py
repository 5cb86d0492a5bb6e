"""The REST twin of a SOAP service: the same operations, JSON instead of envelopes (GW-11, SVC-17).

`resources` says which address stands for which operation; `values` turns JSON into the payload of
the published schema and typed responses into JSON; `binding` takes that along the ordinary line,
so the same credentials, rights, schema and journal hold; `openapi` describes it. Nothing here
decides anything.
"""
