from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

import pytest

from bot.command.declaration import Call, Command, Option
from bot.command.permissions import permission_of
from bot.commands import by_name, declared
from bot.options.choice import Choice
from bot.options.text import Link, Text
from bot.platforms.discord.commands import fingerprint, registered
from bot.platforms.discord.interactions.autocomplete import suggestions_in
from core.wallets.settings import Plan
from tests.loopback.discord.check_commands import check_command
from tests.loopback.discord.wire import Problems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.reply.parts import Reply

OFFERED = [found for found in declared() if not found.hidden]
OPERATORS = [found for found in declared() if permission_of(found).for_operators]


def one(name: str) -> dict[str, Any]:
    return registered([by_name()[name]])[0]


def option(name: str, of: str) -> Mapping[str, Any]:
    return next(found for found in one(of)["options"] if found["name"] == name)


@pytest.mark.parametrize("found", [*OFFERED, *OPERATORS], ids=lambda found: found.name)
def test_discord_accepts_every_declared_command(found: Command) -> None:
    problems = Problems()
    for payload in registered([found], anywhere=True, for_operators=True):
        check_command(payload, problems)
    problems.refuse()


def test_a_command_is_offered_in_servers_and_in_private() -> None:
    spend = one("spend")
    assert spend["description"] == "Book Connects you spent"
    assert (spend["contexts"], spend["integration_types"]) == ([0, 1], [0])
    assert "default_member_permissions" not in spend


def test_whole_numbers_have_their_range() -> None:
    assert option("connects", of="spend") == {
        "name": "connects",
        "description": "How many Connects",
        "required": True,
        "type": 4,
        "min_value": 1,
        "max_value": 1_000_000,
        "autocomplete": True,
    }


def test_an_enumeration_has_its_choices() -> None:
    plan = option("plan", of="settings")
    assert plan["type"] == 3
    assert plan["choices"][0] == {"name": "Freelancer Basic", "value": Plan.BASIC.value}


def test_a_text_with_suggestions_completes_itself() -> None:
    assert option("title", of="spend")["autocomplete"] is True
    assert option("title", of="spend")["max_length"] == 200
    assert "autocomplete" not in option("reason", of="adjust")


def test_everything_else_is_a_text() -> None:
    assert {key: option("job", of="spend")[key] for key in ("type", "required")} == {"type": 3, "required": False}


async def unused(_call: Call) -> Reply:
    raise NotImplementedError


def test_required_options_come_first() -> None:
    odd = Command("spend", unused, (Option("title", Text(), required=False), Option("job", Link(), required=True)))
    assert [found["name"] for found in registered([odd])[0]["options"]] == ["job", "title"]


def test_an_enumeration_with_too_many_choices_is_typed() -> None:
    many: Any = StrEnum("many", [f"N{n}" for n in range(26)])  # type: ignore[misc] # mypy wants literals
    payload, *_ = registered([Command("spend", unused, (Option("title", Choice(of=many), required=True),))])
    assert payload["options"][0]["type"] == 3
    assert "choices" not in payload["options"][0]


def test_a_fingerprint_changes_with_what_is_registered_and_with_nothing_else() -> None:
    assert fingerprint(registered(OFFERED)) == fingerprint(registered(OFFERED))
    assert fingerprint(registered(OFFERED)) != fingerprint(registered(OFFERED[1:]))


def test_suggestions_fit() -> None:
    long = "x" * 150
    (choice,) = suggestions_in([(long, long)], whole=False)
    assert (len(choice.name), choice.value) == (100, "x" * 100)
    assert [choice.value for choice in suggestions_in([("16 Connects", "16"), ("", "")], whole=True)] == [16]
    assert len(suggestions_in([(str(n), str(n)) for n in range(40)], whole=False)) == 25
