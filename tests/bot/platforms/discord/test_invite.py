"""The address that invites the bot asks for what the code needs, wherever it stands."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import discord
from structlog.testing import capture_logs

from bot.doctor import examine
from bot.platforms.discord.invite import invite_link, invite_link_of
from bot.platforms.discord.sending.channels import RIGHTS

if TYPE_CHECKING:
    from tests.bot.stages.discord import DiscordStage

README = Path(__file__).parents[4] / "README.md"
ID = "104400000000000001"
TOKEN = f"{base64.urlsafe_b64encode(ID.encode()).decode().rstrip('=')}.invent.{'x' * 30}"


def asked_for(link: str) -> tuple[str, set[str], discord.Permissions]:
    query = parse_qs(urlsplit(link).query)
    return query["client_id"][0], set(query["scope"][0].split()), discord.Permissions(int(query["permissions"][0]))


def test_it_asks_for_all_that_is_looked_for_in_a_channel() -> None:
    _, scopes, permissions = asked_for(invite_link("1"))
    assert scopes == {"bot", "applications.commands"}
    assert all(permissions >= right for right in RIGHTS.values())
    assert sorted(name for name, value in permissions if value) == [
        "attach_files",
        "embed_links",
        "read_messages",  # the library's name for seeing a channel
        "send_messages",
        "send_messages_in_threads",
    ]


def test_the_readme_shows_it() -> None:
    assert f"`{invite_link('YOUR_ID')}`" in README.read_text(encoding="utf-8")


def test_it_can_be_made_of_a_token() -> None:
    assert invite_link_of(TOKEN) == invite_link(ID)
    assert [invite_link_of(token) for token in ("", "no token", "bm90IGFuIGlk.a.b", "_____w.a.b")] == [""] * 4


def test_the_doctor_shows_it(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text(f"DISCORD_TOKEN={TOKEN}\nDATABASE_URL=memory://\n")
    findings = [str(finding) for finding in examine(str(env_file))]
    assert any(invite_link(ID) in finding for finding in findings)
    assert not any(TOKEN in finding for finding in findings)


async def test_the_log_of_the_start_shows_it(stage: DiscordStage) -> None:
    with capture_logs() as logs:
        await stage.restart()
    (shown,) = [entry["address"] for entry in logs if entry["event"] == "invitation"]
    assert shown == invite_link(stage.server.state.application_id)
