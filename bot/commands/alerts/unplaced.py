"""Asks the admins of a group where its alerts shall go, if nobody has chosen that or the place is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.command.declaration import Call, command
from bot.commands.alerts.places import named
from bot.reply.parts import Button, Buttons, Reply, reply, say
from core.wallets.settings import Where

if TYPE_CHECKING:
    from core.wallets.settings import Loss

LATER: Final = timedelta(days=30)
"""How long somebody who does not want to choose now is not asked again."""


async def unplaced(call: Call) -> tuple[str, Reply] | None:
    """What to ask beside an answer, and on which occasion: for a lost place once, for one never chosen once a day."""
    if not call.group or call.wallet is None or call.joined:  # the alerts of joined groups come to the first one
        return None
    alerts = (await call.store.people.settings_of(call.wallet.id)).alerts
    if alerts.where is Where.PRIVATE:
        return None
    if alerts.place is not None:
        return None if alerts.lost is None or alerts.lost.told else _lost(call, alerts.place, alerts.lost)
    if not call.place or await call.store.notes.note(_later(call), call.at) is not None:
        return None
    asked = say("place-ask", platform=call.chat.platform, place=named(call, call.place))
    later = (Button(say("button-not-now"), "place_later"),)
    return f"none-{call.at:%Y%m%d}", reply(asked, Buttons((_choices(), later)))


def _lost(call: Call, place: str, lost: Loss) -> tuple[str, Reply]:
    sentence = say("place-ask-lost", place=named(call, place, lost=lost.why), why=say(f"place-why-{lost.why}"))
    return f"lost-{lost.at:%Y%m%d%H%M%S}", reply(sentence, Buttons((_choices(),)))


def _choices() -> tuple[Button, ...]:
    return Button(say("button-alerts-here"), "alerts here"), Button(say("button-other-place"), "alerts place=?")


@command("place_later", hidden=True)
async def place_later(call: Call) -> Reply:
    """Let the question where alerts go rest for a while."""
    await call.store.notes.put_note(_later(call), "", call.at + LATER)
    return reply(say("place-later", days=LATER.days))


def _later(call: Call) -> str:
    return f"place-later:{call.chat}"
