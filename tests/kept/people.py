"""Who does what in the story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.wallets.people import Identity
from tests.bot.stages.desk import DeskPlayer

if TYPE_CHECKING:
    from tests.bot.stage import Bot

PLAYERS: Final = {
    "boss": ("telegram", "1", ""),
    "Ann": ("telegram", "1001", ""),
    "Bob": ("discord", "2002", ""),
    "Cleo": ("console", "cleo", ""),
    "Dora": ("console", "dora", ""),
    "Lea": ("telegram", "1003", ""),
    "Lea in Team": ("telegram", "1003", "Team"),
    "Ann in Team": ("telegram", "1001", "Team"),
    "Fay": ("telegram", "1006", ""),
    "Gus": ("discord", "2004", ""),
    "Gus in Guild": ("discord", "2004", "Guild"),
    "Dora in #den": ("console", "dora", "#den"),
}
ADMINS: Final = ("Lea in Team", "Gus in Guild")


def players(bot: Bot) -> dict[str, DeskPlayer]:
    """The people of the story, each in a chat of a platform."""
    return {
        who: DeskPlayer(
            bot,
            who.partition(" ")[0],
            group,
            admin=who in ADMINS,
            seat=Identity(platform, user),
            place="7" if group == "Team" else "",
        )
        for who, (platform, user, group) in PLAYERS.items()
    }
