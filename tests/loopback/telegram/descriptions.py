"""What the bot says about itself: on its empty first screen, and on its profile."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.loopback.telegram.wire import Json, bad_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.loopback.telegram.state import State
    from tests.loopback.telegram.wire import Params

LONGEST = {"description": 512, "short_description": 120}


def _set(state: State, params: Params, name: str) -> bool:
    text, language = params.text(name), params.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    if len(text) > LONGEST[name]:
        raise bad_request("BOT_DESCRIPTION_TOO_LONG" if name == "description" else "BOT_ABOUT_TOO_LONG")
    state.descriptions[name, language] = text
    state.pulse.beat()
    return True


def set_my_description(state: State, params: Params) -> bool:
    return _set(state, params, "description")


def set_my_short_description(state: State, params: Params) -> bool:
    return _set(state, params, "short_description")


METHODS: dict[str, Callable[[State, Params], Json | bool]] = {
    "setMyDescription": set_my_description,
    "setMyShortDescription": set_my_short_description,
}
