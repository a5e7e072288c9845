"""A group with two channels for its alerts, which can be lost, and admins who can close their private chats."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from typing_extensions import override

from core.delivery.outcome import PlaceLost, Unreachable
from core.wallets.people import Chat, ChatKind, ChatRef
from tests.bot.carrier import FakeCarrier
from tests.bot.stages.desk import DeskStage
from tests.bot.telling import live_on

if TYPE_CHECKING:
    from bot.reply.parts import Reply
    from bot.reply.words import Voice
    from core.delivery.notice import Target
    from core.delivery.outcome import Outcome
    from core.shared.ids import WalletId
    from core.wallets.settings import Alerts
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer

GENERAL, BILLING = "1", "2"


@dataclass
class Server(FakeCarrier):
    """A platform with channels, some of which are lost, and people who have closed their private chats."""

    name: str = "desk"
    lost: dict[str, str] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    admins: set[str] = field(default_factory=lambda: {"Lea", "Zoe", "Max"})
    read: list[tuple[str, str]] = field(default_factory=list)
    """What has arrived: the place or the person, and the text."""

    leaving: set[str] = field(default_factory=set)
    """Who is no admin any more once somebody has asked about them."""

    @override
    async def is_admin(self, group: str, user: str) -> bool | None:
        is_admin = user in self.admins
        self.admins -= self.leaving & {user}
        return is_admin

    @override
    async def carry(self, target: Target, given: Reply, speak: Voice, nonce: str) -> Outcome:
        outcome = await super().carry(target, given, speak, nonce)
        if not target.direct and target.place in self.lost:
            return PlaceLost(self.lost[target.place])
        if target.direct and target.chat in self.closed:
            return Unreachable("blocked")
        self.read.append((target.chat if target.direct else target.place, self.carried[-1].text))
        return outcome

    def news(self) -> list[tuple[str, str]]:
        """What was read since the last call."""
        read, self.read = self.read, []
        return read


def server_for(bot: Bot) -> Server:
    server = Server(named={GENERAL: "#general", BILLING: "#billing"})
    live_on(bot, server)
    return server


async def opened_by_lea(bot: Bot) -> DeskPlayer:
    """Lea, who has opened the group's wallet with 300 Connects in its first channel."""
    await bot.desk.chat_reachable(Chat(ChatRef("desk", "Team"), ChatKind.GROUP, "Team"))
    lea = await DeskStage(bot).member("Lea", "Team", admin=True)
    lea.place = GENERAL
    for line in ("/start", "/opening 300 free", "/settings low=290"):
        await lea.say(line)
    return lea


async def admin(bot: Bot, name: str) -> DeskPlayer:
    player = await DeskStage(bot).member(name, "Team", admin=True)
    player.place = GENERAL
    return player


async def wallet_of(bot: Bot) -> WalletId:
    wallet = await bot.books.wallet_of(ChatRef("desk", "Team"))
    assert wallet is not None
    return wallet.id


async def alerts(bot: Bot) -> Alerts:
    return (await bot.store.people.settings_of(await wallet_of(bot))).alerts
