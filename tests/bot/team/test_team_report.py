"""Who spent what, as a group asks for it: on every platform, by role, by name, and in money for those who see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from core.shared.ids import WalletId
from core.wallets.people import Identity
from core.wallets.team import Role, Target, TeamSettings
from tests.bot.asking import in_money
from tests.bot.stage import CARRIERS, on_stage
from tests.bot.stages.desk import DeskPlayer, DeskStage
from tests.bot.stages.telegram import TelegramStage
from tests.bot.team.agency import Team, history, team_on
from tests.bot.telling import live_on

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from core.shared.ids import PersonId
    from tests.bot.stage import Bot, Stage

TEAM = "Agency"


@pytest.fixture(params=CARRIERS)
async def stage(request: pytest.FixtureRequest, bot: Bot) -> AsyncGenerator[Stage]:
    async with on_stage(request.param, bot) as stage:
        if isinstance(stage, TelegramStage):
            live_on(bot, stage.carrier)
        yield stage


async def test_a_team_on_every_platform(stage: Stage) -> None:
    lea = await stage.member("Lea", TEAM, admin=True)
    ivan, mara = await stage.member("Ivan", TEAM), await stage.member("Mara", TEAM)
    for line in ("/start", "/opening 100 free", "/buy 60 $9"):
        await lea.say(line)
    assert "Nobody has spent anything" in (await lea.say("/team")).text
    await ivan.say('/spend 16 title="Logo"')
    await mara.say('/spend 20 title="Shop" boost=24')
    heard = await lea.say("/team")
    assert "Who spent what" in heard.text
    assert "44 Connects, 73 %; 24 on boosts, 20 on proposals; 1 bid" in heard.text
    assert "60 Connects; 36 on proposals, 24 on boosts; 2 bids" in heard.text
    assert "$" not in heard.text
    heard = await lea.press("Mara")
    assert "44 Connects, 73 % of all" in heard.text
    assert "All members" in heard.buttons
    heard = await mara.say("/team")
    assert "44 Connects, 73 %" in heard.text
    assert "Of the others, one has spent." in heard.text
    assert "Ivan" not in heard.text
    assert "16 Connects, 27 %" not in heard.text
    assert "you 44, others 16" in (await mara.say("/statement period=2026-01")).text
    heard = await lea.say("/statement period=2026-01")
    assert "Mara 44, Ivan 16" in heard.text
    assert heard.buttons[-2:] == ("Who spent what", "In money")
    assert "16 Connects, 27 %" in (await lea.press("Who spent what")).text
    await lea.say("/team")
    assert "60 Connects (free)" in (await in_money(lea)).text


async def group(bot: Bot) -> tuple[DeskPlayer, DeskPlayer, DeskPlayer]:
    """Lea, who is an admin, Ivan, who bid twice, and Mara, of whose bids one came back in part."""
    stage = DeskStage(bot)
    lea = await stage.member("Lea", TEAM, admin=True)
    ivan, mara = await stage.member("Ivan", TEAM), await stage.member("Mara", TEAM)
    for line in ("/start", "/buy 200 $30"):
        await lea.say(line)
    await ivan.say("/spend 16 Logo")
    await ivan.say("/spend 8 Banner")
    await mara.say("/spend 20 Shop")
    await mara.say("/return 6 of #4")
    return lea, ivan, mara


async def agree(bot: Bot, change: Callable[[TeamSettings], TeamSettings]) -> None:
    """Change how the group's wallet is shared."""
    await bot.books.change_settings(WalletId(1), lambda settings: replace(settings, team=change(settings.team)))


async def person(bot: Bot, name: str) -> PersonId:
    return (await bot.books.person(Identity("desk", name), name)).id


