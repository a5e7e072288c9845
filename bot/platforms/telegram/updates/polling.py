"""The request that polls for updates."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from telegram.error import NetworkError
from telegram.request import HTTPXRequest
from typing_extensions import override

from core.shared.refusals import UnavailableError

if TYPE_CHECKING:
    from telegram.request import RequestData

    from bot.platforms.telegram.updates.inbox import UpdateQueue

PATIENCE: Final = 0.5
REFUSED: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND})


class UpdatesRequest(HTTPXRequest):
    """Fetches updates, which confirms the earlier ones: Telegram never delivers those again.

    So it waits a moment until those are answered; after a crash, Telegram delivers again what was interrupted. The wait
    is short, so that one slow answer does not delay everyone. What is not answered by then is written to disk first.
    """

    __slots__ = ("_refused", "_updates")

    def __init__(self, updates: UpdateQueue, refused: asyncio.Event) -> None:
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
        await self._keep_rest()
        code, payload = await super().do_request(url, method, request_data, *args, **options)
        if code in REFUSED:
            self._refused.set()
        return code, payload

    async def _keep_rest(self) -> None:
        """While the store is out of reach, nothing is confirmed: for the library, that is trouble with the network."""
        try:
            await self._updates.keep_rest()
        except UnavailableError as error:
            raise NetworkError("what was received cannot be written to disk") from error
