"""Every chat platform of the bot. A new one is a folder in `bot/platforms` and a registration in `PLATFORMS`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

SECOND: Final = timedelta(seconds=1)


class Limit(NamedTuple):
    """At most so many messages in any span, which includes its beginning and excludes its end."""

    most: int
    span: timedelta


class Limits(NamedTuple):
    """What a platform accepts: overall, in each chat, and in each group (None: a group is like any chat).

    `openings` is how many private chats may be opened, where that takes a call of its own (None: as many as messages).
    """

    overall: Limit
    chat: Limit
    group: Limit | None = None
    openings: Limit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformRegistration:
    """All that the rest of the bot knows of a platform. It runs when the setting `token_setting` holds a token."""

    name: str
    """The platform's part of identities, as in `telegram:42`."""
    token_setting: str
    """The field of `Settings` that holds the token."""
    token_shape: str
    """A regular expression for a token. The only colons in it stand for themselves."""
    token_hint: str
    """What `connects doctor` says about a token of another shape."""
    loader: str
    """`module:class` of the platform. It is imported when the platform starts, because its library is slow to import.

    The class is called with settings, desk and store.
    """
    limits: Limits
    largest_file: int
    """How many bytes a file may have that the bot sends."""
    numeric_users: bool
    """Whether the platform knows its users by a number."""
    loggers: tuple[str, ...]
    """The loggers of its libraries, of which only warnings are logged."""
    place_url: str
    """The address of a part of a group, made of the ids of both."""
    inviter: str = ""
    """`module:function` that makes of a token the address to invite the bot with (empty: none is needed)."""
    openings_setting: str = ""
    """The field of `Settings` that says how many private chats may be opened in the span of that limit."""


# Where a platform documents no limits: slow enough for most.
USUAL: Final = Limits(Limit(50, SECOND), Limit(5, 5 * SECOND))

TELEGRAM: Final = PlatformRegistration(
    name="telegram",
    token_setting="telegram_token",
    token_shape=r"(?<!\d)\d{5,}:[A-Za-z0-9_-]{30,}",
    token_hint="it should be 123456789:, followed by 35 letters, digits, _ and -; copy it again from @BotFather",
    loader="bot.platforms.telegram:TelegramPlatform",
    limits=Limits(Limit(30, SECOND), Limit(1, SECOND), Limit(20, 60 * SECOND)),
    largest_file=50_000_000,
    numeric_users=True,
    loggers=("telegram", "httpx", "httpcore", "tornado"),  # httpx logs addresses, and they contain the token
    place_url="https://t.me/c/{chat}/{place}",
)
DISCORD: Final = PlatformRegistration(
    name="discord",
    token_setting="discord_token",
    token_shape=r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{5,8}\.[A-Za-z0-9_-]{25,}",
    token_hint="it should have three parts with dots between them; "
    "copy it again from the Developer Portal: Bot, Reset Token",
    loader="bot.platforms.discord:DiscordPlatform",
    limits=USUAL._replace(openings=Limit(5, 60 * SECOND)),
    # The documented default has been 25, 10 and since September 2026 20 MiB; what is refused would be lost.
    largest_file=10 * 1024 * 1024,
    inviter="bot.platforms.discord.invite:invite_link_of",
    openings_setting="discord_dm_openings",
    numeric_users=True,
    loggers=("discord", "aiohttp"),
    place_url="https://discord.com/channels/{chat}/{place}",
)

PLATFORMS: Final[Mapping[str, PlatformRegistration]] = {platform.name: platform for platform in (TELEGRAM, DISCORD)}
CONSOLE: Final = "console"  # not registered: it has no token, and `main.converse` opens it on a terminal
PLATFORM_NAMES: Final = (*PLATFORMS, CONSOLE)


def limits_of(platform: str) -> Limits:
    """The limits of a platform; the usual ones for the console."""
    return PLATFORMS[platform].limits if platform in PLATFORMS else USUAL


def largest_file(platform: str) -> int | None:
    """How many bytes a file may have on a platform; None if any number."""
    return PLATFORMS[platform].largest_file if platform in PLATFORMS else None


def place_link(platform: str, chat: str, place: str) -> str:
    """The address under which people open a part of a group; empty if there is none.

    Only supergroups of Telegram have parts, and their addresses leave out the -100 with which their ids begin.
    """
    if platform not in PLATFORMS or not place:
        return ""
    return PLATFORMS[platform].place_url.format(chat=chat.removeprefix("-100"), place=place)


def least_time(platform: str, messages: int) -> timedelta:
    """The shortest time in which a platform accepts so many messages."""
    most, span = limits_of(platform).overall
    return span * (messages / most)