async def test_periods_are_a_tap_away_and_keep_the_member(bot: Bot) -> None:
    lea, _, _ = await group(bot)
    await lea.say("/team")
    assert "Ivan · This week" in (await lea.press("Ivan")).text
    assert "Ivan has not spent anything in this period: Last week" in (await lea.press("Last week")).text
    assert "Who spent what · Last week" not in (heard := await lea.press("All members")).text
    assert "Nobody has spent anything in this period: Last week" in heard.text
    assert "Who spent what · This month" in (await lea.press("This month")).text
    bot.clock.pass_(days=40)
    assert "Nobody has spent anything" in (await lea.say("/team")).text
    assert "24 Connects, 63 %; 2 bids" in (await lea.say("/team all")).text
    assert "38 Connects" in (await lea.say("/team january")).text


async def test_what_comes_back_later_counts_where_it_was_spent(bot: Bot) -> None:
    lea, _, mara = await group(bot)
    assert "14 Connects, 37 %; 6 came back; 1 bid" in (await lea.say("/team")).text
    bot.clock.pass_(days=20)
    await lea.say("/return 14 of #4")
    assert "Nobody has spent anything" in (await lea.say("/team")).text
    assert "0 Connects; 20 came back; 1 bid" in (await lea.say("/team january")).text
    assert "Came back: 20" in (await mara.say("/team me january")).text


@pytest.mark.parametrize("line", ["/team ivan", "/team Iv", "/team @Ivan", "/team member=ivan", "what did Ivan spend?"])
async def test_a_member_is_found_by_name(bot: Bot, line: str) -> None:
    lea, _, _ = await group(bot)
    heard = await lea.say(line)
    assert "Ivan · This week" in heard.text or "Ivan · All time" in heard.text
    assert "24 Connects, 63 % of all" in heard.text


@pytest.mark.parametrize("line", ["who spent what this month", "who spent most this month?", "team this month"])
async def test_plain_words_ask_for_it(bot: Bot, line: str) -> None:
    lea, _, _ = await group(bot)
    heard = await lea.say(line)
    assert "Who spent what · This month" in heard.text
    assert heard.text.index("Ivan") < heard.text.index("Mara")


async def test_a_name_that_nobody_has_is_asked_about(bot: Bot) -> None:
    lea, _, _ = await group(bot)
    heard = await lea.say("/team Bertram")
    assert "I do not know anybody here who is called “bertram”." in heard.text
    assert {"Ivan", "Mara", "Lea"} <= {*heard.buttons}
    assert "24 Connects, 63 % of all" in (await lea.press("Ivan")).text


async def test_members_see_their_own_figures_only(bot: Bot) -> None:
    lea, ivan, _ = await group(bot)
    heard = await ivan.say("/team mara")
    assert "What others have spent is for owners, managers and viewers to see." in heard.text
    assert "24 Connects, 63 % of all" in (await ivan.press("My own figures")).text
    assert "24 of the 38 Connects that were spent are yours, 63 %." in (await ivan.say("/chart team")).text
    assert "Ivan spent most: 24, 63 %." in (await lea.say("/chart team")).text
    roles = ((await person(bot, "Lea"), Role.OWNER), (await person(bot, "Ivan"), Role.VIEWER))
    await agree(bot, lambda team: replace(team, roles=roles))
    assert "14 Connects, 37 % of all" in (await ivan.say("/team mara")).text


async def test_statistics_tell_a_member_nothing_more_of_others(bot: Bot) -> None:
    lea, ivan, mara = await group(bot)
    for player in (ivan, mara):
        await player.say("/balance")
    await ivan.say("#2 replied")
    bot.clock.pass_(days=20)
    shown = await lea.say("/stats by=member")
    assert {"by Ivan", "by Mara"} <= {*shown.buttons}
    for line in ("/stats by=member", "/stats member=mara"):
        heard = await ivan.say(line)
        assert "What others have spent is for owners, managers and viewers to see." in heard.text
    assert "only by you" in (await ivan.press("My own figures")).text
    assert "By member" in (await lea.say("/stats")).buttons
    heard = await ivan.say("/stats")
    assert "By member" not in heard.buttons
    assert "Mara" not in (await ivan.press("Cost")).text


