"""The picture of who spent what, by member and by what for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.pictures.model import SpendKind, TeamBar, TeamChart, Tick
from bot.pictures.scale import round_steps
from bot.reply.parts import say
from bot.views.charts.captioned import CaptionedChart
from bot.views.charts.spend import kind_name, kinds_of
from bot.views.stats.phrases import days_in_words
from bot.views.team.phrases import name_of, share_of
from core.team.report import whole_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.reply.parts import Say
    from bot.views.charts.captioned import ChartWriter
    from bot.views.team.seen import TeamSeen
    from core.ledger.model import Purpose
    from core.team.model import MemberRow

MOST_BARS: Final = 12
"""At most so many members have a bar of their own; the others share one."""


def team_picture(found: TeamSeen, write: ChartWriter) -> CaptionedChart:
    """The picture of who spent what."""
    rows = [row for row in found.found.rows if row.connects]
    shown = rows if len(rows) <= MOST_BARS else rows[: MOST_BARS - 1]
    rest = rows[len(shown) :]
    together = whole_of(rows)
    kinds = list(kinds_of(together.spent))
    bars = [_bar(row, write.speak.say(name_of(row.who, found.names)), kinds, write) for row in shown]
    bars += [_bar(whole_of(rest), write.write("team-others-bar", count=len(rest)), kinds, write)] if rest else []
    whole = found.found.whole
    chart = TeamChart(
        title=write.write("picture-team"),
        detail=write.speak.say(days_in_words(found.found.first, found.found.last)),
        dark=write.dark,
        kinds=tuple(
            SpendKind(write.speak.say(kind_name(kind)), write.figure(_sum(whole_of(rows).spent, kind)))
            for kind in kinds
        ),
        bars=tuple(bars),
        ticks=tuple(Tick(at, write.figure(at)) for at in round_steps(0, max(sum(bar.spent) for bar in bars))),
    )
    return CaptionedChart(chart, _caption(found, rows[0], whole))


def _bar(row: MemberRow, name: str, kinds: list[tuple[Purpose, ...]], write: ChartWriter) -> TeamBar:
    return TeamBar(name, tuple(_sum(row.spent, kind) for kind in kinds), write.figure(row.connects))


def _sum(spent: Mapping[Purpose, int], purposes: tuple[Purpose, ...]) -> int:
    return sum(spent.get(purpose, 0) for purpose in purposes)


def _caption(found: TeamSeen, most: MemberRow, whole: MemberRow) -> Say:
    """What all spent, and who of them most; or how much of it is the reader's own."""
    return say(
        "chart-team-own" if found.own else "chart-team-caption",
        days=days_in_words(found.found.first, found.found.last),
        connects=whole.connects,
        name=name_of(most.who, found.names),
        most=most.connects,
        share=share_of(most, whole),
        returned=whole.returned,
        several="yes" if len(found.found.rows) > 1 else "no",
    )
