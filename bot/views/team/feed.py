"""The feed of a group: one line for each change of the books, without money, and nobody is pinged."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Final

from bot.options.choice import choice
from bot.reply.parts import reply, say
from bot.views.entries import linked, signed
from core.alerts.catalogue import wanted
from core.alerts.feed import EXPIRED, target_of
from core.alerts.types.expiring import EXPIRED as EXPIRED_ALERT
from core.delivery.gathering import in_lines, lines_in
from core.ledger.model import Purpose
from core.shared.ids import PersonId
from core.shared.names import SOMEONE
from core.wallets.settings import Where

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.reply.parts import Fact, Reply, Say
    from bot.views.showing import Showing
    from core.delivery.notice import Delivery, Notice, Target
    from core.shared.ids import WalletId
    from core.store import Store
    from core.wallets.settings import Settings
    from core.wallets.team import Feed

    Facts = Mapping[str, str | int]
    Line = Facts

WORD_JOINER: Final = "\u2060"
NAME: Final = "name"
"""The fact of a line that says who it was. It is found when the line is sent, and not kept."""


async def feed_now(
    delivery: Delivery, wallet: WalletId, store: Store, settings: Settings, now: datetime
) -> Notice | None:
    """The notice with the names of those who did it; None if the feed is off or goes elsewhere by now.

    What an alert in the same place says is left out.
    """
    if settings.team.feed is None or not await _is_there(store, settings.team.feed, delivery.target):
        return None
    told = wanted(settings, EXPIRED_ALERT.code, now) and await _alerts_there(store, wallet, settings, delivery.target)
    lines = [line for line in lines_in(delivery.notice.facts) if not (told and line["what"] == EXPIRED)]
    return delivery.notice._replace(facts=await with_names(lines, store)) if lines else None


async def _is_there(store: Store, feed: Feed, target: Target) -> bool:
    """Whether lines for a target still belong there. A chat that has got a new id meanwhile is not known any more."""
    there = target_of(feed)
    moved = there._replace(chat=target.chat) == target and await store.people.chat(target.ref) is None
    return moved or there == target


async def with_names(lines: Sequence[Line], store: Store) -> Facts:
    """Facts with these lines, and with the name of each person in them."""
    names = await store.people.names({PersonId(int(line["by"])) for line in lines if "by" in line})
    return in_lines(
        [{**line, NAME: names.get(PersonId(int(line["by"])), SOMEONE)} if "by" in line else line for line in lines]
    )


async def _alerts_there(store: Store, wallet: WalletId, settings: Settings, there: Target) -> bool:
    """Whether the group's alerts go to this place."""
    alerts, group = settings.alerts, await store.people.group_of(wallet)
    here = group == there.ref and (alerts.place or "") == there.place
    return here and (alerts.where is not Where.PRIVATE or alerts.person is None)


def feed(notice: Notice, _showing: Showing) -> Reply:
    """A line for each change, one below the other."""
    first, *others = map(_said, lines_in(notice.facts))
    return reply(reduce(lambda some, more: say("feed-lines", some=some, more=more), others, first))


def feed_lost(notice: Notice, _showing: Showing) -> Reply:
    """The feed is switched off, because its place is lost."""
    return reply(say("alert-feed-lost", why=say(f"place-why-{notice.facts['why']}")))


def _said(line: Line) -> Say:
    word = str(line["what"])
    facts = _facts(line)
    match word:
        case "spend" if line.get("purpose") == Purpose.PROPOSAL:
            return say("feed-bid-boosted" if "boost" in line else "feed-bid", **facts)
        case "spend" if "purpose" not in line:
            return say("feed-spends", **facts)
        case "undo" if "of" not in line:
            return say("feed-undo-several", **facts)
        case _:
            return say(f"feed-{word}", **facts)


def _facts(line: Line) -> dict[str, Fact]:
    connects, title = int(line.get("connects", 0)), _harmless(str(line.get("title", "")))
    kind = line.get("purpose") or line.get("source")
    return {
        "who": _harmless(str(line.get(NAME, ""))) or say("feed-nobody"),
        "connects": say("connects", connects=abs(connects)),
        "delta": signed(connects),
        "on": say("feed-on", title=linked(title, str(line.get("job", "")))) if title else "",
        "what": choice(str(kind)) if kind else say("choice-other"),
        "boost": line.get("boost", 0),
        "entries": line.get("entries", 0),
        "of": line.get("of", 0),
        "left": line["balance"],
    }


def _harmless(text: str) -> str:
    """A text that notifies nobody: Telegram would read "@name" as a mention, whoever wrote it."""
    return text.replace("@", f"@{WORD_JOINER}")