async def test_somebody_who_spent_nothing_sees_what_all_spent(bot: Bot) -> None:
    await group(bot)
    olga = await DeskStage(bot).member("Olga", TEAM)
    heard = await olga.say("/team")
    assert "38 Connects; 6 came back; 3 bids" in heard.text
    assert "Of the others, 2 have spent." in heard.text
    assert "Mara" not in heard.text
    assert "Nothing was spent" in (await olga.say("/chart team")).text


async def test_replies_and_hires_stand_beside_what_they_cost(bot: Bot) -> None:
    lea, ivan, _ = await group(bot)
    await ivan.say("#2 replied")
    heard = await lea.say("/team")
    assert "3 bids are younger than 14 days, so that what came of them does not count yet." in heard.text
    assert "2 bids (2 too recent; so far 1 reply)" in heard.text
    bot.clock.pass_(days=20)
    heard = await lea.say("/team january")
    assert "24 Connects, 63 %; 2 bids, 1 reply; 12 a bid, 24 a reply" in heard.text
    assert "14 Connects, 37 %; 6 came back; 1 bid, no reply" in heard.text
    assert "What came of fewer than 20 bids may be chance." in heard.text
    heard = await lea.press("Ivan")
    assert "A reply: 24 Connects" in heard.text
    assert "Sent: 2 bids, 1 reply" in heard.text


async def test_a_persons_own_wallet_has_no_team(ann: DeskPlayer) -> None:
    heard = await ann.say("/team")
    assert (
        "A team shares the wallet of a group, and this wallet is yours alone. Write /team in the group." in heard.text
    )
    assert not heard.buttons
    assert "A team shares the wallet of a group" in (await ann.say("/chart team")).text
    assert "Who spent what" not in (await ann.say("/chart balance")).buttons


async def test_targets_stand_below(bot: Bot) -> None:
    lea, ivan, mara = await group(bot)
    today, last = bot.clock.at.date(), date(2026, 1, 15)
    ivans = Target(2, 10, today, last, await person(bot, "Ivan"))
    await agree(bot, lambda team: replace(team, targets=(Target(1, 3, today, last), ivans)))
    for player in (lea, ivan):
        heard = await player.say("/team")
        assert "Target: 3 of 3 bids till Jan 15, 2026. It is reached." in heard.text
        assert "Target of Ivan: 2 of 10 bids till Jan 15, 2026." in heard.text
    assert "Target of Ivan" not in (await mara.say("/team")).text
    assert "Target of Ivan" in (await ivan.say("/team me")).text
    bot.clock.pass_(days=7)
    assert "Target" not in (await lea.say("/team all")).text


async def imported(bot: Bot) -> Team:
    """The agency, whose history was imported before anybody said who its members are."""
    team = await team_on(DeskStage(bot), bot)
    team.at(3, 6, "12:00")
    await team.lea.say("/start")
    await team.says("Mara", "/balance")
    heard = await team.settle(await team.hand("history.txt", history(bot.clock.at)))
    label = next(label for label in heard.buttons if label.startswith("Book all"))
    assert "as Upwork says" in (await team.lea.press(label)).text
    return team


async def test_a_name_is_matched_once_also_for_what_was_booked_before(bot: Bot) -> None:
    team = await imported(bot)
    heard = await team.lea.say("/team february")
    assert "Mara Example: 83 Connects" in heard.text
    whole = heard.text[heard.text.index("All together") :]
    heard = await team.lea.press("Who is")
    while "Who is “Mara Example”?" not in heard.text:
        heard = await team.lea.press("Only a name")
    assert heard.buttons[0] == "Mara"
    heard = await team.lea.press("Mara")
    assert "“Mara Example” is Mara from now on, also for what was booked before." in heard.text
    while "Who is" in heard.text:
        heard = await team.lea.press("Only a name")
    assert heard.buttons == ("All members",)
    assert "stays a name" in heard.text
    heard = await team.lea.say("/team february")
    assert "Mara: 83 Connects" in heard.text
    assert heard.text[heard.text.index("All together") :] == whole
    assert "Mara Example" not in heard.text
    assert "Mara Example" not in "".join(heard.buttons)
    assert "83 Connects" in (await team.says("Mara", "/team february")).text
    later = await team.hand("history.txt", history(team.at(3, 7, "12:00")))
    assert "Who is “Mara Example”?" not in later.text


