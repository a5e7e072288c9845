"""Two weeks of an agency with six members, in its group, on every platform: who bid on what, and what became of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, cast

import pytest

from bot.main import task_runner
from tests.bot.stage import PLATFORMS, Bot, Stage, on_stage
from tests.bot.stages.desk import DeskStage
from tests.bot.stages.discord import DiscordPlayer
from tests.bot.team.agency import AGENCY, Team, history, link, my_proposals, saved_page, team_on, transactions
from tests.bot.telling import deliver
from tests.proposals.deriving import look
from tests.proposals.truth import of_account, of_cards

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.bot.stage import Addressee, CarryingStage
    from tests.proposals.truth import Truth

JOB = link(3, 7)
PAID, LEFT_OF_IT = 3600, 234
"""Cents, tax included: for all Connects that were bought, and for those that are left. Nothing but bids cost any."""
SUPPORT = """\
Hello,

As far as I can see, Connects for these proposals have not come back to my account. Could you please check?

1. \u201c-20 Connects\u201d
Job: https://www.upwork.com/jobs/~021760420882150893333
Proposal sent on Feb 22, 2024 by Lin Placeholder.
- Feb 22, 2024: 8 Connects spent on the proposal
The job was shown as closed on Mar 6, 2024.
Not returned so far: 8 Connects.

2. \u201cC++ plug-in for audio \u2014 VST3\u201d
Job: https://www.upwork.com/jobs/~021762292217017986468
Proposal sent on Feb 27, 2024 by Mara Example.
- Feb 27, 2024: 20 Connects spent on the proposal
- Feb 27, 2024: 28 Connects spent on a boost
The boost was shown as outbid.
Not returned so far: 28 Connects.

Not returned in all: 36 Connects.

