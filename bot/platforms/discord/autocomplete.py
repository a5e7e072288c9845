"""Autocomplete: what is suggested while an option is being typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import structlog
from discord import app_commands

from bot.platforms.discord.commands import INTEGER, MOST_CHOICES
from bot.platforms.discord.incoming import being_typed
from bot.platforms.discord.markup import shorten
from bot.platforms.discord.sending import about, acknowledge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.command.incoming import Incoming
    from bot.dispatch.desk import Desk
    from bot.platforms.discord.incoming import Interaction

log = structlog.get_logger()

LONGEST: Final = 100
Offer = app_commands.Choice[str | int | float]


async def suggest(interaction: Interaction, incoming: Incoming, desk: Desk) -> None:
    """Answer with what the desk suggests; where it fails, with nothing: the person types on."""
    typed = being_typed(interaction)
    try:
        found = await desk.suggest(incoming, typed.command, typed.option, typed.words)
    except Exception as error:  # noqa: BLE001 - a fault must not stand in the way of typing
        log.error("fault", platform="discord", handler="suggest", **about(error))  # noqa: TRY400 - its text is private
        found = ()
    offers = offered(found, whole=typed.kind == INTEGER)
    await acknowledge(lambda: interaction.response.autocomplete(offers))


def offered(found: Iterable[tuple[str, str]], *, whole: bool) -> list[Offer]:
    """Suggestions within Discord's bounds. A longer title is cut, for here it can neither be shown nor sent in full."""
    offers: list[Offer] = [
        app_commands.Choice(name=shorten(label, LONGEST), value=int(words) if whole else words[:LONGEST].rstrip())
        for label, words in found
        if label.strip() and words.strip()
    ]
    return offers[:MOST_CHOICES]
