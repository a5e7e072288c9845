"""One call of the REST interface, read from the wire."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aiohttp

from tests.loopback.discord.messages import Upload
from tests.loopback.discord.wire import INVALID_JSON, UNKNOWN_CHANNEL, ApiError

if TYPE_CHECKING:
    from aiohttp import web

    from tests.loopback.discord.state import State
    from tests.loopback.discord.world import Chat

FILE_FIELD = re.compile(r"^files\[(\d+)\]$")


@dataclass(frozen=True)
class Call:
    """What a route's function gets."""

    state: State
    params: dict[str, str]
    query: dict[str, str]
    body: Any
    uploads: list[Upload]

    @property
    def chat(self) -> Chat:
        chat = self.state.chats.get(self.number("channel_id"))
        if chat is None:
            raise ApiError(*UNKNOWN_CHANNEL)
        return chat

    def number(self, name: str) -> int:
        text = self.params[name]
        return int(text) if text.isdigit() else 0


@dataclass(frozen=True)
class Created:
    """An answer with 201 instead of 200."""

    body: Any


async def read_body(request: web.Request) -> tuple[Any, list[Upload]]:
    """JSON, or a form with `payload_json` and `files[n]`; anything else is refused."""
    if not request.can_read_body:
        return None, []
    if request.content_type == "application/json":
        return _parsed(await request.text()), []
    if request.content_type != "multipart/form-data":
        raise ApiError(*INVALID_JSON)
    body: Any = {}
    uploads: list[Upload] = []
    async for part in await request.multipart():
        assert isinstance(part, aiohttp.BodyPartReader)
        name = part.name or ""
        data = bytes(await part.read())
        if name == "payload_json":
            body = _parsed(data.decode())
        elif found := FILE_FIELD.match(name):
            uploads.append(Upload(int(found[1]), part.filename or "file", data))
        else:
            raise ApiError(400, 50035, "Invalid Form Body", {name: {"_errors": [{"code": "UNKNOWN_FIELD"}]}})
    return body, uploads


def _parsed(text: str) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError as problem:
        raise ApiError(*INVALID_JSON) from problem
