"""What is left of a link once one of its persons is forgotten: figures and numbers, and what proves them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.ledger.erased.keys import erased_key
from core.links.seal import sealed_link

if TYPE_CHECKING:
    from core.links.model import Link
    from core.shared.ids import PersonId


def concerns(link: Link, persons: frozenset[PersonId]) -> bool:
    """Whether a link concerns any of these persons."""
    return not persons.isdisjoint({link.kept, *link.persons})


def link_left(link: Link, persons: frozenset[PersonId], secret: str) -> Link:
    """The link without the words of these persons; the same link if it does not concern any of them.

    It keeps the seal that it had, which the fingerprint of all books covers, and gets another one for what is left.
    """
    if not concerns(link, persons):
        return link
    key, was = erased_key(link.key, secret), link.erased or link.seal
    return sealed_link(link._replace(key=key, settings=(), subscribed=None, erased=was))
