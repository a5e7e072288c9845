"""A seat: whom the user at the console is playing, and in which chat."""

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
        """The person, as the bot knows them."""
        return Identity(NAME, self.name.casefold())

    @property
    def chat(self) -> Chat:
        """The chat, as the bot knows it."""
        if self.group:
            return Chat(ChatRef(NAME, f"#{self.group.casefold()}"), ChatKind.GROUP, self.group)
        return Chat(ChatRef(NAME, self.who.user), ChatKind.PRIVATE)

    @property
    def prompt(self) -> str:
        """The prompt before the input line."""
        return f"{self.name} in #{self.group}> " if self.group else f"{self.name}> "

    def played_by(self, words: str) -> Seat | None:
        """The same chat with another person; None if the words name nobody."""
        name = _name(words, "@")
        return replace(self, name=name) if name else None

    def moved_to(self, words: str) -> Seat | None:
        """The same person in another chat; None if the words name none."""
        group = _name(words, "#")
        if group.casefold() == PRIVATE and not words.lstrip().startswith("#"):
            return replace(self, group="")
        return replace(self, group=group) if group else None

    def described(self, *, admin: bool) -> Say:
        """A sentence that says who and where the user is."""
        if not self.group:
            return say("console-private", name=self.name)
        return say("console-group", name=self.name, group=self.group, admin="yes" if admin else "no")


def _name(words: str, prefix: str) -> str:
    return " ".join(words.split()).lstrip(prefix).strip()[:LONGEST_NAME]
