"""What is left of a link once one of its persons is forgotten: figures and numbers, and what proves them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.ledger.erased.keys import erased_key
from core.links.seal import sealed_link

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.links.model import Link
    from core.shared.ids import PersonId


class LinkKeys(NamedTuple):
    """The keys of the links that concern somebody, and of those that took something over from them."""

    links: frozenset[str]
    taken_over: frozenset[str]


def link_keys(links: Iterable[Link], persons: frozenset[PersonId]) -> LinkKeys:
    """The keys of links that concern any of these persons, undone ones included."""
    theirs = [link for link in links if _concerns(link, persons)]
    return LinkKeys(
        frozenset(link.key for link in theirs),
        frozenset(link.key for link in theirs if not persons.isdisjoint(link.persons)),
    )


def _concerns(link: Link, persons: frozenset[PersonId]) -> bool:
    return not persons.isdisjoint({link.kept, *link.persons})


def link_left(link: Link, persons: frozenset[PersonId], secret: str) -> Link:
    """The link without the words of these persons; the same link if it does not concern any of them.

    It keeps the seal that it had, which the fingerprint of all books covers, and gets another one for what is left.
    """
    if not _concerns(link, persons):
        return link
    key, was = erased_key(link.key, secret), link.erased or link.seal
    return sealed_link(link._replace(key=key, settings=(), subscribed=None, erased=was))
