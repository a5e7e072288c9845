"""Time zones."""

from __future__ import annotations

from dataclasses import dataclass

from typing_extensions import override

from bot.command.declaration import Kind, UnfitError
from bot.options.zones import zone_of
from bot.reply.parts import say


@dataclass(frozen=True, slots=True)
class Zone(Kind):
    """A time zone by its name, a city of it, or its distance from UTC: "Europe/Kyiv", "new york", "UTC+3"."""

    @override
    def read(self, words: str) -> str:
        zone = zone_of(words)
        if zone is None:
            raise UnfitError(say("unfit-zone", words=words[:40]))
        return zone

    @override
    def find(self, tokens: list[str]) -> slice | None:
        spans = (slice(0, count) for count in (3, 2, 1) if count <= len(tokens))
        return next((span for span in spans if zone_of(" ".join(tokens[span]))), None)
