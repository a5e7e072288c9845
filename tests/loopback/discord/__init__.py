"""A loopback Discord: REST v10 and gateway v10, for end-to-end tests with the real discord.py.

    async with DiscordServer() as server:                # discord.py of this process now talks to it
        ann = server.person("Ann", locale="de")
        guild = server.guild("Agency", owner=ann)            # server.elsewhere("Other") has no bot in it
        chat = guild.channel("general")                  # ann.dm: her direct messages with the bot
        ...start the bot with server.token...
        await server.commands_registered()
        answer = await (await ann.slash(chat, "spend", connects=16, title="Logo")).answer()
        assert "16" in answer.text and answer.labels == ["Undo"]
        await (await ann.press(answer, "Undo")).answer()
        assert not server.pinging()

What Discord refuses is refused, in Discord's words; what no person could do raises ImpossibleError in the test.
Time stands still unless the test moves it (`server.manual_clock.advance(3.1)`) or gives `clock=SystemClock()`.
`server.faults` scripts failures, `server.limits.enforce()` switches rate limits on, `server.gateway` counts and breaks
connections, `server.requests` is the log of all calls. All waiting is on events; a timeout is a failure.
"""

from __future__ import annotations

from tests.loopback.discord.clock import ManualClock, SystemClock
from tests.loopback.discord.faults import CALLBACK, POST_MESSAGE
from tests.loopback.discord.interactions import Interaction
from tests.loopback.discord.mentions import Pings
from tests.loopback.discord.people import Person
from tests.loopback.discord.permissions import (
    ADMINISTRATOR,
    ATTACH_FILES,
    EMBED_LINKS,
    MANAGE_GUILD,
    MANAGE_THREADS,
    SEND_MESSAGES,
    SEND_MESSAGES_IN_THREADS,
    VIEW_CHANNEL,
)
from tests.loopback.discord.pulse import NothingHappenedError
from tests.loopback.discord.server import DiscordServer
from tests.loopback.discord.shown import Button, Choice, Modal, Shown
from tests.loopback.discord.wishes import ImpossibleError
from tests.loopback.discord.world import ANNOUNCEMENTS, Chat, Guild, Role

__all__ = [
    "ADMINISTRATOR",
    "ANNOUNCEMENTS",
    "ATTACH_FILES",
    "CALLBACK",
    "EMBED_LINKS",
    "MANAGE_GUILD",
    "MANAGE_THREADS",
    "POST_MESSAGE",
    "SEND_MESSAGES",
    "SEND_MESSAGES_IN_THREADS",
    "VIEW_CHANNEL",
    "Button",
    "Chat",
    "Choice",
    "DiscordServer",
    "Guild",
    "ImpossibleError",
    "Interaction",
    "ManualClock",
    "Modal",
    "NothingHappenedError",
    "Person",
    "Pings",
    "Role",
    "Shown",
    "SystemClock",
]
