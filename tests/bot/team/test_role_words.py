"""Roles in words: who may do something, in the order of their rights, whatever the team has agreed on."""

from __future__ import annotations

from typing import Final

import pytest

from bot.reply.parts import say
from bot.reply.words import voice
from bot.views.team.roles import not_yours, people_named, role_card, roles_named, who_may
from core.shared.ids import PersonId, WalletId
from core.wallets.people import Wallet
from core.wallets.settings import Settings
from core.wallets.team import SEE_MONEY, UNSHARED, Role, TeamSettings

SPEAK: Final = voice("en", "UTC")
ANN, BOB, CARA = PersonId(1), PersonId(2), PersonId(3)
NAMES: Final = {ANN: "Ann", BOB: "Bob"}
OWNED: Final = TeamSettings(roles=((ANN, Role.OWNER), (BOB, Role.VIEWER), (CARA, Role.VIEWER)))
MANAGED: Final = TeamSettings(roles=((BOB, Role.MANAGER),))


def wallet(team: TeamSettings, *, joined: bool = False) -> Wallet:
    return Wallet(WalletId(1), Settings(team=team), joined=joined)


@pytest.mark.parametrize(
    ("roles", "owned", "words"),
    [
        ({Role.OWNER}, True, "owners"),
        ({Role.OWNER}, False, "admins"),
        ({Role.MANAGER, Role.OWNER}, True, "owners and managers"),
        ({Role.MANAGER, Role.OWNER}, False, "admins and managers"),
        ({Role.VIEWER, Role.MANAGER, Role.OWNER}, True, "owners, managers and viewers"),
        (set(Role), True, "owners, managers, members, viewers and moderators"),
        (set(), True, ""),
    ],
)
def test_roles_are_named_in_their_order(roles: set[Role], words: str, *, owned: bool) -> None:
    assert SPEAK.say(roles_named(roles, owned=owned)) == words


@pytest.mark.parametrize(
    ("team", "words"),
    [
        (UNSHARED, "admins"),
        (MANAGED, "admins, managers and viewers"),
        (OWNED, "owners, managers and viewers"),
    ],
)
def test_as_long_as_nobody_has_a_role_only_the_admins_may(team: TeamSettings, words: str) -> None:
    assert SPEAK.say(who_may(wallet(team), SEE_MONEY)) == words


@pytest.mark.parametrize("team", [UNSHARED, MANAGED, OWNED])
def test_the_admins_of_a_joined_group_are_not_those_who_may(team: TeamSettings) -> None:
    assert SPEAK.say(who_may(wallet(team, joined=True), SEE_MONEY)) == "owners, managers and viewers"


def test_in_a_joined_group_the_card_names_the_admins_of_the_first() -> None:
    card, _ = role_card(UNSHARED, NAMES, joined=True)
    assert SPEAK.text(card.rows[0][1]) == "the admins of the group whose books these are, until one is named"


def test_nobody_who_may_is_nobody() -> None:
    assert SPEAK.say(who_may(None, ())) == ""


@pytest.mark.parametrize(("team", "words"), [(UNSHARED, "admins."), (OWNED, "owners and managers.")])
def test_what_is_not_ones_own_is_for_those_who_correct_others(team: TeamSettings, words: str) -> None:
    assert SPEAK.say(not_yours(wallet(team))).endswith(words)


def test_people_are_a_list() -> None:
    assert [SPEAK.say(people_named(names)) for names in ([], ["Ann"], ["Ann", "Bob"])] == ["", "Ann", "Ann and Bob"]


@pytest.mark.parametrize(
    ("team", "rows"),
    [
        (UNSHARED, ["Owner: the admins of this group, until one is named", "Member: everybody else"]),
        (
            MANAGED,
            ["Owner: the admins of this group, until one is named", "Manager: Bob", "Member: everybody else"],
        ),
        (OWNED, ["Owner: Ann", "Viewer: Bob and someone", "Member: everybody else"]),
    ],
)
def test_the_card_says_who_is_what(team: TeamSettings, rows: list[str]) -> None:
    card, meaning = role_card(team, NAMES, joined=False)
    assert [f"{SPEAK.say(label)}: {SPEAK.text(fact)}" for label, fact in card.rows] == rows
    assert SPEAK.say(meaning).startswith("Managers book what comes in")


@pytest.mark.parametrize("role", Role)
def test_each_role_has_its_words(role: Role) -> None:
    words = [SPEAK.say(say(f"{form}{role}")) for form in ("role-", "role-a-", "role-can-", "roles-")]
    assert len(set(words)) == len(words)
    assert all(words)
