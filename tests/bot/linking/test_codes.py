"""The code that one account gives and the other one takes: once, for ten minutes, by nobody else."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.base.own_names import note_own_name
from bot.command.codes import Fate
from bot.reply.words import CATALOG
from core.links.model import Accounts
from core.wallets.people import Identity
from tests.bot.linking.accounts import Account, accounts_of, code_from

if TYPE_CHECKING:
    from tests.bot.stage import Bot

QUESTION = "Do both stand for the same Upwork account?"


async def test_says_what_to_do_with_it_and_where(bot: Bot, both: tuple[Account, Account]) -> None:
    await note_own_name(bot.store.notes, "discord", "Connects#4242", bot.clock.now())
    await note_own_name(bot.store.notes, "telegram", "@connects_bot", bot.clock.now())
    heard = (await both[0].say("link my discord")).text
    assert "It is good for ten minutes. From your other account, write to me:\n/link " in heard
    assert "There you find me on Discord as Connects#4242." in heard
    assert "@connects_bot" not in heard
    assert not [one for one in both[0].links if "t.me" in one.to]
    there = (await both[1].say("I'm also on telegram")).text
    assert "Connects#4242" not in there
    assert [re.sub(r"=\w{4}-\w{4}$", "=CODE", one.to) for one in both[1].links] == [
        "https://t.me/connects_bot?start=CODE"
    ]


@pytest.mark.parametrize("line", ["/start {}", "/start link_{}", "{}.", "/link <{}>", '/link "{}"', "/link code {}"])
async def test_is_taken_as_people_type_it(both: tuple[Account, Account], line: str) -> None:
    here, there = both
    assert QUESTION in (await there.say(line.format(await code_from(here)))).text


async def test_is_taken_once(both: tuple[Account, Account], bot: Bot) -> None:
    here, there = both
    code = await code_from(here)
    asked = await there.say(f"/link {code.lower().replace('-', ' ')}")
    assert "Telegram (Ann): 16 Connects\nDiscord (ann): 16 Connects" in asked.text
    assert QUESTION in asked.text
    assert QUESTION in (await there.say(f"/link {code}")).text  # the same person once more
    (other,) = accounts_of(bot, {"console": "Eve"})
    refused = (await other.say(f"/link {code}")).text
    assert refused.startswith("That code was used already, and each works once.")
    assert "16 Connects" not in refused


async def test_is_taken_by_one_of_two_who_write_it_at_once(both: tuple[Account, Account], bot: Bot) -> None:
    here, there = both
    (eve,) = accounts_of(bot, {"console": "Eve"})
    await eve.say("/start")
    line = f"/link {await code_from(here)}"
    heard = await asyncio.gather(there.say(line), eve.say(line))
    assert sorted("was used already" in one.text for one in heard) == [False, True]


async def test_is_good_for_ten_minutes(both: tuple[Account, Account], bot: Bot) -> None:
    here, there = both
    code = await code_from(here)
    bot.clock.pass_(minutes=10)
    assert (await there.say(f"/link {code}")).text.startswith("The ten minutes of that code are over.")


async def test_is_for_another_account(both: tuple[Account, Account]) -> None:
    here, _ = both
    code = await code_from(here)
    assert f"{code} is the code of this account." in (await here.say(f"/link {code}")).text


async def test_wrong_ones_are_counted_for_person_and_chat(
    both: tuple[Account, Account], bot: Bot, capsys: pytest.CaptureFixture[str]
) -> None:
    here, there = both
    code = await code_from(here)
    for _ in range(5):
        assert "I do not know that code." in (await there.say("/link AAAA-2222")).text
    assert "AAAA" not in (logged := capsys.readouterr().out)
    assert logged.count("code refused") == len("12345")
    assert "I accept no other for an hour" in (await there.say(f"/link {code}")).text
    bot.clock.at += timedelta(hours=1)
    assert QUESTION in (await there.say(f"/link {await code_from(here)}")).text


async def test_neither_expired_nor_used_ones_are_guesses(both: tuple[Account, Account], bot: Bot) -> None:
    here, there = both
    code = await code_from(here)
    bot.clock.pass_(minutes=10)
    for _ in range(6):
        assert "ten minutes of that code" in (await there.say(f"/link {code}")).text


@pytest.mark.parametrize("line", ["/link @ivan", "/link telegram:42", "/link <@123>", "/link telegram:1 discord:2"])
async def test_nobody_links_somebody_else(both: tuple[Account, Account], line: str, bot: Bot) -> None:
    bot.operators.add("telegram:Ann")
    assert (await both[0].say(line)).text.startswith("I cannot link somebody for you, and an operator cannot either.")


async def test_is_said_in_private(bot: Bot, both: tuple[Account, Account]) -> None:
    code = await code_from(both[0])
    in_group = Account(bot, "ann", "Alpha", seat=Identity("discord", "ann"))
    assert (await in_group.say("/link")).text.endswith("so write /link in our private chat.")
    assert "write /unlink in our private chat" in (await in_group.say("/unlink")).text
    assert QUESTION in (await both[1].say(f"/link {code}")).text


async def test_is_used_up_where_others_read_it(bot: Bot, both: tuple[Account, Account]) -> None:
    code = await code_from(both[0])
    in_group = Account(bot, "ann", "Alpha", seat=Identity("discord", "ann"))
    for line in ("/link AAAA-2222", f"/link {code}"):
        assert (await in_group.say(line)).text.startswith("Others may have read that code here")
    assert "was used already" in (await both[1].say(f"/link {code}")).text


def test_every_fate_and_every_kind_of_link_has_its_sentence() -> None:
    assert all(CATALOG.has(f"fate-{fate}") for fate in Fate)
    assert all(CATALOG.has(f"both-then-{one}") for one in Accounts)
    assert all(CATALOG.has(f"both-{one}") for one in (Accounts.SAME, Accounts.TWO))
