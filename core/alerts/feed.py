"""The feed: one line about each change of a group's books, in a place that the group has chosen.

It commits with the change, so that each change has its line, however soon the bot stops. There is none where the answer
to whoever caused the change is shown anyway.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.delivery.gathering import in_lines
from core.delivery.notice import Notice, Target
from core.ledger.model import REPRICES, Kind, Purpose, expense_on, source_of
from core.ledger.sightings import BatchKind
from core.shared.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.ledger.model import Change, Entry, Snapshot
    from core.wallets.team import Feed

    Line = dict[str, str | int]

FEED: Final = "feed"
"""The code of its notices."""
FEED_LOST: Final = "feed-lost"
"""The code of the notice that its place is lost, so that it is switched off."""
EXPIRED: Final = "expired"
"""What a line is about that expired."""
LONGEST_TITLE: Final = 60
IMPORTED: Final = frozenset({BatchKind.HISTORY, BatchKind.PROPOSALS, BatchKind.TRANSACTIONS})
"""The kinds of imports that bring a page."""
BESIDE: Final = frozenset({Kind.EXPIRY, Kind.RECAST})
"""What a change books beside that which was asked for."""
WORDS: Final = {
    Kind.GRANT: "earn",
    Kind.PURCHASE: "buy",
    Kind.SPEND: "spend",
    Kind.RETURN: "return",
    Kind.UNDO: "undo",
    Kind.ADJUSTMENT: "adjust",
}
LINE_KINDS: Final = frozenset({*WORDS.values(), EXPIRED, "import", "import-undone", "price", "change"})
"""What lines are about."""


def target_of(feed: Feed) -> Target:
    """Where its lines go."""
    return Target(feed.platform, feed.chat, place=feed.place)


def feed_notices(
    before: Snapshot, change: Change, expired: Sequence[Entry], shown_in: Target | None
) -> tuple[Notice, ...]:
    """The notice of a change, if the group has a feed and its readers have not seen the answer.

    `expired` are the entries by which Connects expired that nobody knew to be gone.
    """
    if before.feed is None or target_of(before.feed) == shown_in:
        return ()
    last, to = change.entries[-1], target_of(before.feed)
    facts = in_lines([line | {"balance": last.balance} for line in _lines(before, change, expired)])
    topic = f"{FEED}:{before.wallet}:{to.platform}:{to.chat}:{to.place}"
    key = f"{FEED}:{before.wallet}:{last.number}"
    return (Notice(key, FEED, facts, before.wallet, topic=topic, gathers=True, to=(to,)),)


def with_feed(before: Snapshot, outcome: Change | Refusal, shown_in: Target | None) -> Change | Refusal:
    """The change of an import, with the notice that it causes."""
    if isinstance(outcome, Refusal) or not outcome.entries:
        return outcome
    return outcome._replace(notices=outcome.notices + feed_notices(before, outcome, (), shown_in))


def _lines(before: Snapshot, change: Change, expired: Sequence[Entry]) -> list[Line]:
    asked = [entry for entry in change.entries if entry.kind not in BESIDE]
    lines: list[Line] = [{"what": EXPIRED, "connects": -_sum(expired)}] if expired else []
    if asked or not lines:
        lines.append(_line(before, change, asked))
    return lines


def _line(before: Snapshot, change: Change, asked: Sequence[Entry]) -> Line:
    """What was asked for, and by whom."""
    by = change.entries[-1].by if change.batch is None else change.batch.by  # rows are others'
    line: Line = {} if by is None else {"by": by}
    if change.batch is not None and change.batch.kind in IMPORTED:
        rows = sum(row.booked for row in change.batch.sightings)  # the rest only makes room for them
        what = "import" if change.batch.of is None else "import-undone"
        return line | {"what": what, "entries": rows or len(asked)}
    kinds = {entry.kind for entry in asked}
    if kinds and kinds <= REPRICES:
        return line | {"what": "price"}
    if len(kinds) != 1:
        return line | {"what": "change"}
    return line | {"what": WORDS[kinds.pop()], "connects": _sum(asked), "entries": len(asked)} | _details(before, asked)


def _details(before: Snapshot, asked: Sequence[Entry]) -> Line:
    """What the entries were about, as far as they have it in common."""
    first = asked[0]
    details: Line = {"of": first.of} if first.of is not None and len(asked) == 1 else {}
    if first.kind is Kind.GRANT and (source := source_of(first.counterpart)) is not None:
        details["source"] = source.value
    meant = [(None if entry.of is None else before.find(entry.of)) or entry for entry in asked]
    subjects = {(entry.memo, entry.job) for entry in meant}
    if len(subjects) == 1:
        ((title, job),) = subjects
        details |= {"title": title[:LONGEST_TITLE], "job": job}
    return details | (_purpose(asked) if first.kind is Kind.SPEND and len(subjects) == 1 else {})


def _purpose(spends: Sequence[Entry]) -> Line:
    """What was bought for Connects: a proposal, with its boost, or something else; nothing if it is several things."""
    boosts = [entry for entry in spends if entry.counterpart == expense_on(Purpose.BOOST)]
    others = {entry.counterpart for entry in spends} - {expense_on(Purpose.BOOST)}
    if boosts and others == {expense_on(Purpose.PROPOSAL)}:
        return {"purpose": Purpose.PROPOSAL.value, "boost": -_sum(boosts)}
    found = {entry.counterpart for entry in spends}
    return {"purpose": found.pop().partition(":")[2]} if len(found) == 1 else {}


def _sum(entries: Iterable[Entry]) -> int:
    return sum(entry.delta for entry in entries)
