"""An invented agency of six members: its account, what Upwork shows of it, and a bot in its group."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger.sightings import Boosted
from core.proposals.my_proposals import Section
from core.shared.ids import WalletId
from tests.imports.accounts import APPLIED, BID, CANCELLED, MEMBERS, OUTBID, account
from tests.imports.my_proposals import Listed, copied_text
from tests.imports.renderings import rendered
from tests.imports.transactions import rows_of, written
from tests.imports.windows import SAVED, WIDE, window
from tests.proposals.deriving import cards_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.proposals.model import Proposal
    from tests.bot.stage import Bot, Heard, Player, Stage
    from tests.imports.accounts import Fact

AGENCY: Final = account(198, days=24, agency=True)
"""27 bids in February and March 2024. Some are alike, and a text leaves it unclear what one of the returns is of."""
GROUP: Final = "Agency"
TAX: Final = 20
IT_IS: Final = "It is #"
WRITE: Final = "Answer"


class Sent(NamedTuple):
    """Which bid it is: its day in 2024, and the beginning of its title."""

    month: int
    day: int
    title: str


class Fate(NamedTuple):
    """Where "My proposals" has a bid, and what it says there."""

    section: Section = Section.SUBMITTED
    status: str = ""
    viewed: bool = False
    boosted: Boosted | None = None


FATES: Final = {
    Sent(2, 17, "Mobile app"): Fate(Section.ARCHIVED, "Declined by client"),
    Sent(2, 21, "Mobile app"): Fate(Section.ACTIVE),
    Sent(2, 22, "-20"): Fate(Section.ARCHIVED, "Job is closed"),
    Sent(2, 22, "Voice-over"): Fate(Section.ARCHIVED, "Declined by you"),
    Sent(2, 25, "Excel macro"): Fate(viewed=True),
    Sent(2, 27, "C++"): Fate(boosted=Boosted.OUTBID),
    Sent(2, 29, "Today"): Fate(viewed=True),
}
"""What has become of bids. Nothing has come back of the job that was closed, nor of the boost that was outbid."""
LATER: Final = {Sent(2, 28, "January 9"): Fate(Section.ACTIVE)}
"""What became of one more bid, on the eighth of March."""
EIGHTH: Final = datetime(2024, 3, 8, tzinfo=UTC)


def moment(month: int, day: int, clock: str) -> datetime:
    """A moment of 2024: `moment(3, 6, "12:00")`."""
    return datetime.fromisoformat(f"2024-{month:02d}-{day:02d}T{clock}").replace(tzinfo=UTC)


def history(at: datetime) -> str:
    """The Connects History as it is copied at a moment."""
    return rendered(window(AGENCY, at), WIDE)


def saved_page(at: datetime) -> bytes:
    """The Connects History as it is saved at a moment."""
    return rendered(window(AGENCY, at), SAVED).encode()


def my_proposals(at: datetime) -> str:
    """The page "My proposals" as it is copied at a moment."""
    return copied_text(tuple(_listed(at)), Random(1))  # noqa: S311 - the same text each time is wanted, no secret


def transactions() -> bytes:
    """The list of transactions."""
    return written(rows_of(AGENCY, TAX)).encode()


def link(month: int, day: int) -> str:
    """The link to the job of the first bid of a day."""
    bid = next(
        fact for fact in AGENCY.facts if fact.wording == APPLIED and (fact.at.month, fact.at.day) == (month, day)
    )
    return f"https://www.upwork.com/jobs/{re.sub('[^A-Za-z0-9]+', '-', bid.title)}_{bid.job}/"


def _listed(at: datetime) -> Iterator[Listed]:
    before = [fact for fact in AGENCY.facts if fact.at <= at]
    closed = {fact.job for fact in before if fact.wording == CANCELLED}
    boosts = {
        fact.job: Boosted.YES if fact.wording == BID else Boosted.OUTBID for fact in before if fact.wording in BOOSTS
    }
    fates = FATES if at < EIGHTH else FATES | LATER
    for bid in (fact for fact in reversed(before) if fact.wording == APPLIED):
        fate = Fate(Section.ARCHIVED, "Job is closed") if bid.job in closed else _fate(bid, fates)
        boosted = fate.boosted or (None if fate.section is Section.ARCHIVED else boosts.get(bid.job))
        day = bid.at.date()
        yield Listed(
            fate.section,
            day,
            (at.date() - day).days,
            bid.title,
            "General Profile",
            boosted,
            fate.viewed,
            fate.status,
            "",
        )


BOOSTS: Final = {BID, OUTBID}


def _fate(bid: Fact, fates: Mapping[Sent, Fate]) -> Fate:
    of_day = {sent: fate for sent, fate in fates.items() if (sent.month, sent.day) == (bid.at.month, bid.at.day)}
    return next((fate for sent, fate in of_day.items() if bid.title.startswith(sent.title)), Fate())


@dataclass(frozen=True)
class Team:
    """The agency's group: Lea, who is its admin, and the members by their first names."""

    bot: Bot
    lea: Player
    members: Mapping[str, Player]

    def at(self, month: int, day: int, clock: str) -> datetime:
        """Let it be that time."""
        self.bot.clock.at = moment(month, day, clock)
        return self.bot.clock.at

    async def says(self, name: str, line: str) -> Heard:
        """What somebody hears."""
        return await (self.lea if name == "Lea" else self.members[name]).say(line)

    async def tells(self, name: str, news: str) -> Heard:
        """What somebody hears who says what became of a proposal; in a form with a field for words it takes a press."""
        heard = await self.says(name, f"/proposals {news}")
        return await self.members[name].press(heard.buttons[0]) if "I should note?" in heard.text else heard

    async def answers(self, name: str, asked: Heard, words: str) -> Heard:
        """What somebody hears who answers a question, for which a server on Discord has a button."""
        if WRITE in asked.buttons:
            await self.members[name].press(WRITE)
        return await self.says(name, words)

    async def hand(self, name: str, content: str | bytes, by: Player | None = None) -> Heard:
        """Lea or somebody else sends a file with /import."""
        data = content.encode() if isinstance(content, str) else content
        return await (by or self.lea).hand(name, data, "/import")

    async def settle(self, heard: Heard) -> Heard:
        """Lea says of each unsure row that it is what was typed."""
        unsure = next((label for label in heard.buttons if label.startswith("Show what is unsure")), None)
        heard = heard if unsure is None else await self.lea.press(unsure)
        while any(label.startswith(IT_IS) for label in heard.buttons):
            heard = await self.lea.press(IT_IS)
        return heard

    async def cards(self) -> tuple[Proposal, ...]:
        """The cards as they follow from the books."""
        return cards_of(await self.bot.store.ledger.record(WalletId(1)))


async def team_on(stage: Stage, bot: Bot) -> Team:
    """The group with the bot in it."""
    lea = await stage.member("Lea", GROUP, admin=True)
    names = (member.split()[0] for member in MEMBERS)
    return Team(bot, lea, {name: await stage.member(name, GROUP) for name in names})
