"""One interaction: what the person did, and what the bot made of it."""

# ruff: noqa: ASYNC109 - a timeout here bounds a failure, and tests name it at the call

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.loopback.discord import permissions
from tests.loopback.discord.shown import Choice, Modal, Shown, show, show_modal
from tests.loopback.discord.state import guild_field
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from tests.loopback.discord.messages import Message, User
    from tests.loopback.discord.state import State
    from tests.loopback.discord.wire import Json
    from tests.loopback.discord.world import Chat

COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5
MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
IN_SERVER, WITH_BOT, AMONG_PEOPLE = 0, 1, 2
ANSWER_WITHIN = 3.0
TOKEN_LIVES = 15 * 60.0


class Interaction:
    """What `person.slash`, `press`, `choose` and `submit` give back."""

    def __init__(self, state: State, kind: int, user: User, chat: Chat, source: Message | None = None) -> None:
        self.id = state.ids.make()
        self.token = f"interaction-token-{self.id}"
        self.kind = kind
        self.user = user
        self.chat = chat
        self.source = source
        self.made = state.clock.now()
        self.acknowledged: int | None = None
        """The type of the bot's callback, or None as long as none was taken."""
        self.original: Message | None = None
        self.followups: list[Message] = []
        self.modal: Modal | None = None
        self.choices: list[Choice] = []
        self.event: Json = {}
        self._state = state
        self._source_edits = 0
        self._followups_read = 0

    def deliver(self, data: Json) -> None:
        """Send it to the bot."""
        self.event = self._payload(data)
        self._state.interactions[self.token] = self
        self._state.events[self.id] = ("INTERACTION_CREATE", self.event, self.chat)
        self._state.announce("INTERACTION_CREATE", self.event, self.chat)

    @property
    def is_too_late(self) -> bool:
        """Three seconds went by without a callback: the person reads "The application did not respond"."""
        return self.acknowledged is None and self._state.clock.now() - self.made > ANSWER_WITHIN

    @property
    def token_is_dead(self) -> bool:
        return self._state.clock.now() - self.made > TOKEN_LIVES

    def acknowledge(self, kind: int) -> None:
        self.acknowledged = kind
        if self.source is not None:
            self._source_edits = self.source.edits
        self._state.pulse.beat()

    async def acknowledgement(self, timeout: float = PATIENCE) -> int:
        """The type of the callback, once there is one: 5 or 6 while the bot still thinks."""
        return await self._state.pulse.until(lambda: self.acknowledged, f"a callback for {self}", timeout)

    async def answer(self, timeout: float = PATIENCE) -> Shown:
        """What the person finally sees: after a deferral, what it was edited into; a modal stands in `.modal`."""
        shown = await self._state.pulse.until(self._visible, f"an answer to {self}", timeout)
        if shown.message is not None:
            shown.message.taken = True
        return shown

    async def followup(self, timeout: float = PATIENCE) -> Shown:
        """The next message sent after the answer."""
        what = f"a further message after {self}"
        message = await self._state.pulse.until(self._next_followup, what, timeout)
        self._followups_read += 1
        message.taken = True
        return show(message)

    def _next_followup(self) -> Message | None:
        return next(iter(self.followups[self._followups_read :]), None)

    def _visible(self) -> Shown | None:
        if self.modal is not None:
            return show_modal(self.modal)
        if self.acknowledged in (MESSAGE, UPDATE) and self.original is not None:
            return show(self.original)
        if self.acknowledged == DEFERRED_MESSAGE and self.original is not None and not self.original.loading:
            return show(self.original, deferred=True)
        if self.acknowledged == DEFERRED_UPDATE:
            return self._after_deferred_update()
        return None

    def _after_deferred_update(self) -> Shown | None:
        if self.source is not None and (self.source.edits > self._source_edits or self.source.deleted):
            return show(self.source, deferred=True)
        return show(self.followups[0], deferred=True) if self.followups else None

    def _payload(self, data: Json) -> Json:
        guild = self.chat.guild
        bits = permissions.ORDINARY if guild is None else guild.bits(self.user)
        app_bits = guild.bits(guild.bot) if guild is not None and guild.bot_in else permissions.ORDINARY
        payload: Json = {
            "id": str(self.id),
            "application_id": str(self._state.application_id),
            "type": self.kind,
            "token": self.token,
            "version": 1,
            "data": data,
            "channel_id": str(self.chat.id),
            "channel": self.chat.payload(bits),
            "app_permissions": str(app_bits),
            "locale": self.user.locale,
            "entitlements": [],
            "authorizing_integration_owners": self._owners(data),
            "context": IN_SERVER if guild is not None else WITH_BOT if self.chat.has_bot else AMONG_PEOPLE,
            "attachment_size_limit": 10 * 1024 * 1024,
        }
        if self.source is not None:
            payload["message"] = self.source.payload() | guild_field(self.chat)
        return payload | self._who(bits)

    def _owners(self, data: Json) -> Json:
        """A command names only those installations for which it was registered."""
        owners = self._state.owners(self.user, self.chat)
        command = self._state.commands.find(data["id"]) if "id" in data else None
        supported = None if command is None else command.get("integration_types")
        return owners if supported is None else {key: one for key, one in owners.items() if int(key) in supported}

    def _who(self, bits: int) -> dict[str, Any]:
        guild = self.chat.guild
        if guild is None:
            return {"user": self.user.payload()}
        return {
            "guild_id": str(guild.id),
            "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
            "guild_locale": guild.locale,
            "member": guild.member(self.user) | {"permissions": str(bits)},
        }

    def __repr__(self) -> str:
        what = self.event.get("data", {})
        name = what.get("name") or what.get("custom_id")
        return f"<{name!r} of {self.user.name}, callback {self.acknowledged}>"
