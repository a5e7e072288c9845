"""Roles in a group: who may use what, by whatever way, and how they are given and taken away."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from bot.command.incoming import Filled, action_key
from bot.command.permissions import PERMISSIONS, changes_something, permission_of
from bot.commands import by_name, declared
from bot.dispatch.permission import NOT_FOR_THEM
from bot.reading.parser import ASK_ME
from bot.reading.team.roles import role_line, told_role
from bot.reply.parts import Say
from core.shared.ids import PersonId
from core.wallets.people import ChatRef
from core.wallets.team import Role, TeamSettings
from core.wallets.team_changes import with_role
from tests.bot.channels import server_for
from tests.bot.stages.desk import DeskPlayer, DeskStage
from tests.bot.telling import deliver
from tests.bot.test_desk import incoming

if TYPE_CHECKING:
    from bot.command.incoming import Incoming
    from tests.bot.stage import Bot, CarryingStage

NAMES: Final = {"Olga": Role.OWNER, "Max": Role.MANAGER, "Mia": Role.MEMBER, "Vic": Role.VIEWER, "Mod": Role.MODERATOR}


@pytest.fixture
async def team(bot: Bot, lead: DeskPlayer) -> dict[Role, DeskPlayer]:
    """Somebody of each role, none of them an admin of the platform; Lea is one, and a member."""
    players = {role: await DeskStage(bot).member(name, lead.group) for name, role in NAMES.items()}
    for name, role in [*NAMES.items()][::-1]:
        await players[role].say("/whoami")
        await lead.say(f"/role who={name} to={role} sure=yes")
    return players


async def refuses(bot: Bot, player: DeskPlayer, said: Filled) -> bool:
    """Whether the answer is that this is not for them."""
    key = action_key(bot.clock.now(), ChatRef("desk", player.group), f"{said}")
    base: Incoming = incoming(bot, said, key)
    who = replace(base.who, user=player.name)
    chat = ChatRef("desk", player.group or f"with {player.name}")
    asked = replace(base, who=who, name=player.name, chat=chat, group=bool(player.group), title="Team")
    answer = await bot.desk.answer(replace(asked, admin=player._is_admin))  # noqa: SLF001 - as the player would be asked
    assert answer is not None
    first = answer.reply.parts[0]
    return isinstance(first, Say) and first.id in NOT_FOR_THEM


@pytest.mark.parametrize("role", Role)
async def test_each_role_may_do_what_the_table_says(bot: Bot, team: dict[Role, DeskPlayer], role: Role) -> None:
    """In a group. What would act by its name alone is asked about, so that nothing is changed."""
    for command in declared():
        first = command.options[0].name if command.options else ""
        words = {first: ASK_ME} if first else {}
        allowed = permission_of(command).allows(role, changes=changes_something(command, words))
        assert await refuses(bot, team[role], Filled(command.name, words)) is not allowed, command.name
    reads = await refuses(bot, team[role], Filled("role", {}))
    assert reads is False, "everybody may see who is what"


async def test_in_private_everybody_may_do_what_the_table_says(bot: Bot, ann: DeskPlayer, boss: DeskPlayer) -> None:
    for player in (ann, boss):
        for command in declared():
            said = Filled(command.name, {command.options[0].name: ASK_ME} if command.options else {})
            allowed = permission_of(command).allows(None, operator=player is boss)
            assert await refuses(bot, player, said) is not allowed, command.name


@pytest.mark.parametrize("role", Role)
async def test_help_and_menu_show_what_the_table_says(team: dict[Role, DeskPlayer], role: Role) -> None:
    heard = await team[role].say("/help")
    listed = {line.partition(":")[0].removeprefix("/") for line in heard.text.splitlines() if line.startswith("/")}
    shown = {name for name, one in by_name().items() if not one.hidden and name == one.name} | {"audit"}
    assert listed == {name for name in shown if PERMISSIONS[name].allows(role)}
    pages = "Bring in pages" in (await team[role].say("/menu")).buttons
    assert pages == PERMISSIONS["import"].allows(role)


async def test_a_platforms_admin_is_what_they_were_given_once_an_owner_is_named(
    lead: DeskPlayer, team: dict[Role, DeskPlayer]
) -> None:
    refusal = "Only owners and managers can use /buy here. Olga is the owner."
    assert (await lead.say("/buy 60 $9")).text == refusal
    assert "60 Connects" in (await team[Role.MANAGER].say("/buy 60 $9")).text
    assert (await lead.say("/role Mia viewer")).text == (
        "Only owners can change anything with /role here. Olga is the owner."
    )
    assert "Role: Member" in (await lead.say("/whoami")).text


@pytest.mark.parametrize(
    "line",
    [
        "/spend 16 Logo",
        "16",
        "spend 16 Logo",
        "/undo",
        "/return 2",
        "/buy 60 $9",
        "/adjust -2",
        "#2 hired",
        "/tag #2 x",
    ],
)
async def test_a_viewer_books_nothing_in_any_words(bot: Bot, team: dict[Role, DeskPlayer], line: str) -> None:
    await team[Role.MEMBER].say("/spend 16 Banner")
    wallet = await bot.books.wallet_of(ChatRef("desk", "Team"))
    assert wallet is not None
    before = await bot.books.history(wallet.id)
    assert "can read and export everything" in (heard := (await team[Role.VIEWER].say(line)).text) or "Only" in heard
    assert await bot.books.history(wallet.id) == before
    assert "16" in (await team[Role.VIEWER].say("/history")).text


class TestTakenAway:
    """A role is taken away while something of it is open: nothing more is booked."""

    async def test_under_an_open_question(self, team: dict[Role, DeskPlayer]) -> None:
        manager = team[Role.MANAGER]
        assert "How many Connects did you buy?" in (await manager.say("/buy")).text
        await team[Role.OWNER].say("remove Max")
        assert "Only owners and managers" in (await manager.say("60 $9")).text
        assert "300 Connects" in (await manager.say("/balance")).text

    async def test_under_a_button_and_its_typed_label(self, team: dict[Role, DeskPlayer]) -> None:
        manager = team[Role.MANAGER]
        await manager.say("/adjust is 310")
        await team[Role.OWNER].say("/role Max viewer")
        label = next(label for label in manager.buttons if "+10" in label)
        assert (await manager.say(label)).text.startswith("Only owners and managers can press that.")
        assert (await manager.press(label)).text.startswith("Only owners and managers can press that.")
        assert "300 Connects" in (await manager.say("/balance")).text

    async def test_under_a_form(self, bot: Bot, team: dict[Role, DeskPlayer]) -> None:
        """What a form says is one act, whenever it was opened."""
        form = Filled("buy", {"connects": "60", "price": "$9"})
        assert not await refuses(bot, team[Role.MANAGER], form)
        await team[Role.OWNER].say("/role Max member")
        assert await refuses(bot, team[Role.MANAGER], replace(form, values={"connects": "61", "price": "$9"}))
        assert "360 Connects" in (await team[Role.MANAGER].say("/balance")).text

    async def test_of_both_owners_at_once(self, bot: Bot, team: dict[Role, DeskPlayer]) -> None:
        """Each steps down while the other is still there: one of them stays."""
        await team[Role.OWNER].say("/role Max owner")
        await asyncio.gather(*(team[role].say("/role me member") for role in (Role.OWNER, Role.MANAGER)))
        wallet = await bot.books.wallet_of(ChatRef("desk", "Team"))
        assert wallet is not None
        assert [role for _, role in wallet.settings.team.roles].count(Role.OWNER) == 1

    async def test_before_a_page_is_booked_in_private(self, bot: Bot, team: dict[Role, DeskPlayer]) -> None:
        server_for(bot)
        manager = DeskPlayer(bot, team[Role.MANAGER].name)
        await manager.say("/start")
        await manager.hand("history.txt", b"January 9, 2026\t\nApplied to job\nLogo\n-16\nSpent 16 Connects")
        await manager.press("For a group")
        assert "For the wallet of" in (await manager.press("Team")).text
        await team[Role.OWNER].say("/role Max viewer")
        label = next(label for label in manager.buttons if label.startswith("Book"))
        assert "I cannot see that you may import" in (await manager.press(label)).text

    async def test_before_a_line_is_edited(self, team: dict[Role, DeskPlayer]) -> None:
        manager = team[Role.MANAGER]
        await manager.say("/buy 60 $9")
        await team[Role.OWNER].say("/role Max viewer")
        heard = await manager.edit("/buy 40 $6")
        assert not any("instead" in label for label in heard.buttons)

    async def test_of_an_owner_who_was_about_to_change_one(self, team: dict[Role, DeskPlayer]) -> None:
        owner = team[Role.OWNER]
        await owner.say("/role Max owner")
        await owner.say("/role Mia")
        await team[Role.MANAGER].say("/role Olga member")
        assert "Only owners" in (await owner.press("Manager")).text
        assert "Manager:" not in (await owner.say("/role")).text


class TestOwners:
    async def test_the_last_owner_stays_until_another_is_named(self, team: dict[Role, DeskPlayer]) -> None:
        owner = team[Role.OWNER]
        assert "Olga is the only owner" in (await owner.say("/role me member")).text
        assert "Olga is the only owner" in (await owner.say("remove Olga")).text
        await owner.press("Name another owner")
        assert "Max is now an owner." in (await owner.press("Max")).text
        assert "Olga is now a member." in (await owner.say("/role me member")).text

    async def test_an_admin_is_told_what_naming_somebody_else_means(self, lead: DeskPlayer, bob: DeskPlayer) -> None:
        await bob.say("/balance")
        asked = await lead.say("/role bob owner")
        assert "all admins of this group are members here, you too" in asked.text
        bob.buttons = dict(lead.buttons)
        assert (await bob.press("Make Bob the owner")).text == "Only an admin can press that."
        assert "Lea is now an owner." in (first := (await lead.press("First make me an owner")).text)
        assert "The other admins of this group are members here from now on." in first
        assert "Bob is now an owner." in (await lead.say("/role bob owner")).text

    async def test_two_admins_who_name_owners_at_once_do_not_undo_each_other(
        self, bot: Bot, lead: DeskPlayer, bob: DeskPlayer
    ) -> None:
        zoe = await DeskStage(bot).member("Zoe", lead.group, admin=True)
        await zoe.say("/balance")
        await zoe.say("/role")
        await lead.say("/role me owner")
        assert "Only owners" in (await zoe.press("Make me the owner")).text
        assert bob

    async def test_whoever_writes_in_the_groups_name_acts_for_it_until_one_is_named(
        self, bot: Bot, lead: DeskPlayer, bob: DeskPlayer
    ) -> None:
        await bob.say("/balance")
        group = await DeskStage(bot).member(lead.group, lead.group, admin=True)
        assert "You write in the name of the group here" in (await group.say("/role me owner")).text
        await group.say("/role bob owner")
        assert "Bob is now an owner." in (await group.press("Make Bob the owner")).text
        assert "Write it as yourself." in (await group.say("/settings low=20")).text
        assert lead.group not in (await bob.say("/role who=?")).buttons

    async def test_an_operator_gives_a_group_back_whose_owner_is_gone(
        self, bot: Bot, lead: DeskPlayer, boss: DeskPlayer, team: dict[Role, DeskPlayer]
    ) -> None:
        assert "/resetowners is for the operators" in (await lead.say("/resetowners")).text
        assert "Which group do you mean?" in (await boss.say("/resetowners group=desk:Nowhere")).text
        given = await boss.say("/resetowners group=desk:Team")
        assert "the admins of this group are its owners again" in given.text
        server = server_for(bot)
        await deliver(bot, server)
        assert [text for _, text in server.news()] == [given.text]
        assert "Saved." in (await lead.say("/settings low=20")).text
        assert "60 Connects" in (await team[Role.MANAGER].say("/buy 60 $9")).text
        assert "Only admins and managers can use /settings" not in (await team[Role.OWNER].say("/settings")).text
        assert "Only admins" in (await team[Role.OWNER].say("/settings")).text
        assert "no named owner" in (await boss.say("/resetowners group=desk:Team")).text
        assert "boss: /resetowners group=desk:Team (done" in (await boss.say("/audit")).text
        assert "boss: /resetowners (done)" in (await lead.say("/audit")).text


def test_what_reads_only_says_so_with_its_first_words() -> None:
    limit = by_name()["limit"]
    assert not changes_something(limit, {})
    assert changes_something(limit, {"boosts": "on"})
    assert changes_something(limit, {"amount": "5"})
    assert not changes_something(by_name()["audit"], {"person": "7"})


def test_an_owner_is_never_lost_by_giving_roles() -> None:
    ann, bob = PersonId(1), PersonId(2)
    owned = with_role(TeamSettings(), ann, Role.OWNER)
    assert owned is not None
    assert with_role(owned, ann, Role.VIEWER) is None
    assert with_role(owned, bob, Role.MEMBER) == owned
    both = with_role(owned, bob, Role.OWNER)
    assert both is not None
    assert with_role(both, ann, Role.MEMBER) == TeamSettings(roles=((bob, Role.OWNER),))


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("ivan manager", "role who=ivan to=manager"),
        ("who=#7", "role who=#7"),
        ("ivan to manager", "role who=ivan to=manager"),
        ("Ivan Petrov is the accountant", 'role who="Ivan Petrov" to=viewer'),
        ("make ivan a manager", "role who=ivan to=manager"),
        ("manager ivan", "role who=ivan to=manager"),
        ("remove ivan", "role who=ivan to=member"),
        ("ivan off", "role who=ivan to=member"),
        ("#7 mod", "role who=#7 to=moderator"),
        ("me owner", "role who=me to=owner"),
        ("ivan", "role who=ivan"),
        ("ivan - manager", "role who=ivan to=manager"),
        ("ivan = manager", "role who=ivan to=manager"),
        ("add manager ivan", "role who=ivan to=manager"),
        ("ivan admin", "role who=ivan"),
        ("manager", "role to=manager"),
        ("who=ivan to=viewer", "role who=ivan to=viewer"),
        ("", "role"),
    ],
)
def test_what_follows_the_command_is_read(typed: str, line: str) -> None:
    assert role_line(by_name()["role"], typed) == line


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("Ivan is the manager.", "role who=Ivan to=manager"),
        ("make Ivan the owner", "role who=Ivan to=owner"),
        ("ivan is manager now", "role who=ivan to=manager"),
        ("Ann Lee is our accountant now", 'role who="Ann Lee" to=viewer'),
        ("remove Ivan", "role who=Ivan to=member"),
        ("remove Ivan as manager", "role who=Ivan to=member"),
        ("can you make Ivan manager?", "role who=Ivan to=manager"),
        ("pls make ivan the accountant", "role who=ivan to=viewer"),
        ("Ivan should be manager", "role who=Ivan to=manager"),
        ("new manager: Ivan", "role who=Ivan to=manager"),
        ("promote Ivan to manager", "role who=Ivan to=manager"),
        ("promote Ivan", "role who=Ivan"),
        ("Ivan is the boss now", "role who=Ivan"),
        ("Ivan is no longer the manager", "role who=Ivan"),
        ("fire Ivan", "role who=Ivan to=member"),
        ("Ivan has left the team", "role who=Ivan to=member"),
        ("Landing page left", None),
        ("Ivan is the manager?", None),
        ("who is the owner", None),
        ("he is the manager", None),
        ("remove Will", "role who=Will to=member"),
        ("Remove will", None),
        ("remove the last bid", None),
        ("remove last", None),
        ("remove #7", None),
        ("the client is a good manager of projects", None),
    ],
)
def test_a_line_that_says_who_is_what_is_known(said: str, line: str | None) -> None:
    assert told_role(said) == line


async def test_who_is_meant_is_asked_if_several_may_be(bot: Bot, lead: DeskPlayer) -> None:
    for name in ("Ivan", "Iva Petrova"):
        await (await DeskStage(bot).member(name, lead.group)).say("/balance")
    assert (await lead.say("/role iv manager")).buttons == ("Ivan", "Iva Petrova")
    assert "Iva Petrova is now a manager." in (await lead.press("Iva Petrova")).text
    assert "Ivan is now a viewer." in (await lead.say("/role ivann viewer")).text
    unknown = await lead.say("/role olga viewer")
    assert "I know nobody called “olga” here." in unknown.text
    assert "Ivan" in unknown.buttons


async def test_changes_of_roles_are_in_the_audit_log_by_name(team: dict[Role, DeskPlayer]) -> None:
    await team[Role.OWNER].say("/role to=viewer")
    await team[Role.OWNER].press("Mia")
    assert 'Olga: /role who="Mia" to=viewer (done)' in (await team[Role.VIEWER].say("/audit")).text
    assert "Only" in (await team[Role.MODERATOR].say("/audit")).text


class TestElsewhere:
    """What somebody may do for a group in private goes by what they are there now."""

    async def test_alerts_in_private_come_back_when_their_reader_decides_no_more(
        self, bot: Bot, team: dict[Role, DeskPlayer]
    ) -> None:
        server = server_for(bot)
        owner = team[Role.OWNER]
        await owner.say("/role Max owner")
        await owner.say("/alerts where=private")
        await owner.say("/settings low=290")
        await team[Role.MANAGER].say("/role Olga manager")
        await team[Role.MEMBER].say("/spend 16 Logo")
        await deliver(bot, server)
        await deliver(bot, server)
        assert all(chat != "Olga" for chat, _ in server.news())

    async def test_figures_in_money_are_for_those_who_are_still_there(
        self, bot: Bot, team: dict[Role, DeskPlayer]
    ) -> None:
        server = server_for(bot)
        wallet = await bot.books.wallet_of(ChatRef("desk", "Team"))
        assert wallet is not None
        line = f"/inmoney line=stats wallet={wallet.id}"
        viewer, member = (DeskPlayer(bot, team[role].name) for role in (Role.VIEWER, Role.MEMBER))
        assert "of Team" in (await viewer.say(line)).text
        assert "Only owners, managers and viewers" in (await member.say(line)).text
        server.gone.add("Vic")
        assert "Only owners, managers and viewers" in (await viewer.say(line)).text


async def test_on_every_platform_a_manager_needs_no_rights_of_the_platform(stage: CarryingStage) -> None:
    lea = await stage.member("Lea", "Team", admin=True)
    ivan = await stage.member("Ivan", "Team")
    for line in ("/start", "/opening 300 free"):
        await lea.say(line)
    assert "is for admins" in (await ivan.say("/buy 60 $9")).text
    assert "Lea is now an owner." in (await lea.say("/role me owner")).text
    assert "Ivan is now a manager." in (await lea.say("/role who=Ivan to=manager")).text
    assert "60 Connects" in (await ivan.say("/buy 60 $9")).text
    assert "Correct by +10" in (await ivan.say("/adjust is 370")).buttons
    assert "Ivan is now a member." in (await lea.say("/role who=Ivan to=member")).text
    assert "Only owners and managers can press that. Lea is the owner." in (await ivan.press("Correct by +10")).text
    assert "360 Connects" in (await lea.say("/balance")).text
    assert "Lea" in (await ivan.say("/role")).text
