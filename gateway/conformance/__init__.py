"""The conformance kit: what a participant is tested by, and the judge (GW-11, SVC-17).

`language` reads a suite; `evidence` is what a session has seen; `judge` says how each line stands,
by `scope`, `steps` and `assertions`; `admission` is the gate, `coverage` the table of
requirements, `outcome` the judgement for machines. Nothing here waits, stores or calls: see
`docs/conformance.md`.
"""
