"""The life of a document: its number, its states, its files, who has signed it and how.

`desk` is what others call; `gateway.documents` knows what a document says and how it looks.
"""
