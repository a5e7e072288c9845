"""What somebody says to a question about a proposal, if there is no news of it yet."""

from __future__ import annotations

import re
from typing import Annotated, Final

from bot.command.declaration import Call, UnfitError, command
from bot.options.text import Text
from bot.reply.parts import Button, Reply, buttons, reply, say
from core.alerts.waiting import ASKED_AGAIN_AFTER, AskedAbout
from core.shared.calendar import day_in

REF: Final = re.compile(r"#?\s*(\d{1,9}(?:-\d{1,5})?)")
"""A proposal by the number of an entry of it, or by an import and its line."""


@command("waiting", hidden=True)
async def waiting(call: Call, of: Annotated[str, Text()]) -> Reply:
    """Nothing has come of a proposal yet: it is asked about again later."""
    found = REF.fullmatch(of.strip())
    if found is None:
        raise UnfitError(say("unfit-waiting", words=of[:40]))
    today = day_in(call.open_wallet.settings.zone, call.at)
    await AskedAbout(call.store.notes, call.open_wallet.id).note(found[1], today, call.at)
    stop = Button(say("button-no-stale"), "alerts stale=off")
    return reply(say("waiting-noted", days=ASKED_AGAIN_AFTER.days), buttons(stop))
