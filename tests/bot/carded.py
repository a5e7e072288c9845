"""Proposals made by hand, for tests of how they are shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from bot.reply.parts import Buttons, Fields, Reply, Say, Table
from bot.reply.words import voice
from core.ledger.sightings import ProposalState
from core.proposals.model import NetCost, Proposal, ProposalKind
from core.shared.money import Price

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW: Final = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
SENT: Final = NOW - timedelta(days=16)
SPEAK: Final = voice("en", "UTC")
LOGO: Final = Proposal(
    ref="12", kind=ProposalKind.BID, title="Logo redesign", job="~022010000000000000041", proposal="", by=None,
    member="", sent=SENT, exact=True, age=timedelta(hours=2), base=16, boost=8, back=0,
    net=NetCost(8, 16, 0, (Price(240, 0, "USD"),)), boosted=True, outbid=False, stage=ProposalState.SENT, end=None,
    since=SENT, viewed=False, answered=None, worth=None, entries=(12, 13), seen=(),
)  # fmt: skip


def proposal(**facts: Any) -> Proposal:
    """A bid of 16 with a boost of 8 that was sent 16 days ago; `facts` are what is different."""
    return LOGO._replace(**facts)


def lines_of(shown: Reply) -> list[str]:
    """An answer as people read it, line by line."""
    return list(_lines(shown))


def _lines(shown: Reply) -> Iterator[str]:
    for part in shown.parts:
        match part:
            case Say():
                yield SPEAK.say(part)
            case Fields(rows, title):
                if title is not None:
                    yield SPEAK.say(title)
                yield from (f"{SPEAK.say(label)}: {SPEAK.text(fact)}" for label, fact in rows)
            case Table(_, rows, title):
                if title is not None:
                    yield SPEAK.say(title)
                yield from (" · ".join(map(SPEAK.text, row)) for row in rows)
            case _:
                pass


def buttons_of(shown: Reply) -> list[list[str]]:
    """The labels of its buttons, row by row."""
    rows = (row for part in shown.parts if isinstance(part, Buttons) for row in part.rows)
    return [[SPEAK.say(button.label) for button in row] for row in rows]


def lines_under(shown: Reply) -> dict[str, str]:
    """The line of each button, by its label."""
    rows = (row for part in shown.parts if isinstance(part, Buttons) for row in part.rows)
    return {SPEAK.say(button.label): button.line for row in rows for button in row}
