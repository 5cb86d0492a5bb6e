"""Exclusive canonical XML without comments: the bytes that are digested, and nothing else is.

libxml2 does the work. lxml drops the token `#default` of a PrefixList on the way there, so with it
the canonical form is made in Python (`exclusive`).
"""

from collections.abc import Sequence

from lxml import etree

from gateway.security import exclusive
from gateway.soap.errors import MalformedMessage

DEFAULT_PREFIX = "#default"


class NotCanonical(MalformedMessage):
    """The element has no canonical form: a namespace in scope is a relative URI."""

    message = "Пространство имён сообщения записано относительным адресом."
    action = "Запишите каждое пространство имён полным URI."


def canonical(element: etree._Element, prefixes: Sequence[str] = ()) -> bytes:
    """Return the canonical form of an element; `prefixes` are the PrefixList.

    Raise NotCanonical; there are never empty or partial bytes.
    """
    try:
        octets = etree.tostring(
            element,
            method="c14n",
            exclusive=True,
            with_comments=False,
            inclusive_ns_prefixes=prefixes or None,
        )
    except etree.C14NError as error:
        raise NotCanonical from error
    if DEFAULT_PREFIX in prefixes:
        octets = exclusive.canonical(element, prefixes)
    if not octets:
        raise NotCanonical
    return octets
