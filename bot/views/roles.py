"""The words for roles, and the people who have one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reply.parts import enumerated, say
from core.wallets.team import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.reply.parts import Say

MOST_NAMED: Final = 3
"""How many owners a refusal names."""


def role_name(role: Role, *, owned: bool = True) -> Say:
    """What somebody with a role is called. Until an owner is named, the owners are the group's admins."""
    return say("role-admin") if role is Role.OWNER and not owned else say(f"role-{role}")


def roles_named(roles: Collection[Role], *, owned: bool) -> Say:
    """Several roles, in the order of their rights: "owners and managers"."""
    return enumerated([_plural(role, owned=owned) for role in Role if role in roles])


def _plural(role: Role, *, owned: bool) -> Say:
    return say("roles-admin") if role is Role.OWNER and not owned else say(f"roles-{role}")


def owners_named(names: Sequence[str]) -> Say:
    """The owners by name; nothing if there are none."""
    return enumerated([say("raw", text=name) for name in names[:MOST_NAMED]]) if names else say("raw", text="")
