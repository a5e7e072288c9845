"""The alert that a limit is nearly used up, or passed."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from bot.reply.parts import Button, Reply, buttons, reply, say
from core.alerts.types.limit import OVER
from core.shared.calendar import day_in
from core.shared.ids import PersonId
from core.shared.names import SOMEONE
from core.wallets.team import Act

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.views.showing import Showing
    from core.delivery.notice import Notice
    from core.wallets.ports import Directory

ALLOW: Final = "allow"
"""The command by which an owner allows more this once; its button may stand in another chat than the group's."""
LIMITS: Final = Button(say("button-limits"), "limit")


def limit(notice: Notice, showing: Showing) -> Reply:
    """Whose limit it is, how it stands, and that it was sent already if it was booked although the limit blocks."""
    facts = notice.facts
    shown: dict[str, Any] = {
        "who": "one" if facts["person"] else "you" if showing.private else "all",
        "name": facts.get("name", SOMEONE),
        "then": say("then-past", period=facts["period"], day=_day(facts)),
        "percent": facts["percent"],
        "spent": facts.get("spent", 0),
        "amount": facts.get("amount", 0),
        "unit": "money" if facts["currency"] else "boosts" if facts["boosts"] else "connects",
    }
    over = facts["mark"] == OVER
    told = over and facts["act"] == Act.BLOCK and facts["by"]
    by = say("alert-limit-sent", name=facts.get("by-name", SOMEONE), number=facts["number"]) if told else None
    return reply(say("alert-limit", mark=facts["mark"], **shown), by, buttons(_allow(facts), LIMITS))


def _allow(facts: Mapping[str, str | int]) -> Button | None:
    """A button that allows what was spent too much, by the day on which the period began; the press decides anew."""
    if facts["mark"] != OVER:
        return None
    whose = f" person={facts['person']}" if facts["person"] else ""
    return Button(say("button-allow"), f"{ALLOW} limit={facts['limit']} since={_day(facts)}{whose}")


def _day(facts: Mapping[str, str | int]) -> date:
    """The day on which the period began, where the wallet is."""
    return date.fromisoformat(str(facts.get("day") or facts["since"])[: len("2026-01-12")])


async def with_names(notice: Notice, people: Directory) -> Notice:
    """The notice with the names of whose limit it is and of whoever caused it, and with the day where the wallet is."""
    if notice.wallet is None:
        return notice
    ids = {name: PersonId(int(notice.facts[name])) for name in ("person", "by")}
    names = await people.names([person for person in ids.values() if person])
    zone = (await people.settings_of(notice.wallet)).zone
    day = day_in(zone, datetime.fromisoformat(str(notice.facts["since"]))).isoformat()
    said = {"name": names.get(ids["person"]), "by-name": names.get(ids["by"]), "day": day}
    return notice._replace(facts={**notice.facts, **{name: found for name, found in said.items() if found}})
