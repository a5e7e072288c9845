"""Pages and forms as the library's objects. None is kept in memory: a press is recognised by its custom_id."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

import discord

from bot.platforms.discord.drawing.render import Pick
from bot.platforms.discord.events.incoming import ASK, LINE, OWN

if TYPE_CHECKING:
    from bot.platforms.discord.drawing.render import Form, Page, Row

NOBODY: Final = discord.AllowedMentions.none()
LONGEST_ANSWER: Final = 4000


def as_new(page: Page) -> dict[str, Any]:
    """The arguments for a new message. File objects are new on each call, because sending one consumes it."""
    sent: dict[str, Any] = {"embeds": _embeds(page), "files": _files(page), "allowed_mentions": NOBODY}
    if page.content:
        sent["content"] = page.content
    if page.rows:
        sent["view"] = view_of(page.rows)
    return sent


def as_edit(page: Page) -> dict[str, Any]:
    """The arguments for an edit; they replace everything in the message."""
    return {
        "content": page.content or None,
        "embeds": _embeds(page),
        "attachments": _files(page),
        "view": view_of(page.rows) if page.rows else None,
        "allowed_mentions": NOBODY,
    }


def view_of(rows: tuple[Row, ...]) -> discord.ui.View:
    """Rows of buttons and menus as a view, already stopped so that the library does not keep it."""
    view = discord.ui.View(timeout=None)
    for number, row in enumerate(rows):
        if isinstance(row, Pick):
            view.add_item(_menu(row, number))
            continue
        for press in row:
            button: discord.ui.Button[discord.ui.View] = discord.ui.Button(
                label=press.label, custom_id=press.custom_id or None, url=press.url or None, row=number
            )
            view.add_item(button)
    view.stop()
    return view


def _menu(pick: Pick, number: int) -> discord.ui.Select[discord.ui.View]:
    options = [discord.SelectOption(label=press.label, value=press.custom_id) for press in pick.options]
    return discord.ui.Select(custom_id=pick.custom_id, placeholder=pick.hint, options=options, row=number)


def modal_of(form: Form, *, own: bool = False) -> discord.ui.Modal:
    """A form as a modal with one input. `own`: it is about the person's own wallet, though it opens elsewhere."""
    custom_id = f"{OWN if own else ''}{ASK}{form.token}"
    modal = discord.ui.Modal(title=form.title, custom_id=custom_id, timeout=None)
    if form.about:
        modal.add_item(discord.ui.TextDisplay(form.about))
    line: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
        custom_id=LINE, placeholder=form.hint, max_length=LONGEST_ANSWER
    )
    modal.add_item(discord.ui.Label(text=form.label, component=line))
    modal.stop()
    return modal


def _embeds(page: Page) -> list[discord.Embed]:
    return [discord.Embed(description=text) for text in page.embeds]


def _files(page: Page) -> list[discord.File]:
    return [discord.File(io.BytesIO(content), filename=name) for name, content in page.files]
