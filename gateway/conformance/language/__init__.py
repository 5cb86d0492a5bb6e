"""The language of suites: strict YAML, a schema, typed cases, digests. See `docs/conformance.md`.

`suite.load_suite` tells the story: `reading` the file, `lint` against the schema, `build` of the
`model`; `template` fills samples in.
"""
