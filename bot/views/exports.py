"""CSV files that are safe to open in a spreadsheet: the journal, deliveries and claims."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.documents.cells import csv_of, moment, money, whole, written
from core.ledger.model import Purpose, expense_on
from core.ledger.queries import cost_states
from core.shared.calendar import tzinfo_of
from core.wallets.people import ChatRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import tzinfo

    from core.announcements.model import Course
    from core.delivery.notice import Target
    from core.delivery.state import State
    from core.ledger.model import Entry
    from core.ledger.sightings import Sighting
    from core.promotions.model import Claim, Moment
    from core.shared.ids import PersonId
    from core.shared.money import CostState

HEADER: Final = (
    "number", "at", "kind", "purpose", "account", "lot", "connects", "net", "tax", "currency",
    "title", "job", "of", "by", "by_name", "balance_after", "cost", "happened",
    "happened_at", "member",
)  # fmt: skip
PURPOSES: Final = {expense_on(purpose): purpose.value for purpose in Purpose}
NOBODY: Final[Mapping[PersonId, str]] = MappingProxyType({})
UNSEEN: Final[Mapping[int, Sequence[Sighting]]] = MappingProxyType({})


def journal_csv(
    entries: Sequence[Entry],
    zone: str,
    names: Mapping[PersonId, str] = NOBODY,
    seen: Mapping[int, Sequence[Sighting]] = UNSEEN,
) -> bytes:
    """The whole journal, a row for each posting: times in the wallet's zone, money as a decimal number.

    `names` are the people to name as authors. `cost` says whether the Connects were free or paid for, or whether their
    cost is unknown, and `happened` on which day something happened that was booked later. `seen` is what imports saw of
    each entry. From it come a job that was learnt later, the second (`happened_at`), and whom Upwork names (`member`).
    """
    states = cost_states(entries)
    return csv_of(HEADER, (line for entry in entries for line in _lines(entry, tzinfo_of(zone), names, states, seen)))


def deliveries_csv(course: Course, titles: Mapping[tuple[str, str], str]) -> bytes:
    """The state of each delivery of an announcement; `titles` of chats are by platform and chat id."""
    rows = (
        (to.platform, whole(to.chat), written(titles.get((to.platform, to.chat), "")), state.value, written(why))
        for to, state, why in course.deliveries
    )
    return csv_of(("platform", "chat", "title", "state", "why"), rows)


def claims_csv(
    claims: Iterable[Claim], zone: str, names: Mapping[PersonId, str], titles: Mapping[tuple[str, str], str]
) -> bytes:
    """The claims on a promotion, a row for each; the chat is only named if it is a group."""
    at_home = tzinfo_of(zone)
    rows = (
        (
            one.number, written(names.get(one.person, "")), one.state.value, moment(one.at, at_home),
            *_group(one.chat, titles),
        )
        for one in claims
    )  # fmt: skip
    return csv_of(("number", "name", "state", "at", "platform", "chat", "title"), rows)


def _group(chat: ChatRef | None, titles: Mapping[tuple[str, str], str]) -> tuple[str, str, str]:
    if chat is None:
        return "", "", ""
    return chat.platform, whole(chat.id), written(titles.get((chat.platform, chat.id), ""))


def announcements_csv(
    course: Iterable[tuple[Moment, Target, State, str]], titles: Mapping[tuple[str, str], str]
) -> bytes:
    """The state of each notice about a promotion in each chat."""
    rows = (
        (about.value, *_group(ChatRef(to.platform, to.chat), titles), state.value, written(why))
        for about, to, state, why in course
    )
    return csv_of(("moment", "platform", "chat", "title", "state", "why"), rows)


def _lines(
    entry: Entry,
    zone: tzinfo,
    names: Mapping[PersonId, str],
    states: Mapping[int, CostState],
    seen: Mapping[int, Sequence[Sighting]],
) -> Iterator[tuple[object, ...]]:
    at = moment(entry.at, zone)
    happened = "" if entry.happened is None else entry.happened.astimezone(zone).date().isoformat()
    name = "" if entry.by is None else written(names.get(entry.by, ""))
    rows = seen.get(entry.number, ())[::-1]  # the latest has learnt the most
    job = entry.job or next((row.job for row in rows if row.job), "")
    second = next((moment(row.at, zone) for row in rows if row.at), "")
    member = written(next((row.member for row in rows if row.member), ""))
    for leg in entry.postings:
        yield (
            entry.number, at, entry.kind.value, PURPOSES.get(entry.counterpart), leg.account, leg.lot, leg.connects,
            *money(leg.price), written(entry.memo), job, entry.of, entry.by, name, entry.balance,
            states[leg.lot].value, happened, second, member,
        )  # fmt: skip
