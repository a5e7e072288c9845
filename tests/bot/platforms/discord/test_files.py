"""Files in direct messages; they need no slash command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

if TYPE_CHECKING:
    from tests.bot.stages.discord import DiscordStage
    from tests.loopback.discord.messages import Attachment

FILE = b'title = "Bonus"\ntext = "Sun"\ngives = 20\nends = "3 days"\n'


class Forgetful(dict[int, "Attachment"]):
    """Keeps nothing."""

    @override
    def __setitem__(self, key: int, value: Attachment) -> None:
        return None


async def test_a_file_that_cannot_be_fetched_may_be_sent_again(stage: DiscordStage) -> None:
    ann = await stage.person("Ann")
    stage.bot.operators.add(f"discord:{ann.person.id}")
    stored, stage.server.state.stored = stage.server.state.stored, Forgetful()
    assert "I could not fetch that file." in (await ann.hand("bonus.toml", FILE)).text
    stage.server.state.stored = stored
    assert "1 promotion saved as a draft." in (await ann.hand("bonus.toml", FILE)).text


async def test_one_that_is_too_large_is_not_fetched(stage: DiscordStage) -> None:
    ann = await stage.person("Ann")
    stage.bot.operators.add(f"discord:{ann.person.id}")
    stage.server.state.stored = Forgetful()
    assert "That file is too large" in (await ann.hand("bonus.toml", b"#" * 5_000_001)).text
