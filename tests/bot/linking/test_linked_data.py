"""/mydata of a linked person has what both accounts have left, whichever of them asks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.bot.linking.test_conversation import TWO, linked
from tests.bot.test_own_data import data_in, handed

if TYPE_CHECKING:
    from tests.bot.linking.accounts import Account


async def data_of(account: Account) -> dict[str, Any]:
    return data_in(await handed(account))


@pytest.mark.parametrize("asks", [0, 1])
async def test_it_is_that_of_both(both: tuple[Account, Account], asks: int) -> None:
    await linked(both, TWO)
    found = await data_of(both[asks])
    assert [(one["number"], one["name"]) for one in found["persons"]] == [(1, "Ann"), (2, "ann")]
    assert found["persons"][0]["used"] == str(both[asks].who)
    assert [f"{one['platform']}:{one['user']}" for one in found["accounts"]] == ["discord:ann", "telegram:Ann"]
    assert [(one["closed"], one["balance"]) for one in found["wallets"]] == [(False, 32), (True, 0)]
    assert {one["wallet"] for one in found["entries"]} == {1, 2}
    (link,) = found["links"]
    assert (link["accounts"], link["persons"], link["undone"]) == ("two", [1, 2], None)


async def test_after_they_part_it_is_that_of_one(both: tuple[Account, Account]) -> None:
    await linked(both, TWO)
    await both[0].say("/unlink")
    await both[0].press("Yes, separate them")
    found = await data_of(both[1])
    assert [one["name"] for one in found["persons"]] == ["ann"]
    assert [(one["platform"], one["user"]) for one in found["accounts"]] == [("discord", "ann")]
    assert [one["closed"] for one in found["wallets"]] == [False]
    assert [one["persons"] for one in found["links"]] == [[2]]
    assert not [word for word in ('"Ann"', "telegram:Ann", '"user": "Ann"') if word in json.dumps(found)]
