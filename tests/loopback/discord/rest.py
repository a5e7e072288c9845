"""The REST interface: reads a call, lets faults and limits have their say, acts, answers and logs."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.loopback.discord.calls import Call, Created, read_body
from tests.loopback.discord.faults import PAGE, Fault, Faults
from tests.loopback.discord.limits import Invalid, Limits, limited_headers, spent_headers
from tests.loopback.discord.log import Request, RequestLog
from tests.loopback.discord.routes import OPEN, ROUTES
from tests.loopback.discord.wire import NOT_FOUND, TOO_LARGE, UNAUTHORIZED, ApiError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.loopback.discord.limits import Verdict
    from tests.loopback.discord.messages import Upload
    from tests.loopback.discord.state import State

    Action = Callable[[Call], Any]

BASE = "/api/v10"
MAJOR = ("channel_id", "guild_id", "webhook_id", "token")
BANNED = Fault(None, None, 0, status=429, retry_after=3600.0, via=False)
FILE_LIMIT = 10 * 1024 * 1024


class Rest:
    """One instance for each server; `serve` is the door for every call."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.log = RequestLog()
        self.faults = Faults()
        self.limits = Limits(state.clock)
        self.invalid = Invalid()
        self.rate_limited: dict[str, int] = {}
        """How many 429s each route has given."""

    def add_routes(self, router: web.UrlDispatcher) -> None:
        for route, action in ROUTES.items():
            method, path = route.split(" ")
            router.add_route(method, BASE + path, self._handler(route, action))
        router.add_route("*", BASE + "/{rest:.*}", self._unknown)

    def _handler(self, route: str, action: Action) -> Callable[[web.Request], Any]:
        async def handle(request: web.Request) -> web.StreamResponse:
            return await self._serve(request, route, action)

        return handle

    async def _unknown(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix(BASE)
        return await self._serve(request, f"{request.method} {path}", _refusing(ApiError(*NOT_FOUND)))

    async def _serve(self, request: web.Request, route: str, action: Action) -> web.StreamResponse:
        body, uploads, problem = await _read(request)
        entry = self._open_entry(request, route, body, uploads)
        call = Call(self._state, entry.params, entry.query, body, uploads)
        fault = self.faults.take(route, entry.chat_id)
        scripted = None if fault is None else fault.error
        for refusal in filter(None, (scripted, problem)):
            action = _refusing(refusal)
        try:
            if self.invalid.is_banned(entry.at):
                return self._fail(entry, BANNED)
            return self._answer(request, entry, fault, lambda: action(call))
        finally:
            self.invalid.count(entry.status or 0, entry.at)
            self._state.pulse.beat()

    def _answer(
        self, request: web.Request, entry: Request, fault: Fault | None, act: Callable[[], Any]
    ) -> web.StreamResponse:
        if fault is not None and fault.drops_line and not fault.lose_answer:
            return _hang_up(request)
        if fault is not None and fault.status and not fault.acts:
            return self._fail(entry, fault)
        verdict = self.limits.admit(entry.route, _major(entry.params))
        if verdict.retry_after is not None:
            return self._limited(entry, verdict.retry_after, verdict)
        try:
            self._check_token(request, entry.route)
            made = act()
        except ApiError as refusal:
            return self._reply(entry, refusal.status, refusal.body(), verdict.headers)
        if fault is not None:
            return self._fail(entry, fault) if fault.acts else _hang_up(request)
        status = HTTPStatus.CREATED if isinstance(made, Created) else HTTPStatus.OK
        content = made.body if isinstance(made, Created) else made
        return self._reply(entry, HTTPStatus.NO_CONTENT if content is None else status, content, verdict.headers)

    def _open_entry(self, request: web.Request, route: str, body: object, uploads: list[Upload]) -> Request:
        params = {key: value for key, value in request.match_info.items() if key != "rest"}
        path = request.path.removeprefix(BASE)
        now = self._state.clock.now()
        entry = Request(route, path, params, dict(request.query), body, uploads, now, self._chat_id(params))
        self.log.append(entry)
        return entry

    def _chat_id(self, params: dict[str, str]) -> int | None:
        if params.get("channel_id", "").isdigit():
            return int(params["channel_id"])
        interaction = self._state.interactions.get(params.get("token", ""))
        return None if interaction is None else interaction.chat.id

    def _check_token(self, request: web.Request, route: str) -> None:
        if route not in OPEN and request.headers.get("Authorization") != f"Bot {self._state.token}":
            raise ApiError(*UNAUTHORIZED)

    def _fail(self, entry: Request, fault: Fault) -> web.Response:
        if fault.status == HTTPStatus.TOO_MANY_REQUESTS:
            return self._limited(entry, fault.retry_after, None, is_global=fault.is_global, via=fault.via)
        if fault.status == HTTPStatus.INTERNAL_SERVER_ERROR:
            return self._reply(entry, fault.status, {"message": "500: Internal Server Error", "code": 0}, {})
        entry.status = fault.status
        return web.Response(status=fault.status, text=PAGE, content_type="text/html")

    def _limited(
        self, entry: Request, after: float, verdict: Verdict | None, *, is_global: bool = False, via: bool = True
    ) -> web.Response:
        is_global = is_global or (verdict is not None and verdict.is_global)
        self.rate_limited[entry.route] = self.rate_limited.get(entry.route, 0) + 1
        bucket = spent_headers(entry.route, entry.at + after, after) if verdict is None else verdict.headers
        headers = limited_headers(after, is_global=is_global) | ({} if is_global else bucket)
        body = {"message": "You are being rate limited.", "retry_after": round(after, 3), "global": is_global}
        return self._reply(entry, HTTPStatus.TOO_MANY_REQUESTS, body, headers, via=via)

    @staticmethod
    def _reply(entry: Request, status: int, body: object, headers: dict[str, str], *, via: bool = True) -> web.Response:
        """The content type stands without a charset: discord.py reads JSON only then."""
        entry.status = int(status)
        entry.answer = body
        headers = headers | ({"Via": "1.1 google"} if via else {})
        if body is None:
            return web.Response(status=status, headers=headers)
        raw = json.dumps(body).encode()
        return web.Response(status=status, body=raw, content_type="application/json", headers=headers)


async def _read(request: web.Request) -> tuple[Any, list[Upload], ApiError | None]:
    try:
        body, uploads = await read_body(request)
    except ApiError as problem:
        return None, [], problem
    too_large = any(len(upload.data) > FILE_LIMIT for upload in uploads)
    return body, uploads, ApiError(*TOO_LARGE) if too_large else None


def _refusing(error: ApiError) -> Action:
    def refuse(_call: Call) -> None:
        raise error

    return refuse


def _major(params: dict[str, str]) -> str:
    return "+".join(params[key] for key in MAJOR if key in params)


def _hang_up(request: web.Request) -> web.Response:
    """Close the line under the answer, which therefore never arrives."""
    if request.transport is not None:
        request.transport.close()
    return web.Response(status=500)
