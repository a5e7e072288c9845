"""What a part of a group is called: by its name, by where it is said, or by its address."""

from __future__ import annotations

import pytest

from bot.reply.words import voice
from bot.views.places import place_name, rights_named
from core.delivery.notice import Target

TOPIC = Target("telegram", "-1001234", place="45")
CHANNEL = Target("discord", "99", place="45")


@pytest.mark.parametrize(
    ("place", "here", "expected"),
    [
        (TOPIC, "45", "this topic"),
        (TOPIC, "", "another topic of this group (https://t.me/c/1234/45)"),
        (TOPIC, None, "one of its topics (https://t.me/c/1234/45)"),
        (TOPIC._replace(place=""), "45", "this group"),
        (TOPIC._replace(place=""), None, "the group itself"),
        (CHANNEL, "45", "this channel"),
        (CHANNEL, "7", "a channel whose name I do not see (https://discord.com/channels/99/45)"),
        (CHANNEL, None, "one of its channels (https://discord.com/channels/99/45)"),
        (CHANNEL._replace(platform="elsewhere"), None, "one of its topics"),
    ],
)
def test_a_part_without_a_name_has_an_address(place: Target, here: str | None, expected: str) -> None:
    assert voice("en", "UTC").say(place_name(place, {}, here)) == expected


@pytest.mark.parametrize("here", ["45", "7", None])
def test_a_name_is_used_everywhere(here: str | None) -> None:
    assert voice("en", "UTC").say(place_name(CHANNEL, {"45": "#billing"}, here)) == "#billing"


@pytest.mark.parametrize(
    ("lacking", "expected"),
    [
        (("send",), "Send Messages"),
        (("embeds", "files"), "Embed Links and Attach Files"),
        (("send", "embeds", "files"), "Send Messages"),
        (("threads", "files"), "Send Messages in Threads"),
        (("view", "send", "embeds", "files"), "View Channel"),
        (("unknown",), "access to it"),
        (("topic",), "access to the topic, which is closed or deleted"),
    ],
)
def test_of_what_is_missing_the_cause_is_named(lacking: tuple[str, ...], expected: str) -> None:
    assert voice("en", "UTC").say(rights_named(lacking)) == expected
