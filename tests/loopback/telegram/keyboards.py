"""What may stand under a message: inline keyboards, forced replies, and the keyboards in place of letters."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tests.loopback.telegram.wire import Json, bad_request

MOST_BUTTONS = 100
MOST_BYTES = 10_240
MOST_DATA = 64
MOST_PLACEHOLDER = 64
MOST_COPIED = 256
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "copy_text",
)


@dataclass(frozen=True)
class Button:
    label: str
    data: str | None = None
    url: str | None = None
    copied: str | None = None
    """What a press copies, of which the bot does not hear."""


@dataclass(frozen=True)
class Under:
    """What stands under a message."""

    rows: tuple[tuple[Button, ...], ...] = ()
    force_reply: bool = False
    placeholder: str = ""
    keyboard: tuple[tuple[str, ...], ...] = ()
    """A keyboard in place of letters: its labels."""

    @property
    def wire(self) -> Json | None:
        """As it stands in a message; only an inline keyboard is shown there."""
        if not self.rows:
            return None
        return {"inline_keyboard": [[_button_wire(one) for one in row] for row in self.rows]}


def read_under(raw: Any, *, inline_only: bool = False) -> Under:
    if not raw:
        return Under()
    if not isinstance(raw, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in raw:
        return Under(rows=_read_rows(raw["inline_keyboard"]))
    if inline_only:
        raise bad_request("inline keyboard expected")
    placeholder = str(raw.get("input_field_placeholder") or "")
    if len(placeholder) > MOST_PLACEHOLDER:
        raise bad_request("input field placeholder is too long")
    if raw.get("force_reply"):
        return Under(force_reply=True, placeholder=placeholder)
    return Under(keyboard=tuple(tuple(_label(one) for one in row) for row in raw.get("keyboard") or []))


def _read_rows(raw: Any) -> tuple[tuple[Button, ...], ...]:
    if not isinstance(raw, list) or not all(isinstance(row, list) for row in raw):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    rows = tuple(tuple(_read_button(one) for one in row) for row in raw if row)
    if sum(map(len, rows)) > MOST_BUTTONS or len(json.dumps(raw, ensure_ascii=False).encode()) > MOST_BYTES:
        raise bad_request("reply markup is too long")
    return rows


def _read_button(raw: Json) -> Button:
    label = str(raw.get("text") or "").strip()
    if not label:
        raise bad_request("inline keyboard button text must be non-empty")
    if not any(raw.get(action) is not None for action in ACTIONS):
        reason = "Text buttons are unallowed in the inline keyboard"
        raise bad_request(f"can't parse inline keyboard button: {reason}")
    data, url = raw.get("callback_data"), raw.get("url")
    if data is not None and not 1 <= len(str(data).encode()) <= MOST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if url is not None and "://" not in str(url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: URL host is empty")
    return Button(label, data, url, _copied(raw))


def _copied(raw: Json) -> str | None:
    if raw.get("copy_text") is None:
        return None
    text = str(raw["copy_text"].get("text") or "")
    if not 1 <= len(text) <= MOST_COPIED or raw.get("callback_data") is not None:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return text


def _label(raw: str | Json) -> str:
    label = raw if isinstance(raw, str) else str(raw.get("text") or "")
    if not label:
        raise bad_request("keyboard button text must be non-empty")
    return label


def _button_wire(button: Button) -> Json:
    shown: Json = {"text": button.label}
    if button.data is not None:
        shown["callback_data"] = button.data
    if button.url is not None:
        shown["url"] = button.url
    if button.copied is not None:
        shown["copy_text"] = {"text": button.copied}
    return shown
