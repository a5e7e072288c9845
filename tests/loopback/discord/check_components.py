"""Buttons and selects below a message: what Discord takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.loopback.discord.wire import Form

ROW, BUTTON, SELECT = 1, 2, 3
LINK = 5


def check_components(message: Form) -> None:
    seen: set[str] = set()
    for row in message.forms("components", 5):
        if row.data.get("type") != ROW:
            row.fail("type", "UNION_TYPE_CHOICES", "Only action rows stand at the top here (components v2 unspoken).")
            continue
        parts = row.forms("components", 5, least=1)
        for part in parts:
            _check_part(part, seen)
        if len(parts) > 1 and any(part.data.get("type") != BUTTON for part in parts):
            row.fail(
                "components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width"
            )


def _check_part(part: Form, seen: set[str]) -> None:
    if part.data.get("type") == BUTTON:
        _check_button(part, seen)
    elif part.data.get("type") == SELECT:
        check_select(part, seen)
    else:
        part.fail("type", "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (2, 3).')


def _check_button(button: Form, seen: set[str]) -> None:
    style = button.integer("style", 1, LINK, required=True)
    button.text("label", 80)
    button.boolean("disabled")
    if not button.data.get("label") and not button.data.get("emoji"):
        button.fail("", "BUTTON_COMPONENT_INVALID", "A button needs a label or an emoji")
    if style == LINK:
        button.text("url", 512, least=1, required=True)
        if "custom_id" in button.data:
            button.fail("custom_id", "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A link has no custom id")
    else:
        if "url" in button.data:
            button.fail("url", "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "Only a link has a url")
        check_custom_id(button, seen)


def check_select(select: Form, seen: set[str]) -> None:
    check_custom_id(select, seen)
    select.text("placeholder", 150)
    select.integer("min_values", 0, 25)
    select.integer("max_values", 1, 25)
    values: set[str] = set()
    for option in select.forms("options", 25, least=1):
        option.text("label", 100, least=1, required=True)
        option.text("description", 100)
        value = option.text("value", 100, least=1, required=True)
        if value in values:
            option.fail(
                "value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used"
            )
        values.add(value)


def check_custom_id(part: Form, seen: set[str]) -> None:
    custom_id = part.text("custom_id", 100, least=1, required=True)
    if custom_id in seen:
        part.fail("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
    seen.add(custom_id)
