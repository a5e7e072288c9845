"""The table of proposals: what each cost, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.documents.writing.columns import Column, Content, Table, money_columns
from bot.documents.writing.costs import money_of
from bot.documents.writing.period import period_of
from core.ledger.sightings import ProposalState
from core.shared.calendar import tzinfo_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from bot.documents.model import DocumentOrder
    from bot.documents.writing.columns import Row
    from core.proposals.model import Proposal


def proposal_table(order: DocumentOrder, proposals: Iterable[Proposal]) -> Table:
    """The proposals that were sent in the period, the oldest first. An invitation that was not accepted is none."""
    period = period_of(order.days, order.zone)
    sent = [one for one in proposals if one.stage is not ProposalState.INVITED and period.has(one.sent)]
    currencies = tuple(sorted({price.currency for one in sent for price in one.net.money})) if order.money else ()
    columns = (
        Column("sent", Content.DAY),
        Column("time", Content.CLOCK),
        Column("title", Content.TEXT),
        Column("job", Content.ID),
        Column("proposal", Content.ID),
        Column("member", Content.TEXT),
        Column("by", Content.TEXT),
        Column("profile", Content.TEXT),
        Column("tags", Content.TEXT),
        Column("base", Content.CONNECTS, total=True),
        Column("boost", Content.CONNECTS, total=True),
        Column("back", Content.CONNECTS, total=True),
        Column("spent", Content.CONNECTS, total=True),
        Column("free", Content.CONNECTS, total=True),
        Column("paid", Content.CONNECTS, total=True),
        Column("unknown", Content.CONNECTS, total=True),
        *money_columns(currencies),
        Column("stage", Content.WORD, words="reached"),
        Column("end", Content.WORD, words="reached"),
        Column("answered", Content.DAY),
        Column("boosted", Content.WORD, words="sheet-boosted"),
    )
    zone = tzinfo_of(order.zone)
    rows = (_row(order, one, zone, currencies) for one in sorted(sent, key=lambda one: one.sent))
    return Table(columns, rows, len(sent))


def _row(order: DocumentOrder, one: Proposal, zone: tzinfo, currencies: tuple[str, ...]) -> Row:
    sent = one.sent.astimezone(zone)
    money = {price.currency: price for price in one.net.money}
    return (
        sent.date(), sent.time().replace(microsecond=0) if one.exact else None, one.title, one.job, one.proposal,
        one.member, order.name_of(one.by), one.profile, ", ".join(one.tags),
        one.base, one.boost, one.back, one.net.connects, one.net.free, one.net.paid, one.net.unknown,
        *money_of(money, currencies), one.stage.value, "" if one.end is None else one.end.value,
        None if one.answered is None else one.answered.astimezone(zone).date(), _boosted(one),
    )  # fmt: skip


def _boosted(one: Proposal) -> str:
    """Whether it was boosted, and outbid."""
    return ("outbid" if one.outbid else "yes") if one.boosted else "no"
