"""The HTTP side: one request in, one answer out, with the faults that a test has scripted in between."""

from __future__ import annotations

import inspect
import json
import re
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.loopback.telegram import descriptions, editing, lookups, menus, receiving, sending
from tests.loopback.telegram.access import named_chat
from tests.loopback.telegram.faults import PAGE, Fault
from tests.loopback.telegram.state import Call
from tests.loopback.telegram.wire import ApiError, PageError, Params, read_params

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.loopback.telegram.state import State
    from tests.loopback.travel import Travel

MOST_BYTES = 50 * 1024 * 1024
METHODS: Mapping[str, Any] = {
    name.lower(): (name, handler)
    for methods in (
        sending.METHODS,
        editing.METHODS,
        menus.METHODS,
        descriptions.METHODS,
        lookups.METHODS,
        receiving.METHODS,
    )
    for name, handler in methods.items()
}
NOT_FOUND = ApiError(404, "Not Found")
UNAUTHORIZED = ApiError(401, "Unauthorized")
TOO_LARGE = ApiError(413, "Request Entity Too Large")
LOGGED_OUT = ApiError(400, "Logged out")


class Door:
    def __init__(self, state: State) -> None:
        self._state = state

    def application(self, travel: Travel) -> web.Application:
        application = web.Application(client_max_size=MOST_BYTES, middlewares=[travel.middleware])
        application.router.add_route("*", "/file/bot{token}/{path:.*}", self.file)
        application.router.add_route("*", "/bot{token}/{method}", self.call)
        return application

    async def file(self, request: web.Request) -> web.Response:
        try:
            self._check_token(request)
        except ApiError as error:
            return answer(error)
        file = self._state.files.get(request.match_info["path"].removeprefix("documents/"))
        return web.Response(body=file.data) if file else answer(NOT_FOUND)

    async def call(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request)
            params = await read_params(request)
        except ApiError as error:
            return answer(error)
        except web.HTTPRequestEntityTooLarge:
            return answer(TOO_LARGE)
        call = self._open(request.match_info["method"], params)
        try:
            return await self._play(request, call, params)
        finally:
            call.status = call.status or 0
            self._state.pulse.beat()

    def _check_token(self, request: web.Request) -> None:
        token = request.match_info["token"]
        if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", token):
            raise NOT_FOUND
        if token != self._state.token:
            raise UNAUTHORIZED

    def _open(self, method: str, params: Params) -> Call:
        name, _ = METHODS.get(method.lower(), (method, None))
        raw = params.text("chat_id")
        chat_id = int(raw) if raw.lstrip("-").isdigit() else None
        call = Call(name, params.shown(), self._state.clock.now(), chat_id)
        self._state.log.append(call)
        return call

    async def _play(self, request: web.Request, call: Call, params: Params) -> web.StreamResponse:
        fault = self._state.faults.take(call.method, call.chat_id)
        if fault and fault.drops_before:
            return drop(request, call, "before")
        try:
            result = await self._carry_out(call, params, fault)
            call.status, answered = 200, web.json_response({"ok": True, "result": result})
        except ApiError as error:
            call.status, call.description, answered = error.code, error.description, answer(error)
        self._state.pulse.beat()
        if fault and fault.drops_after:
            return drop(request, call, "after")
        if fault:
            await fault.delay()
        return answered

    async def _carry_out(self, call: Call, params: Params, fault: Fault | None) -> Any:
        if self._state.logged_out:
            raise LOGGED_OUT
        if call.method.lower() not in METHODS:
            raise NOT_FOUND
        if fault and fault.error and not fault.is_late:
            raise fault.error
        self._state.limits.admit(call.method, named_chat(self._state, params))
        result = METHODS[call.method.lower()][1](self._state, params)
        done = await result if inspect.isawaitable(result) else result
        if fault and fault.error:
            raise fault.error
        return done


def answer(error: ApiError) -> web.Response:
    if error.code > 500 or isinstance(error, PageError):
        return web.Response(text=PAGE, status=error.code, content_type="text/html")
    headers = {"Retry-After": str(error.parameters["retry_after"])} if error.code == 429 else {}
    return web.Response(
        text=json.dumps(error.body), status=error.code, content_type="application/json", headers=headers
    )


def drop(request: web.Request, call: Call, when: str) -> web.Response:
    """Hang up. The answer returned here never leaves the machine."""
    call.dropped = when
    if request.transport:
        request.transport.abort()
    return web.Response()
