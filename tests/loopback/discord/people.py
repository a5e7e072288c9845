"""A person at a keyboard: what a test lets people do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.loopback.discord.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, SUBMIT, Interaction
from tests.loopback.discord.messages import ORDINARY, Message, User
from tests.loopback.discord.shown import BUTTON, LABEL, SELECT, Choice, Field, Modal, Shown, show
from tests.loopback.discord.state import guild_field
from tests.loopback.discord.wishes import MESSAGE_MENU, ImpossibleError, Wish, offered_to
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from tests.loopback.discord.state import State
    from tests.loopback.discord.wire import Json
    from tests.loopback.discord.world import Chat

LONGEST_MESSAGE, LONGEST_WITH_NITRO = 2000, 4000
LONG_TEXT = "message.txt"
MOST_FILES, BIGGEST_FILE = 10, 10 * 1024 * 1024


@dataclass(eq=False, kw_only=True)
class Person(User):
    """Every act is checked as Discord's own client would: what is not offered raises ImpossibleError."""

    state: State = field(repr=False)
    nitro: bool = False
    pressed: dict[tuple[int, str], Interaction] = field(default_factory=dict, repr=False)

    @property
    def dm(self) -> Chat:
        """The direct messages between this person and the bot."""
        return self.state.dm(self)

    def menu(self, chat: Chat) -> dict[str, str]:
        """The commands offered in a chat, named and described in this person's language."""
        offered = offered_to(self.state, self, chat)
        return {_local(one, "name", self.locale): _local(one, "description", self.locale) for one in offered}

    async def slash(self, chat: Chat, command: str, /, **values: Any) -> Interaction:
        """Send `/command`, sub-commands after a blank; a user, channel or role is given as the object itself,
        a file as (name, bytes)."""
        data = Wish(self.state, self, self._here(chat), command).filled(values)
        return self._act(COMMAND, chat, data)

    async def autocomplete(
        self, chat: Chat, command: str, /, *, focused: str, patience: float = PATIENCE, **values: Any
    ) -> list[Choice]:
        """What is suggested while the option `focused` is being typed."""
        data = Wish(self.state, self, self._here(chat), command).being_typed(focused, values)
        interaction = self._act(AUTOCOMPLETE, chat, data)
        await interaction.acknowledgement(patience)
        return interaction.choices

    def install(self) -> None:
        """Add the bot to this account, so that its commands go everywhere."""
        if not self.state.user_install:
            raise ImpossibleError("the bot offers no installation for people")
        self.state.installed.add(self.id)

    def message_menu(self, chat: Chat) -> list[str]:
        """The bot's commands in the menu of any message of a chat."""
        return [_local(one, "name", self.locale) for one in offered_to(self.state, self, chat, MESSAGE_MENU)]

    async def apply(self, command: str, shown: Shown) -> Interaction:
        """Choose a command from the menu of a message, whose content then comes with the interaction."""
        message = self._standing(shown)
        chat = self._chat_of(message)
        offered = offered_to(self.state, self, chat, MESSAGE_MENU)
        found = next((one for one in offered if command in {one["name"], _local(one, "name", self.locale)}), None)
        if found is None:
            raise ImpossibleError(f"{command!r} is not in the menu of a message: {self.message_menu(chat)}")
        resolved = {"messages": {str(message.id): message.payload() | guild_field(chat)}}
        named = {"id": found["id"], "name": found["name"], "type": MESSAGE_MENU}
        return self._act(COMMAND, chat, named | {"target_id": str(message.id), "resolved": resolved})

    async def press(self, shown: Shown, label: str, *, repeat: bool = False) -> Interaction:
        """Press a button. With repeat, the last press of it goes out once more, with the same id."""
        message = self._standing(shown)
        button = show(message).button(label)
        if button.disabled or button.custom_id is None:
            raise ImpossibleError(f"the button {label!r} cannot be pressed: {button}")
        key = (message.id, button.custom_id)
        if repeat:
            interaction = self.pressed[key]
            self.state.announce("INTERACTION_CREATE", interaction.event, interaction.chat)
            return interaction
        data = {"custom_id": button.custom_id, "component_type": BUTTON}
        self.pressed[key] = self._act(COMPONENT, self._chat_of(message), data, message)
        return self.pressed[key]

    async def choose(self, shown: Shown, *labels: str) -> Interaction:
        """Pick from the message's select menu."""
        message = self._standing(shown)
        select = next((one for one in show(message).selects if set(labels) <= set(one.options)), None)
        if select is None or not select.least <= len(labels) <= select.most:
            raise ImpossibleError(f"{labels} cannot be chosen from {show(message).selects}")
        values = [select.options[label] for label in labels]
        data = {"custom_id": select.custom_id, "component_type": SELECT, "values": values}
        return self._act(COMPONENT, self._chat_of(message), data, message)

    async def submit(self, modal: Modal | Shown | None, values: dict[str, str] | None = None) -> Interaction:
        """Fill in a modal by labels (or custom ids) and send it; what is not named keeps its prefilled text."""
        opened = modal.modal if isinstance(modal, Shown) else modal
        if opened is None:
            raise ImpossibleError("no modal is open")
        if opened.opened_by.user is not self:
            raise ImpossibleError(f"the modal {opened.title!r} opened for {opened.opened_by.user.name}")
        given = dict(values or {})
        rows = [_row(one, given.pop(one.label, given.pop(one.custom_id, one.value))) for one in opened.fields]
        if given:
            raise ImpossibleError(f"the modal {opened.title!r} has no field {list(given)}")
        data = {"custom_id": opened.custom_id, "components": rows}
        return self._act(SUBMIT, opened.opened_by.chat, data, opened.opened_by.source)

    async def say(self, chat: Chat, text: str, *files: tuple[str, bytes], embeds: tuple[Json, ...] = ()) -> Shown:
        """Type an ordinary message, with files as (name, bytes); `embeds` are Discord's own previews of its links.

        What is too long for a message, the client sends as a file.
        """
        now = self.state.clock.now()
        if len(text) > (LONGEST_WITH_NITRO if self.nitro else LONGEST_MESSAGE):
            text, files = "", ((LONG_TEXT, text.encode()), *files)
        if len(files) > MOST_FILES or any(len(data) > BIGGEST_FILE for _, data in files):
            raise ImpossibleError(f"a message has at most {MOST_FILES} files of {BIGGEST_FILE} bytes each")
        message = Message(self.state.ids.make(), self._here(chat).id, self, now, kind=ORDINARY)
        message.attachments = [self.state.store(name, data) for name, data in files]
        self.state.post(message, {"content": text, "embeds": list(embeds)}, [])
        return show(message)

    async def forward(self, chat: Chat, shown: Shown) -> Shown:
        """Forward a message, which comes as a snapshot in a message that has no words of its own."""
        first, now = self._standing(shown), self.state.clock.now()
        message = Message(self.state.ids.make(), self._here(chat).id, self, now, kind=ORDINARY, forwarded=first)
        self.state.post(message, {}, [])
        return show(message)

    async def edit(self, shown: Shown, text: str) -> None:
        """Change an ordinary message of one's own."""
        message = self._standing(shown)
        if message.author is not self:
            raise ImpossibleError(f"{self.name} can change only what {self.name} has written")
        self.state.edit(message, {"content": text}, [])

    def _act(self, kind: int, chat: Chat, data: Json, source: Message | None = None) -> Interaction:
        interaction = Interaction(self.state, kind, self, chat, source)
        interaction.deliver(data)
        return interaction

    def _here(self, chat: Chat) -> Chat:
        if chat.guild is not None and self.id not in chat.guild.members:
            raise ImpossibleError(f"{self.name} is not in {chat.guild.name}")
        if chat.guild is None and self not in (chat.recipient, *chat.people):
            raise ImpossibleError(f"{self.name} is not in {chat.name}")
        return chat

    def _chat_of(self, message: Message) -> Chat:
        return self._here(self.state.chats[message.channel_id])

    def _standing(self, shown: Shown) -> Message:
        message = shown.message
        if message is None or message.deleted:
            raise ImpossibleError("there is no message here any more")
        if message.ephemeral and not self._is_for_me(message):
            raise ImpossibleError(f"{self.name} does not see this message")
        return message

    def _is_for_me(self, message: Message) -> bool:
        return message.interaction is not None and message.interaction["user"]["id"] == str(self.id)


def _local(command: Json, key: str, locale: str) -> str:
    translated: dict[str, str] = command.get(f"{key}_localizations") or {}
    return translated.get(locale, str(command[key]))


def _row(one: Field, value: str) -> Json:
    part: Json = {"custom_id": one.custom_id}
    if one.options is None:
        least = max(one.least, 1) if one.required else one.least
        if (value or one.required) and not least <= len(value) <= one.most:
            raise ImpossibleError(f"the field {one.label!r} takes {least} to {one.most} characters, not {value!r}")
        part |= {"type": 4, "value": value}
    else:
        if value not in one.options:
            raise ImpossibleError(f"{value!r} is no choice of {one.label!r}: {list(one.options)}")
        part |= {"type": 3, "values": [one.options[value]]}
    return {"type": LABEL, "component": part} if one.row["type"] == LABEL else {"type": 1, "components": [part]}
