"""Every request that came in, for tests to assert on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.loopback.discord.messages import Upload


@dataclass(eq=False)
class Request:
    """One call; `status` is None when no answer went out, because the line dropped or no route fits."""

    route: str
    """Method and path with its placeholders, as in `POST /channels/{channel_id}/messages`."""
    path: str
    params: dict[str, str]
    query: dict[str, str]
    body: Any
    uploads: list[Upload]
    at: float
    chat_id: int | None
    status: int | None = None
    answer: Any = field(default=None, repr=False)


class RequestLog(list[Request]):
    """A list of requests with a few questions that tests often ask."""

    def to(self, route: str) -> list[Request]:
        return [request for request in self if request.route == route]

    def with_status(self, status: int) -> list[Request]:
        return [request for request in self if request.status == status]

    def counts(self) -> dict[str, int]:
        """How often each route was called."""
        counted: dict[str, int] = {}
        for request in self:
            counted[request.route] = counted.get(request.route, 0) + 1
        return counted
