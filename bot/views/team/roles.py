"""The words for roles, and the people who have one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.command.permissions import BOOKERS
from bot.reply.parts import Fact, Fields, enumerated, say
from core.shared.names import SOMEONE
from core.wallets.team import UNSHARED, Role

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bot.reply.parts import Say
    from core.shared.ids import PersonId
    from core.wallets.people import Wallet
    from core.wallets.team import TeamSettings


def role_card(team: TeamSettings, names: Mapping[PersonId, str], *, joined: bool) -> tuple[Fields, Say]:
    """Who has which role, and what that means for everybody else. joined: the books are another group's."""
    given = {role: [names.get(person, SOMEONE) for person, has in team.roles if has is role] for role in Role}
    so_far = say("role-admins-so-far", joined="yes" if joined else "no")
    rows: tuple[tuple[Say, Fact], ...] = (
        *(() if team.owned else ((role_name(Role.OWNER), so_far),)),
        *((role_name(role), people_named(people)) for role, people in given.items() if people),
        (role_name(Role.MEMBER), say("role-everybody-else")),
    )
    return Fields(rows, say("role-title")), say("role-what-each-may")


def people_named(names: Sequence[str]) -> Say:
    """People by name, as a list; nothing if there are none."""
    return enumerated([say("raw", text=name) for name in names]) if names else say("raw", text="")


def role_name(role: Role) -> Say:
    """What a role is called."""
    return say(f"role-{role}")


def who_may(wallet: Wallet | None, roles: Collection[Role]) -> Say:
    """The roles that may do something; only the admins, if none was given and they are the owners.

    In a joined group its admins are none.
    """
    team, joined = (UNSHARED, False) if wallet is None else (wallet.settings.team, wallet.joined)
    given = joined or team.roles or not roles
    return roles_named(roles if given else {Role.OWNER}, owned=team.owned or joined)


def not_yours(wallet: Wallet | None, sentence: str = "not-yours") -> Say:
    """Something of somebody else is not for them, but for those who correct what others have booked."""
    return say(sentence, roles=who_may(wallet, BOOKERS))


def roles_named(roles: Collection[Role], *, owned: bool) -> Say:
    """Several roles, in the order of their rights: "owners and managers"."""
    named = [_plural(role, owned=owned) for role in Role if role in roles]
    return enumerated(named) if named else say("raw", text="")


def _plural(role: Role, *, owned: bool) -> Say:
    return say("roles-admin") if role is Role.OWNER and not owned else say(f"roles-{role}")
