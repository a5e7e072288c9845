"""What somebody is in a team's groups while they act elsewhere, by what the platform knows of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import Final

import pytest

from bot.command.permissions import Absent, may_get_alerts, role_in_group
from core.shared.ids import PersonId
from core.wallets.people import ChatRef
from core.wallets.team import UNSHARED, Role, TeamSettings

ANN, BOB = PersonId(1), PersonId(2)
FIRST, SECOND = ChatRef("telegram", "-1"), ChatRef("discord", "2")
OWNED: Final = TeamSettings(roles=((ANN, Role.OWNER),))
KNOWN: Final = (True, False, None)


@dataclass
class Crowd:
    """A platform that knows of some whether they are in a group, and whether they are admins of it."""

    members: dict[ChatRef, bool | None] = field(default_factory=dict)
    admins: dict[ChatRef, bool | None] = field(default_factory=dict)

    async def is_admin(self, group: ChatRef, person: PersonId) -> bool | None:
        assert person == BOB
        return self.admins.get(group, False)

    async def is_member(self, group: ChatRef, person: PersonId) -> bool | None:
        assert person == BOB
        return self.members.get(group, False)


async def found(team: TeamSettings, crowd: Crowd, *groups: ChatRef) -> Role | Absent:
    return await role_in_group(crowd, groups or (FIRST,), team, BOB)


@pytest.mark.parametrize(
    ("admin", "member", "role"),
    [
        (True, True, Role.OWNER),
        (True, None, Role.OWNER),
        (False, True, Role.MEMBER),
        (False, False, Absent.GONE),
        (False, None, Absent.UNSEEN),
        (None, True, Absent.UNSEEN),
        (None, False, Absent.GONE),
        (None, None, Absent.UNSEEN),
    ],
)
async def test_until_an_owner_is_named(role: Role | Absent, *, admin: bool | None, member: bool | None) -> None:
    assert await found(UNSHARED, Crowd({FIRST: member}, {FIRST: admin})) is role


@pytest.mark.parametrize(("admin", "member"), list(product(KNOWN, KNOWN)))
async def test_once_one_is_named_admins_are_what_they_were_given(*, admin: bool | None, member: bool | None) -> None:
    crowd = Crowd({FIRST: member}, {FIRST: admin})
    expected = {True: Role.MEMBER, False: Absent.GONE, None: Absent.UNSEEN}
    assert await found(OWNED, crowd) is expected[member]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MEMBER])
async def test_a_role_that_was_given_stands_where_the_platform_does_not_say(role: Role) -> None:
    team = TeamSettings(roles=((ANN, Role.OWNER), (BOB, role)))
    assert await found(team, Crowd({FIRST: None})) is role
    assert await found(team, Crowd({FIRST: True})) is role
    assert await found(team, Crowd({FIRST: False})) is Absent.GONE


async def test_an_admin_of_a_joined_group_is_no_owner() -> None:
    crowd = Crowd({FIRST: False, SECOND: True}, {SECOND: True})
    assert await found(UNSHARED, crowd, FIRST, SECOND) is Role.MEMBER


@pytest.mark.parametrize(("first", "second"), list(product(KNOWN, KNOWN)))
async def test_who_is_in_one_of_the_groups_is_there(*, first: bool | None, second: bool | None) -> None:
    there = await found(OWNED, Crowd({FIRST: first, SECOND: second}), FIRST, SECOND)
    if first or second:
        assert there is Role.MEMBER
    elif first is None or second is None:
        assert there is Absent.UNSEEN
    else:
        assert there is Absent.GONE


@pytest.mark.parametrize(
    ("team", "member", "may"),
    [
        (OWNED, True, False),
        (OWNED, None, None),
        (OWNED, False, False),
        (TeamSettings(roles=((BOB, Role.OWNER),)), True, True),
        (TeamSettings(roles=((BOB, Role.OWNER),)), None, True),
        (TeamSettings(roles=((BOB, Role.OWNER),)), False, False),
        (TeamSettings(roles=((ANN, Role.OWNER), (BOB, Role.MANAGER))), True, False),
    ],
)
async def test_alerts_go_in_private_to_who_may_change_them(
    team: TeamSettings, *, member: bool | None, may: bool | None
) -> None:
    assert await may_get_alerts(Crowd({FIRST: member}), (FIRST,), team, BOB) is may
