"""A Telegram Bot API on this machine, for tests with the real client library.

    async with TelegramServer(clock=TestClock()) as server:
        bot = Bot(server.token, base_url=server.base_url, base_file_url=server.base_file_url)
        ann = server.user("Ann", language_code="en")
        team = server.group("Team", admins=[ann])
        await ann.say("/start")                      # an update for the bot
        reply = await ann.private.next_message()     # waits for what the bot sends
        press = await ann.press(reply, "Yes")
        await press.answered()

It is as strict as the service where that is known: texts, markup, buttons, menus, who may be written to, what a bot
sees in a group (privacy is on), polls that exclude each other. Markdown is not spoken here, and links in plain text are
not marked. `server.faults` scripts what goes wrong, `server.limits.enforce()` switches the flood limits on, and
`server.log` keeps every request. Nothing sleeps: whoever waits is woken by what happens.
"""

from tests.loopback.telegram.chats import Chat
from tests.loopback.telegram.faults import Fault
from tests.loopback.telegram.keyboards import Button
from tests.loopback.telegram.messages import Answer, Content, File, ImpossibleError, Message, Press
from tests.loopback.telegram.people import Person
from tests.loopback.telegram.pulse import NothingHappenedError
from tests.loopback.telegram.server import TOKEN, TelegramServer
from tests.loopback.telegram.state import Call

__all__ = [
    "TOKEN",
    "Answer",
    "Button",
    "Call",
    "Chat",
    "Content",
    "Fault",
    "File",
    "ImpossibleError",
    "Message",
    "NothingHappenedError",
    "Person",
    "Press",
    "TelegramServer",
]
