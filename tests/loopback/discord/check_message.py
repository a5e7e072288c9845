"""Messages, autocomplete choices and modals: what Discord takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.loopback.discord.check_components import ROW, SELECT, check_components, check_custom_id, check_select
from tests.loopback.discord.mentions import check_allowed_mentions
from tests.loopback.discord.wire import Form, Json, Problems

if TYPE_CHECKING:
    from tests.loopback.discord.messages import Upload

LABEL, TEXT_INPUT, TEXT_DISPLAY = 18, 4, 10
COMPONENTS_V2 = 1 << 15
EMBED_TOTAL = 6000
FILE_LIMIT = 10 * 1024 * 1024


def check_message(data: object, uploads: list[Upload], path: str = "") -> Json:
    """The body of a message, or everything that is wrong with it."""
    problems = Problems()
    form = Form(data, problems, path)
    form.text("content", 2000)
    _check_nonce(form)
    _check_embeds(form)
    check_components(form)
    check_allowed_mentions(form)
    _check_attachments(form, uploads)
    if (form.integer("flags", 0, 1 << 31) or 0) & COMPONENTS_V2:
        form.fail("flags", "NOT_SPOKEN_HERE", "The loopback server does not speak components v2.")
    problems.refuse()
    return form.data


def _check_nonce(form: Form) -> None:
    nonce = form.data.get("nonce")
    if nonce is not None and not isinstance(nonce, int | str):
        form.fail("nonce", "NONCE_TYPE_INVALID", "Nonce must be a string or an integer.")
    elif nonce is not None and len(str(nonce)) > 25:
        form.fail("nonce", "NONCE_TYPE_TOO_LONG", "Nonce must be 25 or fewer in length.")


def _check_embeds(form: Form) -> None:
    total = sum(_check_embed(embed) for embed in form.forms("embeds", 10))
    if total > EMBED_TOTAL:
        form.fail("embeds", "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {EMBED_TOTAL}")


def _check_embed(embed: Form) -> int:
    size = len(embed.text("title", 256)) + len(embed.text("description", 4096))
    embed.integer("color", 0, 0xFFFFFF)
    url = embed.text("url", 2048)
    if url and not url.startswith(("http://", "https://")):
        embed.fail("url", "URL_TYPE_INVALID_SCHEME", f'Scheme "{url}" is not supported.')
    for field in embed.forms("fields", 25):
        size += len(field.text("name", 256, required=True)) + len(field.text("value", 1024, required=True))
    if embed.data.get("footer") is not None:
        size += len(embed.child("footer", embed.data["footer"]).text("text", 2048, required=True))
    if embed.data.get("author") is not None:
        size += len(embed.child("author", embed.data["author"]).text("name", 256, required=True))
    return size


def _check_attachments(form: Form, uploads: list[Upload]) -> None:
    if len(uploads) > 10:
        form.fail("attachments", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
    known = {str(upload.index) for upload in uploads}
    for attachment in form.forms("attachments", 10):
        named = str(attachment.data.get("id", ""))
        if not named.isdigit() or (len(named) < 10 and named not in known):
            attachment.fail("id", "ATTACHMENT_NOT_FOUND", f"No file came for attachment {named}.")


def check_choices(data: object) -> list[Json]:
    problems = Problems()
    form = Form(data, problems, "data")
    for choice in form.forms("choices", 25):
        choice.text("name", 100, least=1, required=True)
        value = choice.data.get("value")
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            choice.fail("value", "BASE_TYPE_REQUIRED", "This field is required")
        elif isinstance(value, str):
            choice.text("value", 100, least=1, required=True)
    problems.refuse()
    return list(form.data.get("choices") or [])


def check_modal(data: object) -> Json:
    problems = Problems()
    form = Form(data, problems, "data")
    form.text("title", 45, least=1, required=True)
    form.text("custom_id", 100, least=1, required=True)
    seen: set[str] = set()
    inputs = sum(_check_modal_row(row, seen) for row in form.forms("components", 5, least=1))
    if not inputs:
        form.fail("components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
    problems.refuse()
    return form.data


def _check_modal_row(row: Form, seen: set[str]) -> int:
    kind = row.data.get("type")
    if kind == ROW:
        parts = row.forms("components", 1, least=1)
        for part in parts:
            part.text("label", 45, least=1, required=True)
            _check_input(part, seen)
        return len(parts)
    if kind == LABEL:
        row.text("label", 45, least=1, required=True)
        row.text("description", 100)
        _check_input(row.child("component", row.data.get("component")), seen)
        return 1
    if kind != TEXT_DISPLAY:
        row.fail("type", "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (1, 10, 18).')
    return 0


def _check_input(part: Form, seen: set[str]) -> None:
    if part.data.get("type") == SELECT:
        check_select(part, seen)
        return
    if part.data.get("type") != TEXT_INPUT:
        part.fail("type", "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (3, 4).')
        return
    check_custom_id(part, seen)
    part.integer("style", 1, 2, required=True)
    part.integer("min_length", 0, 4000)
    part.integer("max_length", 1, 4000)
    part.text("value", 4000)
    part.text("placeholder", 100)
    part.boolean("required")
