"""What is shown of statistics, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.stats.model import Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.reply.parts import Button
    from bot.views.stats.query import StatsQuery
    from core.ledger.flows import Flows
    from core.shared.ids import PersonId
    from core.stats.model import Funnel, Statistics


class StatsView(NamedTuple):
    """Statistics with what their card needs.

    `money`: it may be said what things cost in money; if not, `beside` is the button that leads there. `people` are the
    names of members.
    """

    found: Statistics
    query: StatsQuery
    money: bool = True
    beside: Button | None = None
    people: Mapping[PersonId, str] = {}

    @property
    def flows(self) -> Flows | None:
        """What moved in the period; None if proposals were chosen, which have no flows of their own."""
        return None if self.query.only else self.found.flows


def counted(funnel: Funnel) -> int:
    """How many proposals count."""
    return funnel.at(Step.PROPOSAL).rate.of
