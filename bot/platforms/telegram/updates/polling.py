"""The request that polls for updates."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from telegram.request import HTTPXRequest
from typing_extensions import override

if TYPE_CHECKING:
    from telegram.request import RequestData

PATIENCE: Final = 0.5
REFUSED: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND})


class UpdatesRequest(HTTPXRequest):
    """Fetches updates, which confirms the earlier ones: Telegram never delivers those again.

    So it waits a moment until those are answered. After a crash, the updates that were interrupted are then delivered
    again, and booked once. The wait is short, so that one slow answer does not delay everyone.
    """

    __slots__ = ("_refused", "_updates")

    def __init__(self, updates: asyncio.Queue[object], refused: asyncio.Event) -> None:
        """`refused` is set if Telegram refuses the token, when the library silently ends its loop."""
        super().__init__(connection_pool_size=2)
        self._updates, self._refused = updates, refused

    @override
    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **options: Any
    ) -> tuple[int, bytes]:
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self._updates.join()
        code, payload = await super().do_request(url, method, request_data, *args, **options)
        if code in REFUSED:
            self._refused.set()
        return code, payload
