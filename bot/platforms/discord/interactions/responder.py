"""Answers an interaction within Discord's three seconds, or defers it and answers later."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final

import discord
import structlog

from bot.platforms.coming_answers import stopped_if_lost
from bot.platforms.discord.drawing.components import as_edit, as_new, modal_of
from bot.platforms.discord.drawing.render import draw, form_of
from bot.platforms.discord.events.incoming import OWN
from bot.platforms.discord.sending.calls import LONGEST_SENDING, LOST, acknowledge, patience_for, retry, with_words
from bot.reply.parts import anew

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from bot.command.incoming import Incoming
    from bot.dispatch.desk import Answer
    from bot.platforms.discord.drawing.render import Page
    from bot.platforms.discord.events.incoming import Interaction
    from bot.platforms.discord.interactions.forms import Forms

log = structlog.get_logger()
PATIENCE: Final = 1.5  # in seconds; the rest of the three is for the network


class Responder:
    """Answers one interaction. Outside the bot's private chats, only the person who caused it sees the answer."""

    def __init__(self, interaction: Interaction, incoming: Incoming, forms: Forms, patience: float = PATIENCE) -> None:
        """Defer if the work takes longer than `patience` seconds."""
        self._interaction, self._forms, self._patience = interaction, forms, patience
        self._own = incoming.away
        self._hidden = incoming.group or incoming.away
        self._pressed = interaction.type is discord.InteractionType.component
        self._late = False
        self._standing: int | None = None  # the message in which the answer stands, if it is not the first response
        self.message: int | None = None
        """The message in which the answer stands, as soon as Discord has said which."""
        self.over = False
        """Discord takes no more answers to this interaction."""

    async def respond(self, work: Coroutine[None, None, Answer | None]) -> Answer | None:
        """Await the work and show its answer; returns it if it is shown in a message."""
        working = asyncio.ensure_future(work)
        try:
            done, _ = await asyncio.wait({working}, timeout=self._patience)
            if not done:
                await self._defer()
            answer = await working
        finally:
            working.cancel()
        if answer is None:
            return None
        with stopped_if_lost(answer):
            return answer if await self._answer(answer) else None

    async def take_place(self, answer: Answer) -> None:
        """Put an answer in the place of the one that was shown; if its message is gone, below it.

        A stage is not worth a message of its own. Discord takes this for a quarter of an hour after the interaction.
        """
        await self._forms.keep(answer, self._interaction.created_at)
        first, *more = pages = self._pages(answer)
        is_stage = answer.coming is not None
        async with asyncio.timeout(patience_for(*pages)):
            try:
                await with_words(self._edit, first)
            except discord.NotFound:
                if not is_stage:
                    await self._follow(first)
            for page in () if is_stage else more:
                await self._follow(page)

    async def show_meanwhile(self, words: str) -> None:
        """Show words in the message whose button was pressed, until the answer comes. Its buttons stay."""
        if not self._pressed:
            return
        late, self._late = self._late, True
        interaction = self._interaction
        try:
            if late:
                await retry(lambda: interaction.edit_original_response(content=words, embeds=[]))
            else:
                await acknowledge(lambda: interaction.response.edit_message(content=words, embeds=[]))
        except LOST as error:
            log.debug("not shown meanwhile", platform="discord", kind=type(error).__name__)

    async def _defer(self) -> None:
        """Tell Discord that it takes longer. A pressed button's message stays as it is: it may yet be edited."""
        if self._late:  # what is shown meanwhile has said so
            return
        self._late = True
        async with asyncio.timeout(LONGEST_SENDING):
            response = self._interaction.response
            await acknowledge(lambda: response.defer(ephemeral=self._hidden, thinking=not self._pressed))

    async def _answer(self, answer: Answer) -> bool:
        """Show an answer; whether it is shown in a message."""
        form = form_of(answer.reply, answer.voice) if self._may_open_form() else None
        if form is not None:
            async with asyncio.timeout(LONGEST_SENDING):
                await acknowledge(lambda: self._interaction.response.send_modal(modal_of(form, own=self._own)))
            return False
        await self._forms.keep(answer, self._interaction.created_at)
        first, *more = pages = self._pages(answer)
        in_place = answer.reply.replace and self._pressed and not _has_file(self._interaction.message)
        async with asyncio.timeout(patience_for(*pages)):
            shown = await with_words(partial(self._show, in_place=in_place), first)
            for page in more if shown else ():
                await self._follow(page)
        return shown

    def _pages(self, answer: Answer) -> tuple[Page, ...]:
        return draw(anew(answer.reply), answer.voice, forms=True, mark=OWN if self._own else "")

    def _may_open_form(self) -> bool:
        """Whether Discord allows a form: only as the first response, and never to a form."""
        return not self._late and self._interaction.type is not discord.InteractionType.modal_submit

    async def _show(self, page: Page, *, in_place: bool) -> bool:
        interaction = self._interaction
        if not self._late and in_place:
            self.message = None if interaction.message is None else interaction.message.id
            return await acknowledge(lambda: interaction.response.edit_message(**as_edit(page)))
        if not self._late:
            return await acknowledge(lambda: self._respond(page))
        if in_place or not self._pressed:
            await self._edit(page)
        else:
            await self._follow(page)
        return True

    async def _edit(self, page: Page) -> None:
        """Edit the message in which the answer stands."""
        interaction, standing = self._interaction, self._standing
        if standing is None:
            message = await retry(lambda: interaction.edit_original_response(**as_edit(page)))
            self.message = message.id
        else:
            await retry(lambda: interaction.followup.edit_message(standing, **as_edit(page)))

    async def _respond(self, page: Page) -> None:
        shown = await self._interaction.response.send_message(**as_new(page), ephemeral=self._hidden)
        self.message = shown.message_id

    async def _follow(self, page: Page) -> None:
        message = await with_words(self._send_below, page)
        self._standing = self.message = message.id

    async def _send_below(self, page: Page) -> discord.WebhookMessage:
        return await retry(lambda: self._interaction.followup.send(**as_new(page), ephemeral=self._hidden, wait=True))


def _has_file(message: discord.Message | None) -> bool:
    """Whether a message has a file that is no picture, which is never taken away."""
    attached = () if message is None else message.attachments
    return any(not (file.content_type or "").startswith("image/") for file in attached)
