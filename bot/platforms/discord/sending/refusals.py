"""What a refusal by Discord says: of the person, of the place, of the bot, or only of this message."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import structlog

from bot.delivery.carrier import NOT_CONNECTED
from bot.delivery.limits.holds import GrowingHold
from bot.platforms.discord.sending.fail_fast import SHORTLY
from core.delivery.outcome import Failed, Later, PlaceLost, Unreachable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    import discord

    from core.delivery.outcome import Outcome

log = structlog.get_logger()

UNKNOWN_CHANNEL: Final = 10003
NO_ACCESS: Final = 50001
OPENED_TOO_FAST: Final = 40003
TAKEN_FOR_SPAM: Final = 20026
# Closed direct messages, or no server in common; unknown user, invalid recipient.
PERSON_GONE: Final[Mapping[int, str]] = {50007: "blocked", 50278: "blocked", 10013: "deleted", 50033: "deleted"}
# Deleted; no access, no permission; archived, locked.
PLACE_LOST: Final[Mapping[int, str]] = {
    UNKNOWN_CHANNEL: "unknown",
    NO_ACCESS: "rights",
    50013: "rights",
    50083: "closed",
    160005: "closed",
}
# Blocked by the firewall; account not verified; sending, or a feature, switched off for a time.
BOT_BLOCKED: Final = frozenset({40333, 40002, 40004, 40006})
HELD: Final[Mapping[int, Later]] = {
    OPENED_TOO_FAST: Later(timedelta(minutes=10), opening=True),
    TAKEN_FOR_SPAM: Later(timedelta(hours=1), all=True),
}
FIRST_BLOCK: Final = timedelta(minutes=1)
LONGEST_BLOCK: Final = timedelta(hours=1)


def is_page(error: discord.HTTPException) -> bool:
    """Whether this is no answer of Discord's API, but a page of what stands in front of it."""
    return error.response.headers.get("Content-Type", "").partition(";")[0] != "application/json"


def speaks_of_the_bot(error: discord.HTTPException) -> bool:
    """Whether Discord, or its firewall, refuses the bot itself for a time, whomever it writes to."""
    refused = error.status == HTTPStatus.FORBIDDEN
    return error.code in BOT_BLOCKED or (refused and is_page(error))


def gone(error: discord.HTTPException) -> str:
    """Why the person can no longer be written to; empty if the refusal does not say so."""
    return "" if is_page(error) else PERSON_GONE.get(error.code, "")


def refusal(error: discord.HTTPException) -> str:
    """Why Discord refused a call, by its error code."""
    return f"refused with {error.code}"


class Refusals:
    """Turns refusals into outcomes, and remembers for how long the bot itself has been refused."""

    def __init__(self) -> None:
        """Start with a bot that is welcome."""
        self._blocked = GrowingHold(FIRST_BLOCK, LONGEST_BLOCK)

    def outcome(self, error: discord.HTTPException, *, direct: bool, began: datetime, now: datetime) -> Outcome:
        """The outcome of a message, sent at `began`, to a person (`direct`) or to a place of a server."""
        if error.status == HTTPStatus.UNAUTHORIZED:
            return NOT_CONNECTED
        if speaks_of_the_bot(error):
            wait = self._blocked.refused(began, now)
            log.error("bot_refused", platform="discord", status=error.status, code=error.code, wait=str(wait))
            return Later(wait, all=True, fault=True)
        if error.code in HELD:
            log.warning("held", platform="discord", code=error.code)
            return HELD[error.code]
        if is_page(error) and error.status != HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return SHORTLY
        return _of_a_person(error) if direct else _of_a_place(error)

    def welcome(self, began: datetime) -> None:
        """Note that Discord took a message that was sent at `began`."""
        self._blocked.succeeded(began)


def _of_a_person(error: discord.HTTPException) -> Outcome:
    if error.code in PERSON_GONE:
        return Unreachable(PERSON_GONE[error.code])
    if error.code == UNKNOWN_CHANNEL:
        return SHORTLY  # it will be opened again
    return _failed(error)


def _of_a_place(error: discord.HTTPException) -> Outcome:
    return PlaceLost(PLACE_LOST[error.code]) if error.code in PLACE_LOST else _failed(error)


def _failed(error: discord.HTTPException) -> Failed:
    """A refusal that speaks of nothing but this message, so far as anybody knows."""
    log.error("refused", platform="discord", status=error.status, code=error.code)
    return Failed(refusal(error))
