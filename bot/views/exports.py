"""CSV files that are safe to open in a spreadsheet: the journal, deliveries and claims."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from babel.numbers import get_currency_precision

from core.ledger.model import Purpose, expense_on
from core.ledger.queries import cost_states
from core.wallets.people import ChatRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from core.announcements.model import Course
    from core.delivery.notice import Target
    from core.delivery.state import State
    from core.ledger.model import Entry
    from core.ledger.sightings import Sighting
    from core.promotions.model import Claim, Moment
    from core.shared.ids import PersonId
    from core.shared.money import CostState, Price

HEADER: Final = (
    "number", "at", "kind", "purpose", "account", "lot", "connects", "net", "tax", "currency",
    "title", "job", "of", "by", "by_name", "balance_after", "cost", "happened",
    "happened_at", "member",
)  # fmt: skip
PURPOSES: Final = {expense_on(purpose): purpose.value for purpose in Purpose}
NOBODY: Final[Mapping[PersonId, str]] = MappingProxyType({})
UNSEEN: Final[Mapping[int, Sequence[Sighting]]] = MappingProxyType({})
FORMULA: Final = re.compile(
    "(^|[;\t\r\n])(\\s*)(?=[=+\\-@|%\uff1d\uff0b\uff0d\uff20\uff5c\uff05\ufe66\ufe62\ufe63\ufe6b\ufe6a])|^(?=[\t\r\n])"
)
"""Where a formula may begin: at the start of a cell, and after the separator of another spreadsheet's lists."""


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
    return _csv(HEADER, (line for entry in entries for line in _lines(entry, ZoneInfo(zone), names, states, seen)))


def deliveries_csv(course: Course, titles: Mapping[tuple[str, str], str]) -> bytes:
    """The state of each delivery of an announcement; `titles` of chats are by platform and chat id."""
    rows = (
        (to.platform, harmless(to.chat), harmless(titles.get((to.platform, to.chat), "")), state.value, harmless(why))
        for to, state, why in course.deliveries
    )
    return _csv(("platform", "chat", "title", "state", "why"), rows)


def claims_csv(
    claims: Iterable[Claim], zone: str, names: Mapping[PersonId, str], titles: Mapping[tuple[str, str], str]
) -> bytes:
    """The claims on a promotion, a row for each; the chat is only named if it is a group."""
    rows = (
        (
            one.number, harmless(names.get(one.person, "")), one.state.value,
            one.at.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds"), *_group(one.chat, titles),
        )
        for one in claims
    )  # fmt: skip
    return _csv(("number", "name", "state", "at", "platform", "chat", "title"), rows)


def _group(chat: ChatRef | None, titles: Mapping[tuple[str, str], str]) -> tuple[str, str, str]:
    if chat is None:
        return "", "", ""
    return chat.platform, harmless(chat.id), harmless(titles.get((chat.platform, chat.id), ""))


def announcements_csv(
    course: Iterable[tuple[Moment, Target, State, str]], titles: Mapping[tuple[str, str], str]
) -> bytes:
    """The state of each notice about a promotion in each chat."""
    rows = (
        (moment.value, *_group(ChatRef(to.platform, to.chat), titles), state.value, harmless(why))
        for moment, to, state, why in course
    )
    return _csv(("moment", "platform", "chat", "title", "state", "why"), rows)


def _csv(header: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """UTF-8 with a byte order mark, without which spreadsheets guess another encoding."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)  # a semicolon separates as well, on some machines
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _lines(
    entry: Entry,
    zone: ZoneInfo,
    names: Mapping[PersonId, str],
    states: Mapping[int, CostState],
    seen: Mapping[int, Sequence[Sighting]],
) -> Iterator[tuple[object, ...]]:
    at = entry.at.astimezone(zone).isoformat(timespec="seconds")
    happened = "" if entry.happened is None else entry.happened.astimezone(zone).date().isoformat()
    name = "" if entry.by is None else harmless(names.get(entry.by, ""))
    rows = seen.get(entry.number, ())[::-1]  # the latest has learnt the most
    job = entry.job or next((row.job for row in rows if row.job), "")
    second = next((row.at.astimezone(zone).isoformat(timespec="seconds") for row in rows if row.at), "")
    member = harmless(next((row.member for row in rows if row.member), ""))
    for leg in entry.postings:
        yield (
            entry.number, at, entry.kind.value, PURPOSES.get(entry.counterpart), leg.account, leg.lot, leg.connects,
            *_money(leg.price), harmless(entry.memo), job, entry.of, entry.by, name, entry.balance,
            states[leg.lot].value, happened, second, member,
        )  # fmt: skip


def _money(price: Price | None) -> tuple[object, object, str]:
    """Net price, tax and currency; the amounts have as many decimals as the currency."""
    if price is None or not price.known:
        return "", "", ""
    digits = get_currency_precision(price.currency)
    return Decimal(price.net).scaleb(-digits), Decimal(price.tax).scaleb(-digits), price.currency


def harmless(text: str) -> str:
    """Text with an apostrophe before anything that a spreadsheet would run as a formula (OWASP, CSV injection).

    Where lists are separated by semicolons, a spreadsheet splits a cell at them although it is quoted, so what comes
    after one counts as well. So do full-width and small signs, which some programs read as the usual ones.
    """
    return FORMULA.sub(r"\1\2'", text)