async def test_whoever_has_written_may_be_whom_a_page_names(bot: Bot) -> None:
    team = await team_on(DeskStage(bot), bot)
    team.at(3, 6, "12:00")
    await team.lea.say("/start")
    await team.says("Mara", "/balance")
    heard = await team.hand("history.txt", history(bot.clock.at))
    while "Who is “Mara Example”?" not in heard.text:
        heard = await team.lea.press("Only a name")
    assert heard.buttons[0] == "Mara"
    assert "Who is “Mara Example”?" not in (await team.lea.press("Mara")).text


async def test_who_has_only_a_name_is_chosen_by_it(bot: Bot) -> None:
    team = await imported(bot)
    assert "Noor Invented · Last month" in (await team.lea.say("/team noor invented last month")).text
    assert "Tim O'Test · Last month" in (await team.lea.say("/team tim february")).text
    await team.says("Tim", "/balance")  # now one is here, and another is on the page
    assert "Tim has not spent anything" in (await team.lea.say("/team tim february")).text
    await team.lea.say("/team february")
    heard = await team.lea.press("Tim O'Test")
    assert "Tim O'Test · Last month" in heard.text
    assert "Tim O'Test" in (await team.lea.press("This month")).text


async def test_only_who_imports_is_asked_who_somebody_is(bot: Bot) -> None:
    team = await imported(bot)
    heard = await team.says("Mara", "/team february")
    assert not any(label.startswith("Who is") for label in heard.buttons)
    heard = await team.says("Mara", "/teamname 12345678")
    assert "/teamname is for admins" in heard.text
    assert "That button is too old." in (await team.lea.say("/teamname 12345678")).text


async def test_nobody_is_credited_with_what_names_nobody(bot: Bot) -> None:
    team = await imported(bot)
    await team.lea.say("/spend 5 availability badge")
    heard = await team.lea.say("/team all time")
    assert "Lea: 5 Connects" in heard.text
    lines = [line for line in heard.text.splitlines() if line.startswith("Nobody named")]
    assert all("on the badge" in line or "Connect" in line for line in lines)
    assert "Nobody named" not in heard.buttons


async def test_in_private_the_way_leads_to_the_groups_whose_money_somebody_sees(bot: Bot) -> None:
    await group(bot)
    owner = ((await person(bot, "Lea"), Role.OWNER),)
    await agree(bot, lambda team: replace(team, roles=owner))
    stage = DeskStage(bot)
    alone, member = await stage.person("Lea"), await stage.person("Ivan")
    for one in (alone, member):
        await one.say("/start")
    heard = await alone.say("/team last week")
    assert heard.text.endswith("Write /team in the group, or choose it here.")
    assert heard.buttons == (TEAM,)
    assert "Nobody has spent anything in this period: Last week" in (await alone.press(TEAM)).text
    assert "Ivan: 24 Connects, 63 % ($3.60); 2 bids" in (await alone.press("This month")).text
    assert "Cost: $3.60" in (await alone.press("Ivan")).text
    assert "Mara: 14 Connects" in (await alone.press("All members")).text
    assert not (await member.say("/team")).buttons
    await agree(bot, lambda team: replace(team, money=True))
    assert "Connects" not in (await member.say("/inmoney line=team wallet=1")).text  # which only a button says
