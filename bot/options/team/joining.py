"""The code by which a group joins the books of another one, or that it leaves them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from typing_extensions import override

from bot.command.codes import code_in
from bot.command.declaration import Kind, UnfitError
from bot.reply.parts import say
from core.shared.names import folded
from core.wallets.people import ChatRef

OFF: Final = frozenset({"off", "leave", "part", "stop", "end", "out"})
GROUP: Final = re.compile(r"([a-z]+):(\S.*)")


class Joining(NamedTuple):
    """A code; or `off`, with the group that is to leave (None: this one, or the only one)."""

    code: str = ""
    off: bool = False
    group: ChatRef | None = None


@dataclass(frozen=True, slots=True)
class JoinCode(Kind):
    """A code such as "AB3D-5F7H", in whatever case; or "off", which a button may follow with the name of a group."""

    @override
    def read(self, words: str) -> Joining:
        first, _, rest = words.strip().partition(" ")
        if folded(first) in OFF:
            named = GROUP.fullmatch(rest.strip())
            if rest and named is None:
                raise UnfitError(say("unfit-join"))
            return Joining(off=True, group=None if named is None else ChatRef(named[1], named[2]))
        code = code_in(words)
        if code is None:
            raise UnfitError(say("unfit-join"))
        return Joining(code)

    @override
    def find(self, tokens: list[str]) -> slice | None:
        return slice(0, len(tokens)) if tokens else None
