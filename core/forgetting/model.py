"""The nouns of forgetting: what went, and what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
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
