"""A part of a group, such as a channel or a topic, or another place that a group's alerts can go to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from typing_extensions import override

from bot.command.declaration import Kind, UnfitError
from bot.reply.parts import say
from core.shared.names import folded
from core.wallets.settings import Where

HERE: Final = ("hier", "in here", "right here", "this channel", "this topic", "this thread", "this chat")
"""What people call the place in which they are, apart from "here"."""
IN_PRIVATE: Final = ("private", "in private", "privately", "me", "to me", "me privately", "me private", "dm", "dms")
WHERE: Final = {**dict.fromkeys(IN_PRIVATE, Where.PRIVATE), **dict.fromkeys(("both", "both places"), Where.BOTH)}
"""What people call the private chat of an admin, alone or beside the group."""
MAIN: Final = frozenset({"group", "the group", "this group", "general", "main", "chat", "the chat"})
"""What people call the group itself, where it has no channels."""
UNFINISHED: Final = frozenset({"this", "the", "in", "to", "right"})
"""Words after which the name of a place goes on."""
MENTION: Final = re.compile(r"<#(\d+)>")
PICKED: Final = re.compile(r"\d{15,20}")  # what a native form sends: the platform's id
NAMED: Final = re.compile(r"#[\w-]+")
LONGEST: Final = 100


class Spot(NamedTuple):
    """A place as somebody named it: by the platform's id or by its name. With neither it is where they are."""

    id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Place(Kind):
    """A place by "here", by its name, or as it was picked in a native form; and "private" or "both".

    In a line it is recognised by itself only with its sign: "#billing".
    """

    @override
    def read(self, words: str) -> Spot | Where:
        text = " ".join(words.split())
        word = folded(text).rstrip(".!")
        if word == "here" or word in HERE:
            return Spot()
        if word in WHERE:
            return WHERE[word]
        picked = MENTION.fullmatch(text)
        if picked is not None or PICKED.fullmatch(text):
            return Spot(id=picked[1] if picked is not None else text)
        name = word.lstrip("#").strip()
        if not name or word in UNFINISHED or len(name) > LONGEST:
            raise UnfitError(say("unfit-place"))
        return Spot(name=name)

    @override
    def find(self, tokens: list[str]) -> slice | None:
        shaped = bool(tokens) and (MENTION.fullmatch(tokens[0]) or NAMED.fullmatch(tokens[0]))
        return slice(0, 1) if shaped else None
