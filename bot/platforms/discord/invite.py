"""The address with which people add the bot to their servers, with the permissions that the code needs there."""

from __future__ import annotations

import base64
import binascii
from typing import Final

from discord.utils import oauth_url

from bot.platforms.discord.sending.channels import ALL_RIGHTS

SCOPES: Final = ("bot", "applications.commands")


def invite_link(application: int | str) -> str:
    """The address for an application's id."""
    return oauth_url(application, permissions=ALL_RIGHTS, scopes=SCOPES)


def invite_link_of(token: str) -> str:
    """The address for a bot's token, whose first part is the id; empty if the token has no id in it."""
    first = token.partition(".")[0]
    try:
        application = base64.b64decode(first + "=" * (-len(first) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return invite_link(application) if application.isdecimal() else ""
