"""Whether a key, a line or a fact names a person, and what is left of it without them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from core.shared.names import SOMEONE, folded
from core.wallets.people import Identity, private_chat

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from core.forgetting.data_subject import DataSubject

    Facts = Mapping[str, str | int]

ACTION: Final = re.compile(r"(\d{10}):([^:]+):([^:]+):(.*)", re.DOTALL)
"""The key of an action: its time, the platform, the chat, and what was done there."""
PLAIN: Final = re.compile(r"(?:[a-z]\d+|(?:import|import-proposals|transactions):\w+)(?::edit:[0-9a-f]+)?(?::then)?")
"""What names a message or a draft, and nobody."""
LINK: Final = re.compile(r"link:[0-9a-f]+")
NAMED: Final = frozenset({"winners", "winner", "next", "name", "page", "giver", "taker"})
"""The facts of notices that are names."""
SIDES: Final = frozenset({"kept", "merged"})
"""The facts of notices that are accounts."""
OF_SPEND: Final = ("title", "job", "line")
TEXTS: Final = frozenset({"title", "memo", "about", "client"})
"""The facts of notices that may be what somebody typed; a long one may be cut."""
LEAST_CUT: Final = 20
BY: Final = ("by", "person", "whose")
"""The facts that say whom a line is about, by their numbers."""


class Mentions(NamedTuple):
    """What is to be found of a person: who they are, their `names` everywhere, and `texts` of theirs such as memos.

    `links` are the keys of those that concern them, undone ones included, and `taken_over` of those that took something
    over from them.
    """

    subject: DataSubject
    names: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    taken_over: frozenset[str] = frozenset()

    def in_key(self, key: str) -> bool:
        """Whether the key of an action names them: their private chat, their account, or one of their names."""
        if (found := ACTION.match(key)) is None:
            return False
        _, platform, chat, rest = found.groups()
        accounts = [one for one in self.subject.identities if one.platform == platform]
        users = {one.user for one in accounts}
        return (
            chat in {private_chat(one).id for one in accounts}
            or not users.isdisjoint(rest.split(":"))
            or (PLAIN.fullmatch(rest) is None and self.in_line(rest))
        )

    def in_notice(self, key: str) -> bool:
        """Whether the key of a notice names them.

        Behind what it is about, it has the key of the action behind it, or it ends with the account that gets it.
        """
        to_them = any(key.endswith(f":{one}") for one in self.subject.identities)
        return to_them or self.in_key(key) or self.in_key(key.partition(":")[2])

    def in_line(self, line: str) -> bool:
        """Whether a line names them: by one of their names, or by an account."""
        said = folded(line)
        accounts = (part for one in self.subject.identities for part in (str(one), *_long(one)))
        return any(_has(said, folded(name)) for name in (*self.names, *accounts) if name)

    def may_be_in(self, stored: str) -> bool:
        """Whether the JSON of a notice may name them. This is quick, because there are many notices."""
        said = stored.casefold()
        known = (*self.names, *map(str, self.subject.identities))
        return any(json.dumps(name)[1:-1].casefold() in said for name in known)

    def without(self, facts: Facts) -> dict[str, str | int]:
        """The facts of a notice without them: figures stay."""
        return {fact: self._left(fact, value, facts) for fact, value in facts.items()}

    def _left(self, fact: str, value: str | int, facts: Facts) -> str | int:
        if isinstance(value, int) or not value:
            return value
        line, _, name = fact.rpartition(".")
        about = {facts.get(f"{line}.{by}" if line else by) for by in BY}
        if name in OF_SPEND and about & self.subject.persons:
            return ""
        if name in NAMED or name == "by":
            return self._unnamed(value)
        if name in SIDES:
            return " ".join(self._on_platform(account) for account in value.split(" "))
        return "" if name in TEXTS and self._is_theirs(value) else value

    def _is_theirs(self, value: str) -> bool:
        return value in self.texts or (len(value) >= LEAST_CUT and any(text.startswith(value) for text in self.texts))

    def _on_platform(self, account: str) -> str:
        """An account, of which no more than the platform is left if it is theirs."""
        theirs = next((one for one in self.subject.identities if str(one) == account), None)
        return account if theirs is None else f"{theirs.platform}:{SOMEONE}"

    def _unnamed(self, value: str) -> str:
        for name in sorted(filter(None, self.names), key=len, reverse=True):
            value = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", SOMEONE, value, flags=re.IGNORECASE)
        return value


def is_plain(key: str) -> bool:
    """Whether the key of an action says no more than in which chat it happened, and in which message.

    That of a link says even less. Whoever confirmed it need not be one of those whom it concerns.
    """
    found = ACTION.match(key)
    return LINK.fullmatch(key) is not None or (found is not None and PLAIN.fullmatch(found[4]) is not None)


def command_of(line: str) -> str:
    """The command of a line, without what it was about."""
    return line.split(maxsplit=1)[0] if line.strip() else ""


def _has(said: str, name: str) -> bool:
    return bool(name) and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said) is not None


LEAST_DIGITS: Final = 5


def _long(one: Identity) -> Collection[str]:
    """An account's number, if it is long enough to be no other number."""
    return [one.user] if len(one.user) >= LEAST_DIGITS else []
