"""Who sits at the console, and in which chat: any person, alone with the bot or in a group."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bot.reply.parts import Say, say
from core.wallets.people import Chat, ChatKind, ChatRef, Identity

NAME: Final = "console"
LONGEST_NAME: Final = 40
PRIVATE: Final = "private"


@dataclass(frozen=True, slots=True)
class Seat:
    """A person, and the group they write in (empty: in private). Upper and lower case make no difference."""

    name: str
    group: str = ""

    @property
    def who(self) -> Identity:
        """The person to the bot."""
        return Identity(NAME, self.name.casefold())

    @property
    def chat(self) -> Chat:
        """The chat to the bot."""
        if self.group:
            return Chat(ChatRef(NAME, f"#{self.group.casefold()}"), ChatKind.GROUP, self.group)
        return Chat(ChatRef(NAME, self.who.user), ChatKind.PRIVATE)

    @property
    def prompt(self) -> str:
        """What stands before the line."""
        return f"{self.name} in #{self.group}> " if self.group else f"{self.name}> "

    def played_by(self, words: str) -> Seat | None:
        """The seat with another person in it; None where the words name nobody."""
        name = _name(words, "@")
        return replace(self, name=name) if name else None

    def moved_to(self, words: str) -> Seat | None:
        """The seat in another chat; None where the words name none."""
        group = _name(words, "#")
        if group.casefold() == PRIVATE and not words.lstrip().startswith("#"):
            return replace(self, group="")
        return replace(self, group=group) if group else None

    def described(self, *, admin: bool) -> Say:
        """Say where one is."""
        if not self.group:
            return say("console-private", name=self.name)
        return say("console-group", name=self.name, group=self.group, admin="yes" if admin else "no")


def _name(words: str, mark: str) -> str:
    return " ".join(words.split()).lstrip(mark).strip()[:LONGEST_NAME]
