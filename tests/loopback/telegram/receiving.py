"""The methods by which a bot gets its updates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.loopback.telegram.webhook import Webhook
from tests.loopback.telegram.wire import ApiError, Json, bad_request

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.loopback.telegram.state import State
    from tests.loopback.telegram.wire import Params

MOST_UPDATES = 100
LONGEST_POLL = 50
LOCAL = ("127.0.0.1", "localhost")
OCCUPIED = ApiError(
    409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


async def get_updates(state: State, params: Params) -> list[Json]:
    if state.webhook:
        raise OCCUPIED
    state.updates.allow(params.structure("allowed_updates"))
    state.updates.confirm(params.integer("offset"))
    limit = min(max(params.integer("limit", MOST_UPDATES), 1), MOST_UPDATES)
    return await state.updates.poll(limit, min(params.integer("timeout"), LONGEST_POLL))


async def set_webhook(state: State, params: Params) -> bool:
    """https only, as the real one; here also http to this machine."""
    url, secret = params.text("url"), params.text("secret_token")
    if not url:
        return await delete_webhook(state, params)
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in LOCAL:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    await _stop(state, params)
    state.updates.allow(params.structure("allowed_updates"))
    state.updates.end_poll("setWebhook")
    state.webhook = Webhook(state, url, secret, params.integer("max_connections", 40))
    state.webhook.start()
    return True


async def delete_webhook(state: State, params: Params) -> bool:
    await _stop(state, params)
    return True


async def _stop(state: State, params: Params) -> None:
    if state.webhook:
        await state.webhook.stop()
        state.webhook = None
    if params.truth("drop_pending_updates"):
        state.updates.clear()


async def get_webhook_info(state: State, _params: Params) -> Json:
    hook = state.webhook
    info: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(state.updates.queue),
        "allowed_updates": sorted(state.updates.allowed),
    }
    if hook:
        info |= {"max_connections": hook.max_connections, "ip_address": "127.0.0.1"}
    if hook and hook.last_error:
        info |= {"last_error_date": int(state.clock.now().timestamp()), "last_error_message": hook.last_error}
    return info


METHODS: dict[str, Callable[[State, Params], Awaitable[Json | list[Json] | bool]]] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
