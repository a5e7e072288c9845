"""What goes over the wire: parameters in every form the Bot API takes them, and its errors."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from aiohttp.web import FileField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

Json: TypeAlias = dict[str, Any]
STRUCTURED = frozenset(
    {
        "allowed_updates",
        "caption_entities",
        "commands",
        "entities",
        "link_preview_options",
        "media",
        "reply_markup",
        "reply_parameters",
        "scope",
    }
)


class ApiError(Exception):
    """An answer that is not ok."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    @property
    def body(self) -> Json:
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return body | {"parameters": self.parameters} if self.parameters else body


class PageError(ApiError):
    """An answer by something in between, which is a page and no JSON."""


def bad_request(reason: str) -> ApiError:
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    return ApiError(403, f"Forbidden: {reason}")


def too_many(seconds: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


@dataclass(frozen=True)
class Upload:
    name: str
    data: bytes
    mime: str


class Params:
    """The parameters of one call. A form carries everything as text, a JSON body carries values: both read the same."""

    def __init__(self, values: Mapping[str, Any], uploads: Mapping[str, Upload]) -> None:
        self._values = values
        self.uploads = uploads

    def text(self, name: str) -> str:
        value = self._values.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        try:
            return int(self.text(name) or default)
        except ValueError:
            raise bad_request(f"parameter {name} is invalid") from None

    def truth(self, name: str) -> bool:
        return self.text(name).lower() in ("true", "1", "yes", "y", "t")

    def structure(self, name: str) -> Any:
        """A JSON-serialised value, or None where the parameter is missing."""
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None

    def inside(self, name: str) -> Params:
        """The fields of a structure as parameters, with the same uploads."""
        return Params(self.structure(name) or {}, self.uploads)

    def shown(self) -> Json:
        """For the log: structures as structures, uploads by their names."""
        shown: Json = {}
        for name, value in self._values.items():
            try:
                shown[name] = self.structure(name) if name in STRUCTURED else value
            except ApiError:
                shown[name] = value
        return shown | {name: upload.name for name, upload in self.uploads.items()}


async def read_params(request: web.Request) -> Params:
    values: Json = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json":
        values |= _read_json(await request.text())
        return Params(values, uploads)
    for name, part in (await request.post()).items():
        if isinstance(part, FileField):
            with part.file as file:
                uploads[name] = Upload(part.filename, file.read(), part.content_type)
        else:
            values[name] = part if isinstance(part, str) else bytes(part).decode()
    return Params(values, uploads)


def _read_json(body: str) -> Json:
    try:
        read = json.loads(body or "{}")
    except ValueError:
        raise bad_request("can't parse JSON body") from None
    if not isinstance(read, dict):
        raise bad_request("can't parse JSON body")
    return read
