"""The table of a team: who spent what in the page's days, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.documents.writing.deeds import worded
from bot.documents.writing.page.page_voice import EMPTY, Cell
from bot.documents.writing.page.tables import NUMBER, Column, table_of
from core.ledger.model import Purpose
from core.team.model import whole_connects
from core.team.report import whole_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.documents.writing.page.page_voice import PageVoice
    from bot.documents.writing.page.tables import PageTable
    from bot.documents.writing.team import NamedRow
    from core.team.model import Outcomes

CAME: Final = ("bids", "replies", "hires")


def members_table(found: Sequence[NamedRow], speak: PageVoice, *, money: bool) -> PageTable:
    """A row for each member, whoever spent most first."""
    say, whole = speak.say, whole_of(row for _, row in found).outcomes
    shown = CAME if whole.heard else CAME[:1] if whole.bids else ()
    columns = (
        Column(say("sheet-member")),
        Column(say("page-spent"), NUMBER),
        Column(say("field-team-on")),
        Column(say("page-came-back"), NUMBER),
        *((Column(say("page-cost-taxed"), NUMBER),) if money else ()),
        *(Column(say(f"sheet-{name}"), NUMBER) for name in shown),
        *((Column(say("page-each")),) if shown else ()),
    )
    rows = [_row(one, shown, speak, money=money) for one in found]
    return table_of(speak, "members", columns, rows, titled=1)


def _row(one: NamedRow, shown: tuple[str, ...], speak: PageVoice, *, money: bool) -> tuple[Cell, ...]:
    row = one.row
    on = ", ".join(
        f"{speak.phrase(worded(purpose))}\N{NO-BREAK SPACE}{speak.number(row.spent[purpose]).text}"
        for purpose in Purpose
        if row.spent.get(purpose)
    )
    return (
        Cell(one.name),
        speak.number(row.connects),
        Cell(on),
        speak.some(row.returned),
        *((speak.prices(row.money, row.unknown, row.connects),) if money else ()),
        *(speak.some(getattr(row.outcomes, name)) for name in shown),
        *((_each(row.outcomes, speak, told=len(shown) > 1),) if shown else ()),
    )


def _each(outcomes: Outcomes, speak: PageVoice, *, told: bool) -> Cell:
    """What a bid cost on average, and where it is known what came of them, a reply and a hire."""
    texts = ", ".join(speak.say(name, connects=connects) for name, connects in _costs(outcomes, told=told))
    return Cell(texts) if texts else EMPTY


def _costs(outcomes: Outcomes, *, told: bool) -> Iterator[tuple[str, int]]:
    each = {"team-each-bid": outcomes.each_bid}
    each |= {"team-each-reply": outcomes.each_reply, "team-each-hire": outcomes.each_hire} if told else {}
    yield from ((name, whole_connects(tenths)) for name, tenths in each.items() if tenths is not None)
