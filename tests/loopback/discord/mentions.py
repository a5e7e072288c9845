"""Whom a message would have pinged.

Strict on purpose: the bot is taken to hold every permission to mention, mentions in code blocks and in ephemeral
messages count, and so does what an edit adds. A test that finds no ping here will find none on Discord.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.loopback.discord.wire import Form, Json

USER = re.compile(r"<@!?(\d+)>")
ROLE = re.compile(r"<@&(\d+)>")
EVERYONE = re.compile(r"@(everyone|here)")


@dataclass(frozen=True)
class Pings:
    """Ids of users and roles that a message pings, and whether it pings all; false when it pings nobody."""

    users: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    everyone: bool = False

    def __bool__(self) -> bool:
        return bool(self.users or self.roles or self.everyone)

    def __or__(self, other: Pings) -> Pings:
        return Pings(self.users | other.users, self.roles | other.roles, self.everyone or other.everyone)


def pings_of(content: str, allowed: Json | None, replied_to: int | None = None) -> Pings:
    users = frozenset(map(int, USER.findall(content)))
    roles = frozenset(map(int, ROLE.findall(content)))
    everyone = EVERYONE.search(content) is not None
    reply = frozenset() if replied_to is None else frozenset({replied_to})
    if allowed is None:
        return Pings(users | reply, roles, everyone)
    parse = allowed.get("parse") or []
    return Pings(
        _kept(users, parse, allowed, "users") | (reply if allowed.get("replied_user") else frozenset()),
        _kept(roles, parse, allowed, "roles"),
        everyone and "everyone" in parse,
    )


def _kept(found: frozenset[int], parse: list[str], allowed: Json, kind: str) -> frozenset[int]:
    return found if kind in parse else found & frozenset(map(int, allowed.get(kind) or []))


def check_allowed_mentions(message: Form) -> None:
    if message.data.get("allowed_mentions") is None:
        return
    form = message.child("allowed_mentions", message.data["allowed_mentions"])
    parse = form.data.get("parse") or []
    for index, kind in enumerate(parse):
        if kind not in ("users", "roles", "everyone"):
            form.fail(f"parse.{index}", "BASE_TYPE_CHOICES", "Value must be one of ('users', 'roles', 'everyone').")
    for kind in ("users", "roles"):
        ids = form.data.get(kind) or []
        if len(ids) > 100:
            form.fail(kind, "BASE_TYPE_BAD_LENGTH", "Must be between 0 and 100 in length.")
        if ids and kind in parse:
            form.fail("", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", f"parse:[{kind!r}] and {kind}: [ids] exclude.")
