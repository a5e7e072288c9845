"""Which of the small texts and updates that are kept are of one person: their names tell it, or what they say.

What `/mydata` shows and what `/forgetme` deletes of them follows from this.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from core.wallets.people import ChatKind, address, private_chat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.shared.ids import PersonId, WalletId
    from core.wallets.people import ChatRef, Identity

OWNER: Final = "\x1c"
"""Ends the line of a button in its note. Behind it stands in which chat or conversation the button is."""
PRESS: Final = "press"
DRAFTS: Final = frozenset({"draft", "transactions", "my_proposals"})
"""Imports that wait. Their texts say whose they are."""
PAIRED: Final = frozenset({"link", "pairing"})
"""What two people say to link their accounts. Their texts say who both are, so they are shown to neither."""
OF_PERSONS: Final = ("import-wordings", "groups-of", "open-import")
OF_WALLETS: Final = frozenset({"cost-asked", "import-members", "missed", "stale", "runway"})
ON_PLATFORMS: Final = frozenset({"discord:dm", "discord:language", "console:buttons", "console:admin"})
QUOTED: Final = frozenset({"reply_to_message", "external_reply", "quote", "forward_origin"})
"""The parts of an update that repeat what somebody else has said."""


class DataSubject(NamedTuple):
    """One human being: all persons whom the bot has known them as, their accounts, and their own wallets."""

    persons: frozenset[PersonId]
    identities: frozenset[Identity]
    wallets: frozenset[WalletId] = frozenset()

    @property
    def chats(self) -> frozenset[ChatRef]:
        """Their private chats."""
        return frozenset(map(private_chat, self.identities))

    @property
    def addresses(self) -> frozenset[tuple[str, str]]:
        """Under which platform and id messages go to their private chats."""
        return frozenset((one.platform, address(private_chat(one), ChatKind.PRIVATE)) for one in self.identities)

    def has_note(self, name: str, text: str) -> bool:
        """Whether the note with this name and text is theirs."""
        first = name.partition(":")[0]
        if first == PRESS:
            _, found, where = text.rpartition(OWNER)
            return bool(found) and self._is_in(where)
        if first in DRAFTS:
            return _person_of(text) in self.persons
        if first in PAIRED:
            return any(f'"{one}"' in text for one in self.identities)
        return self._is_named(name)

    def _is_named(self, name: str) -> bool:
        kind, _, about = name.rpartition(":")
        if kind in OF_WALLETS:
            return about in map(str, self.wallets)
        if kind.startswith(OF_PERSONS) or kind.endswith("-guesses:person"):
            return about in map(str, self.persons)
        if kind in ON_PLATFORMS:
            return any(kind.startswith(one.platform) and one.user == about for one in self.identities)
        return self._is_in(name) or any(f":{chat}:" in name for chat in self.chats)

    def sent(self, platform: str, body: str) -> bool:
        """Whether an update that is kept came from them: from their account, or in their private chat."""
        accounts = {one.user for one in self.identities if one.platform == platform}
        return bool(accounts) and any(sender in accounts for sender in _senders(json.loads(body)))

    def _is_in(self, where: str) -> bool:
        """Whether a name ends with one of their conversations or private chats."""
        ends = (*map(str, self.identities), *map(str, self.chats))
        return any(where == end or where.endswith(f":{end}") for end in ends)


def _person_of(text: str) -> object:
    """The number of the person who made a draft; None if the text is none."""
    try:
        draft = json.loads(text or "null")
    except ValueError:
        return None
    return draft.get("person") if isinstance(draft, dict) else None


def _senders(value: Any) -> Iterator[str]:
    """The ids of those who sent what an update tells of, wherever they stand in it."""
    if isinstance(value, list):
        for one in value:
            yield from _senders(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key in {"from", "user"} and isinstance(one, dict) and "id" in one:
                yield str(one["id"])
            elif key not in QUOTED:
                yield from _senders(one)


def own_words(update: Any) -> Any:
    """An update without what it repeats of others."""
    if isinstance(update, list):
        return [own_words(one) for one in update]
    if isinstance(update, dict):
        return {key: own_words(one) for key, one in update.items() if key not in QUOTED}
    return update
