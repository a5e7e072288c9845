"""Autocomplete: suggestions while an option is being typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import structlog
from discord import app_commands

from bot.platforms.discord.commands import INTEGER, MOST_CHOICES
from bot.platforms.discord.drawing.markup import shorten
from bot.platforms.discord.events.incoming import being_typed
from bot.platforms.discord.sending.calls import about, acknowledge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.command.incoming import Incoming
    from bot.dispatch.desk import Desk
    from bot.platforms.discord.events.incoming import Interaction

log = structlog.get_logger()

LONGEST: Final = 100
Suggestion = app_commands.Choice[str | int | float]


async def suggest(interaction: Interaction, incoming: Incoming, desk: Desk) -> None:
    """Respond with the desk's suggestions, or with none if that fails: the person can type on."""
    typed = being_typed(interaction)
    try:
        found = await desk.suggest(incoming, typed.command, typed.option, typed.words)
    except Exception as error:  # noqa: BLE001 - an error must not get in the way of typing
        log.error("fault", platform="discord", handler="suggest", **about(error))  # noqa: TRY400 - its text is private
        found = ()
    suggestions = suggestions_in(found, whole=typed.kind == INTEGER)
    await acknowledge(lambda: interaction.response.autocomplete(suggestions))


def suggestions_in(found: Iterable[tuple[str, str]], *, whole: bool) -> list[Suggestion]:
    """Suggestions within Discord's limits. A longer title is cut: it can be neither shown nor sent in full."""
    suggestions: list[Suggestion] = [
        app_commands.Choice(name=shorten(label, LONGEST), value=int(words) if whole else words[:LONGEST].rstrip())
        for label, words in found
        if label.strip() and words.strip()
    ]
    return suggestions[:MOST_CHOICES]
