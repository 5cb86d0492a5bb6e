"""Drafts the templates of all forms: `python -m gateway.documents.drafting`.

A development step. The words of a form stand once, in `words`; from them come its template for
typst and its template for Word, so that the two cannot say different things. At run time nothing
of this is needed: the drafts are files of the package, and an operator's own files replace them.
"""
