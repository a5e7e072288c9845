"""Application commands: what Discord takes."""

from __future__ import annotations

import re

from tests.loopback.discord.wire import Form, Json, Problems

NAME = re.compile(r"^[-_a-z0-9]{1,32}$")
LOCAL_NAME = re.compile(r"^[-_'\w]{1,32}$")
CHAT_INPUT, MESSAGE_MENU = 1, 3
SUB_COMMAND, SUB_GROUP, STRING, INTEGER, NUMBER, ATTACHMENT = 1, 2, 3, 4, 10, 11
CHANNEL = 7
CHANNEL_TYPES = (0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16)
CHOOSABLE = (STRING, INTEGER, NUMBER)
TOTAL = 8000
LONGEST_MENU = 32
LOCALES = frozenset(
    (
        *("id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl"),
        *("pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja"),
        *("zh-TW", "ko"),
    )
)


def check_command(data: object, problems: Problems, path: str = "") -> Json:
    form = Form(data, problems, path)
    kind = form.integer("type", CHAT_INPUT, MESSAGE_MENU) or CHAT_INPUT
    if kind == CHAT_INPUT:
        _check_name(form)
        form.text("description", 100, least=1, required=True)
        _check_options(form, depth=0)
        if _size(form.data) > TOTAL:
            form.fail("", "APPLICATION_COMMAND_TOO_LARGE", f"A command is at most {TOTAL} characters in all.")
    else:
        _check_menu(form)
    for key, known in (("contexts", (0, 1, 2)), ("integration_types", (0, 1))):
        values = form.data.get(key)
        if values is not None and not values:
            form.fail(key, "BASE_TYPE_BAD_LENGTH", "Must be 1 or more in length.")
        for value in values or []:
            if value not in known:
                form.fail(key, "BASE_TYPE_CHOICES", f"Value must be one of {known}.")
    needed = form.data.get("default_member_permissions")
    if needed is not None and not str(needed).isdigit():
        form.fail("default_member_permissions", "NUMBER_TYPE_COERCE", f'Value "{needed}" is not int.')
    return form.data


def check_scope(command: Json, problems: Problems, path: str, types: tuple[int, ...]) -> None:
    """`types`: how the application may be installed; none for a command of one guild, whose own do not count."""
    if types and set(command.get("integration_types") or ()) - set(types):
        message = "The application cannot be installed like this: see Installation in its settings."
        Form(command, problems, path).fail("integration_types", "APPLICATION_INTEGRATION_TYPE_UNSUPPORTED", message)


def _check_menu(form: Form) -> None:
    """A command of the menu of a message or a person has a name, in any letters, and nothing else to show."""
    form.text("name", 32, least=1, required=True)
    for locale, text in (form.data.get("name_localizations") or {}).items():
        if locale not in LOCALES or not 1 <= len(text) <= LONGEST_MENU:
            form.fail(f"name_localizations.{locale}", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 32 in length.")
    for key in ("description", "options"):
        if form.data.get(key):
            form.fail(key, "APPLICATION_COMMAND_INVALID_KEY", f"Context menu commands cannot have {key}.")


def _check_name(form: Form) -> None:
    name = form.data.get("name")
    if form.required("name") and not NAME.match(str(name)):
        form.fail("name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    _check_localizations(form, "name_localizations")
    _check_localizations(form, "description_localizations")


def _check_localizations(form: Form, key: str) -> None:
    for locale, text in (form.data.get(key) or {}).items():
        if locale not in LOCALES:
            form.fail(f"{key}.{locale}", "DICT_TYPE_INVALID_KEY", f"{locale!r} is no locale of Discord.")
        elif key == "name_localizations" and not (LOCAL_NAME.match(text) and text == text.lower()):
            form.fail(f"{key}.{locale}", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
        elif not 1 <= len(text) <= 100:
            form.fail(f"{key}.{locale}", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")


def _check_options(form: Form, depth: int) -> None:
    names: set[str] = set()
    optional_seen = False
    options = form.forms("options", 25)
    for option in options:
        _check_option(option, depth)
        name = str(option.data.get("name"))
        if name in names:
            option.fail("name", "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED", "Option names must be unique")
        names.add(name)
        if option.data.get("required") and optional_seen:
            message = "Required options must be placed before non-required options"
            option.fail("", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message)
        optional_seen = optional_seen or not option.data.get("required")
    nested = [option.data.get("type") in (SUB_COMMAND, SUB_GROUP) for option in options]
    if any(nested) and not all(nested):
        message = "Sub-command and sub-command group option types are mutually exclusive to all other types"
        form.fail("options", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message)


def _check_option(option: Form, depth: int) -> None:
    _check_name(option)
    option.text("description", 100, least=1, required=True)
    kind = option.integer("type", SUB_COMMAND, ATTACHMENT, required=True)
    if kind in (SUB_COMMAND, SUB_GROUP):
        if depth >= (2 if kind == SUB_COMMAND else 1):
            option.fail("type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Nested too deep")
        if "required" in option.data:
            option.fail("required", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "A sub-command is not required")
        _check_options(option, depth + 1)
        return
    option.boolean("required")
    _check_choices(option, kind)
    _check_range(option, kind)
    _check_channels(option, kind)


def _check_choices(option: Form, kind: int | None) -> None:
    choices = option.forms("choices", 25)
    if option.boolean("autocomplete") and choices:
        message = "Options cannot have both choices and autocomplete"
        option.fail("choices", "APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE_INVALID", message)
    if (choices or option.data.get("autocomplete")) and kind not in CHOOSABLE:
        option.fail("type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "This type has no choices")
    names = [choice.text("name", 100, least=1, required=True) for choice in choices]
    if len(set(names)) < len(names):
        option.fail("choices", "APPLICATION_COMMAND_OPTIONS_CHOICE_NAMES_DUPLICATED", "Choice names must be unique")
    for choice in choices:
        value = choice.data.get("value")
        if kind == STRING:
            choice.text("value", 100, least=1, required=True)
        elif isinstance(value, bool) or not isinstance(value, int if kind == INTEGER else int | float):
            choice.fail("value", "NUMBER_TYPE_COERCE", f'Value "{value}" is not of the option\'s type.')


def _check_range(option: Form, kind: int | None) -> None:
    for key in ("min_value", "max_value"):
        value = option.data.get(key)
        if value is None:
            continue
        if kind not in (INTEGER, NUMBER):
            option.fail(key, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", f"{key} is for numbers")
        elif kind == INTEGER and not isinstance(value, int):
            option.fail(key, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
    for key, least in (("min_length", 0), ("max_length", 1)):
        if option.data.get(key) is not None and kind != STRING:
            option.fail(key, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", f"{key} is for strings")
        option.integer(key, least, 6000)


def _check_channels(option: Form, kind: int | None) -> None:
    wanted = option.data.get("channel_types")
    if wanted is None:
        return
    if kind != CHANNEL:
        option.fail("channel_types", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "channel_types is for channels")
    elif not isinstance(wanted, list) or any(one not in CHANNEL_TYPES for one in wanted):
        option.fail("channel_types", "BASE_TYPE_CHOICES", f"Value must be one of {set(CHANNEL_TYPES)}.")


def _size(data: Json) -> int:
    size = sum(len(str(data.get(key) or "")) for key in ("name", "description", "value"))
    nested = [*(data.get("choices") or []), *(data.get("options") or [])]
    return size + sum(_size(part) for part in nested if isinstance(part, dict))
