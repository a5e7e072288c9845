"""Autocomplete: what is suggested while an option is being typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from discord import app_commands

from bot.platforms.discord.commands import INTEGER, MOST_CHOICES
from bot.platforms.discord.incoming import being_typed
from bot.platforms.discord.markup import shorten
from bot.platforms.discord.sending import acknowledge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.desk import Desk
    from bot.incoming import Incoming
    from bot.platforms.discord.incoming import Interaction

LONGEST: Final = 100
Offer = app_commands.Choice[str | int | float]


async def suggest(interaction: Interaction, incoming: Incoming, desk: Desk) -> None:
    """Answer with what the desk suggests."""
    typed = being_typed(interaction)
    found = await desk.suggest(incoming, typed.command, typed.option, typed.words)
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
