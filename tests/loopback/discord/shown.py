"""What a person sees of a message, a modal or a list of choices."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.loopback.discord.interactions import Interaction
    from tests.loopback.discord.mentions import Pings
    from tests.loopback.discord.messages import Attachment, Message
    from tests.loopback.discord.wire import Json

BUTTON, SELECT, LABEL = 2, 3, 18


@dataclass(frozen=True)
class Button:
    label: str
    custom_id: str | None
    url: str | None
    style: int
    disabled: bool


@dataclass(frozen=True)
class Select:
    custom_id: str
    placeholder: str
    options: dict[str, str]
    """What a person reads, and the value behind it."""
    least: int
    most: int


@dataclass(frozen=True)
class Choice:
    """One line of an autocomplete."""

    name: str
    value: str | int | float


@dataclass(frozen=True)
class Field:
    """One input of a modal."""

    label: str
    custom_id: str
    value: str
    placeholder: str
    required: bool
    least: int
    most: int
    long: bool
    options: dict[str, str] | None
    row: Json = field(repr=False)


@dataclass(frozen=True)
class Modal:
    """A form that opened; submit it with `person.submit(modal, {label: text})`."""

    title: str
    custom_id: str
    fields: tuple[Field, ...]
    opened_by: Interaction = field(repr=False)


@dataclass(frozen=True)
class Shown:
    """What stands in the chat at this moment; `now()` looks again."""

    content: str
    text: str
    """Content and embeds as one readable text."""
    buttons: tuple[Button, ...]
    selects: tuple[Select, ...]
    ephemeral: bool
    files: tuple[Attachment, ...]
    pings: Pings | None
    deferred: bool = False
    """It first showed that the bot is thinking."""
    edited: bool = False
    deleted: bool = False
    modal: Modal | None = None
    message: Message | None = field(default=None, repr=False)

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.buttons]

    def button(self, label: str) -> Button:
        for button in self.buttons:
            if button.label == label:
                return button
        raise AssertionError(f"no button {label!r} among {self.labels}")

    def now(self) -> Shown:
        return self if self.message is None else show(self.message)


def show(message: Message, *, deferred: bool = False) -> Shown:
    parts = list(_parts(message.components))
    text = "\n".join(filter(None, [message.content, *map(readable, message.embeds)]))
    return Shown(
        content=message.content,
        text=text,
        buttons=tuple(_button(part) for part in parts if part["type"] == BUTTON),
        selects=tuple(_select(part) for part in parts if part["type"] == SELECT),
        ephemeral=message.ephemeral,
        files=tuple(message.attachments),
        pings=message.pings,
        deferred=deferred,
        edited=message.edited is not None,
        deleted=message.deleted,
        message=message,
    )


def show_modal(modal: Modal) -> Shown:
    return Shown("", "", (), (), ephemeral=True, files=(), pings=None, modal=modal)


def readable(embed: Json) -> str:
    """An embed as lines: author, title, description, `name: value` for each field, footer."""
    lines = [(embed.get("author") or {}).get("name"), embed.get("title"), embed.get("description")]
    lines += [f"{field['name']}: {field['value']}" for field in embed.get("fields") or []]
    lines.append((embed.get("footer") or {}).get("text"))
    return "\n".join(filter(None, lines))


def modal_of(data: Json, opened_by: Interaction) -> Modal:
    fields = tuple(_field(row) for row in data["components"] if row.get("component") or row.get("components"))
    return Modal(data["title"], data["custom_id"], fields, opened_by)


def _parts(rows: list[Json]) -> Iterator[Json]:
    for row in rows:
        yield from row["components"]


def _button(part: Json) -> Button:
    label = part.get("label") or (part.get("emoji") or {}).get("name") or ""
    return Button(label, part.get("custom_id"), part.get("url"), part["style"], bool(part.get("disabled")))


def _select(part: Json) -> Select:
    options = {option["label"]: option["value"] for option in part["options"]}
    least, most = part.get("min_values", 1), part.get("max_values", 1)
    return Select(part["custom_id"], part.get("placeholder") or "", options, least, most)


def _field(row: Json) -> Field:
    part = row["component"] if row["type"] == LABEL else row["components"][0]
    options = part.get("options")
    return Field(
        label=row["label"] if row["type"] == LABEL else part["label"],
        custom_id=part["custom_id"],
        value=part.get("value") or "",
        placeholder=part.get("placeholder") or "",
        required=part.get("required", True),
        least=part.get("min_length") or 0,
        most=part.get("max_length") or 4000,
        long=part.get("style") == 2,
        options=None if options is None else {option["label"]: option["value"] for option in options},
        row=row,
    )
