"""The nouns of forgetting: what went, what stays, and what proves books whose words are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from core.shared.ids import PersonId


class Forgotten(NamedTuple):
    """What was forgotten of a person: how much of each went, and what stays as figures without a name.

    `persons` are the person and all for whom they stood. `entries` are those of their own books that stay, `in_groups`
    those that they booked in books of groups. `texts` counts memos, titles and names on pages, `chats` their private
    chats, `rows` everything else that was deleted.
    """

    persons: tuple[PersonId, ...]
    entries: int
    in_groups: int
    texts: int
    chats: int
    rows: int


class Witness(NamedTuple):
    """What proves a row of the journal whose words were erased, in place of its own seal.

    The seal of such a row covered its key or, in the first version, its memo. These named the person, so they are gone,
    and the seal can no longer be computed. It stays in its row as a link of the chain. `seal` covers what is left of
    the row, its old seal, and the seal before it.
    """

    number: int
    seal: str


class Erasure(NamedTuple):
    """One forgetting, in a chain of its own: `seal` covers the erasure before it and all of its witnesses."""

    number: int
    at: datetime
    entries: int
    imports: int
    seal: str
