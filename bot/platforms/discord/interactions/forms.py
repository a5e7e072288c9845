"""The forms of open questions, stored as notes so that a button opens one even after a restart."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from bot.dispatch.dialog import QUESTION_LIFE
from bot.platforms.discord.drawing.components import modal_of
from bot.platforms.discord.drawing.markup import escape
from bot.platforms.discord.drawing.render import WRITE, Form, form_for
from bot.platforms.discord.events.incoming import custom_id_of
from bot.platforms.discord.sending.calls import acknowledge
from bot.reply.parts import Ask, say
from bot.reply.words import voice

if TYPE_CHECKING:
    from datetime import datetime

    from bot.command.incoming import Incoming
    from bot.dispatch.desk import Answer
    from bot.platforms.discord.events.incoming import Interaction
    from core.shared.ports import Notes


class Forms:
    """Stores forms under the token of their question, and opens them."""

    def __init__(self, notes: Notes) -> None:
        """Store forms in `notes`."""
        self._notes = notes

    async def keep(self, answer: Answer, now: datetime) -> None:
        """Store the form of the answer's question, if there is one that can be answered in words."""
        for part in answer.reply.parts:
            if isinstance(part, Ask) and part.free:
                text = json.dumps(asdict(form_for(part, answer.voice)))
                await self._notes.put_note(_name(part.token), text, now + QUESTION_LIFE)

    async def open(self, interaction: Interaction, incoming: Incoming) -> None:
        """Open the form of the pressed button, or say that its question is over."""
        token = custom_id_of(interaction).removeprefix(WRITE)
        text = await self._notes.note(_name(token), incoming.at)
        response = interaction.response
        if text is not None:
            modal = modal_of(Form(**json.loads(text)), own=incoming.away)
            await acknowledge(lambda: response.send_modal(modal))
            return
        over = escape(voice(incoming.locale, "UTC").say(say("question-over")))
        await acknowledge(lambda: response.send_message(over, ephemeral=incoming.group or incoming.away))


def _name(token: str) -> str:
    return f"discord:form:{token}"
