"""Tab completion."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.commands import by_name
from bot.platforms.console.complete import Completion, completions

if TYPE_CHECKING:
    from collections.abc import Sequence

OWN = ("/as", "/in", "/quit")


async def suggest(command: str, option: str, typed: str) -> Sequence[tuple[str, str]]:
    """A bot that remembers two jobs and two amounts."""
    known = {"title": ("Logo redesign", "Landing page"), "connects": ("8", "16"), "spend": ("#2",)}
    labels = {"8": "8 Connects", "16": "16 Connects", "#2": f"#2 of {command}"}
    return [
        (labels.get(words, words), words) for words in known.get(option, ()) if typed.casefold() in words.casefold()
    ]


async def offered(line: str) -> list[str]:
    return [offer.words for offer in await completions(line, by_name(), OWN, suggest)]


async def test_commands_and_the_consoles_own_are_completed() -> None:
    assert await offered("/e") == ["/earn", "/expiring", "/export"]
    assert await offered("/in") == ["/in"]


async def test_aliases_are_completed_and_hidden_commands_are_not() -> None:
    assert "/bid" in await offered("/b")
    assert "/number" not in await offered("/")


async def test_nothing_is_offered_for_an_empty_line_or_plain_words() -> None:
    assert await offered("") == []
    assert await offered("hello there") == []
    assert await offered("/nonsense ") == []


async def test_after_the_command_come_its_values_and_its_options() -> None:
    words = await offered("/spend ")
    assert {"8", "16", "boost", "Logo redesign", "connects=", "purpose=", "title="} <= set(words)


async def test_what_was_given_is_not_offered_again() -> None:
    words = await offered("/spend 16 bo")
    assert "boost" in words
    assert "16" not in words
    assert "purpose=" not in await offered("/spend 16 purpose=boost ")


async def test_titles_are_completed_from_the_jobs_before() -> None:
    assert await completions("/spend 16 Lo", by_name(), OWN, suggest) == [Completion("Logo redesign", 2)]
    assert await completions("/spend 16 Logo re", by_name(), OWN, suggest) == [Completion("Logo redesign", 7)]


async def test_a_value_with_a_space_is_quoted_after_its_name() -> None:
    assert await completions("/spend 16 title=Lo", by_name(), OWN, suggest) == [Completion('"Logo redesign"', 2)]
    assert await completions('/spend 16 title="Lo', by_name(), OWN, suggest) == [Completion('"Logo redesign"', 3)]


async def test_choices_are_completed_after_their_name() -> None:
    assert await offered("/spend 16 purpose=b") == ["boost", "badge"]
    assert await offered("/settings plan=p") == ["plus"]


async def test_a_suggestion_says_what_it_is() -> None:
    assert Completion("#2", 0, "#2 of return") in await completions("/return ", by_name(), OWN, suggest)


@pytest.mark.parametrize("line", ["/settings nonsense words here ", "/history x", "/spend ="])
async def test_an_unreadable_line_completes_nothing(line: str) -> None:
    assert isinstance(await offered(line), list)