Thank you for your help."""


@pytest.fixture(params=PLATFORMS)
async def stage(request: pytest.FixtureRequest, bot: Bot) -> AsyncGenerator[Stage]:
    async with on_stage(request.param, bot) as stage:
        yield stage


async def test_an_agency(stage: Stage, bot: Bot) -> None:
    team = await team_on(stage, bot)
    await members_type_their_bids(team)
    await the_history_comes_in(team)
    await my_proposals_and_prices_come_in(team)
    await somebody_asks_who_bid_on_what(team)
    await two_members_want_one_job(team)
    await members_tell_what_became_of_their_bids(team)
    await both_pages_come_in_one_file(team)
    await the_saved_page_tells_alike_bids_apart(team)
    await what_is_owed_is_asked_for(team)
    await the_books_agree_with_upwork(team)
    if not isinstance(stage, DeskStage):  # which carries no notices
        await a_question_comes_once(team, cast("CarryingStage", stage))


async def members_type_their_bids(team: Team) -> None:
    team.at(2, 24, "12:00")
    for line in ("/start", "/opening 65 free", "/alerts digest=off runway=off low=0 unfed=0"):
        await team.lea.say(line)
    for month, day, clock, name, line in (
        (2, 25, "00:26", "Ivo", '/spend 16 title="SEO audit; report in 24 h"'),
        (2, 25, "13:18", "Lea", "/buy 80 $12"),
        (2, 25, "13:20", "Mara", '/spend 25 title="Web developer for a try-on MVP"'),
        (2, 25, "18:11", "Lin", '/spend 12 title="Excel macro: +15 sheets, 2 pivots"'),
        (2, 27, "03:13", "Tim", '/spend 12 title="Mobile app MVP -20 screens"'),
        (2, 29, "04:03", "Zoë", '/spend 25 title="Today: urgent bug in Django admin"'),
        (3, 1, "18:35", "Noor", '/spend 8 title="Job cancelled? Finish our landing page"'),
    ):
        team.at(month, day, clock)
        assert "booked" in (await team.says(name, line)).text


async def the_history_comes_in(team: Team) -> None:
    """Each member of the page is somebody in the group, who is offered first; what was typed is not booked again."""
    heard = await team.hand("history.txt", history(team.at(3, 6, "12:00")))
    assert "50 rows from Feb 17, 2024 to Mar 3, 2024: 43 new and 7 unsure." in heard.text
    assert "200, in place of the 65 booked" in heard.text
    for _ in team.members:
        name = next(name for name in team.members if f"“{name} " in heard.text)
        assert heard.buttons[0] == name
        heard = await team.lea.press(name)
    heard = await team.settle(heard)
    assert "43 new and 7 known." in heard.text
    assert "136 Connects, as Upwork says" in (await team.lea.press("Book all 43")).text


async def my_proposals_and_prices_come_in(team: Team) -> None:
    now = team.at(3, 6, "12:05")
    assert "/import is for admins" in (await team.hand("proposals.txt", my_proposals(now), team.members["Mara"])).text
    heard = await team.hand("proposals.txt", my_proposals(now))
    assert "24 proposals on My proposals as of Mar 6, 2024: 6 with something new." in heard.text
    assert "6 proposals are updated." in (await team.lea.press("Update 6 proposals")).text
    team.at(3, 6, "12:10")
    heard = await team.hand("transactions.csv", transactions())
    assert "3 purchases of Connects from Feb 25, 2024 to Feb 27, 2024: all get their true prices." in heard.text
    assert "They are from before a balance that is confirmed; their costs change, too." in heard.text
    assert "14 earlier spends follow." in (await team.lea.press("Book 3 true prices")).text


async def somebody_asks_who_bid_on_what(team: Team) -> None:
    heard = await team.says("Mara", "/proposals by lin viewed in february")
    assert "1 proposal: Viewed · Feb 1, 2024 \u2013 Feb 29, 2024 · by lin" in heard.text
    assert "Excel macro" in heard.text
    assert "4 of 4: by me" in (await team.says("Mara", "/proposals by me")).text
    assert "-20 Connects" in (await team.says("Tim", "/proposals lin closed")).text
    heard = await team.says("Noor", "/proposals noor")
    assert "5 of 5: by noor" in heard.text
    assert "2 of 2: Unclear" in (await team.says("Noor", "/proposals unclear")).text


async def two_members_want_one_job(team: Team) -> None:
    team.at(3, 7, "08:57")
    assert "16 Connects and a boost of 13" in (await team.says("Zoë", f"/spend 16 {JOB} boost=13")).text
    heard = await team.says("Mara", f"/spend 16 {JOB}")
    assert "Zoë bid 16 on this job today at 08:57, see #101. Bid anyway?" in heard.text
    assert "#103 booked: 16 Connects" in (await team.members["Mara"].press("Bid anyway")).text
    assert "#103 is undone" in (await team.members["Mara"].press("Undo")).text


async def members_tell_what_became_of_their_bids(team: Team) -> None:
    """In words and with a button, each of their own; and what a hire is worth, which the group does not see again."""
    heard = await team.tells("Zoë", f"{JOB} hired")
    assert "What is it worth?" in heard.text
    assert "Noted what it is worth." in (await team.answers("Zoë", heard, "$1,200")).text
    heard = await team.tells("Mara", f"{JOB} replied")
    assert "You can say what became of your own proposals here; the others are for admins." in heard.text
    assert (await team.says("Mara", "/proposals #101")).buttons == ("In money",)
    await team.says("Ivo", "/proposals #2")
    assert "Noted: Interview." in (await team.members["Ivo"].press("Interview")).text
    team.at(3, 7, "14:40")
    assert "#105 booked" in (await team.says("Lin", '/spend 21 title="Applied to job"')).text


async def both_pages_come_in_one_file(team: Team) -> None:
    now = team.at(3, 8, "10:00")
    await team.hand("both.txt", history(now) + my_proposals(now))
    heard = await team.settle(await team.lea.press("Mar 8, 2024"))
    assert "2 new and 53 known." in heard.text
    assert "Beside it waits: 26 proposals on My proposals as of Mar 8, 2024: 1 with something new." in heard.text
    heard = await team.lea.press("Book both")
    assert "134 Connects, as Upwork says." in heard.text
    assert "1 proposal is updated." in heard.text


async def the_saved_page_tells_alike_bids_apart(team: Team) -> None:
    """It has the jobs and the seconds. Taken back and imported again, it makes the same cards."""
    team.at(3, 9, "17:14")
    await team.says("Ivo", f"/spend 21 {link(3, 9)}")
    before = look(await team.cards())
    page = saved_page(team.at(3, 10, "10:00"))
    await team.settle(await team.hand("page.html", page))
    assert "53 known rows got what the page adds; 113 Connects" in (await team.lea.press("Complete 53 rows")).text
    cards = await team.cards()
    assert stateless(of_cards(cards)) == stateless(of_account(AGENCY))
    assert sum(price.net + price.tax for card in cards for price in card.net.money) == PAID - LEFT_OF_IT
    assert "I found no proposals" in (await team.says("Noor", "/proposals unclear")).text
    team.at(3, 10, "10:05")
    assert "an import of 56 rows" in (await team.lea.say("/undo")).text
    assert "is taken back; 113 Connects left." in (await team.lea.press("Undo the import")).text
    assert look(await team.cards()) == before
    team.at(3, 10, "10:10")
    await team.settle(await team.hand("page.html", page))
    await team.lea.press("Complete 53 rows")
    assert look(await team.cards()) == look(cards)


async def what_is_owed_is_asked_for(team: Team) -> None:
    heard = await team.lea.say("/refunds")
    assert "36 Connects have not come back, of 2 proposals" in heard.text
    text = (await team.lea.press("Text for support")).text
    if isinstance(team.lea, DiscordPlayer):  # the text to copy is a message of its own
        text += (await team.lea.read_rest()).text
    assert "What they give back is up to them." in text
    assert SUPPORT in text
    assert "Upwork keeps its Connects." in (await team.says("Tim", "/refunds kept")).text


async def the_books_agree_with_upwork(team: Team) -> None:
    team.at(3, 10, "10:20")
    assert "/reconcile is for admins" in (await team.says("Mara", "/reconcile 113")).text
    assert "your books and Upwork agree on 113 Connects" in (await team.lea.say("/reconcile 113")).text
    heard = await team.says("Tim", "/spend 4 title=Old on=2024-03-09")
    assert "Your balance was confirmed on Mar 10, 2024: 113, as Upwork said. Book it before that" in heard.text
    heard = await team.says("Tim", "/lots")
    assert "113 Connects, used in this order" in heard.text
    assert "The next 100 Connects of your plan are due on Apr 1, 2024." in heard.text


async def a_question_comes_once(team: Team, stage: CarryingStage) -> None:
    """About the proposal that has waited longest, in the group's place, and not again the next morning."""
    lea, outbox = cast("Addressee", team.lea), team.bot.store.outbox
    reviews = task_runner(team.bot.store, team.bot.books, team.bot.live_platforms)
    team.at(3, 21, "09:00")
    await reviews.run_due()
    await deliver(team.bot, stage.carrier)
    assert "What became of \u201c" in (await lea.read()).text
    assert "Noted: Declined." in (await lea.press("Declined")).text
    team.at(3, 22, "09:00")
    await reviews.run_due()
    assert await outbox.next_due(stage.carrier.name) is None


def stateless(known: Counter[Truth]) -> Counter[Truth]:
    """Without what became of them, which people and "My proposals" know better."""
    return Counter({one._replace(state=""): times for one, times in known.items()})
