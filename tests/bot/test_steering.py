"""What operators see of a promotion: claims by chat, uncertain deliveries, reports as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.delivery.outcome import Uncertain
from core.delivery.state import State
from tests.bot.carrier import FakeCarrier
from tests.bot.promoting import launched, look
from tests.bot.stages.desk import DeskStage
from tests.bot.telling import deliver

if TYPE_CHECKING:
    from tests.bot.stage import Bot, CarryingStage
    from tests.bot.stages.desk import DeskPlayer


async def claimed(bot: Bot, *claims: tuple[str, str]) -> None:
    """People claim promotion 1, each in a group or (empty) in private."""
    for name, group in claims:
        await (await DeskStage(bot).person(name)).say("/start")
        stage = DeskStage(bot)
        await (await stage.member(name, group) if group else await stage.person(name)).say("/claim 1")


class TestWhere:
    async def test_claims_and_connects_are_counted_by_group_and_private_ones_together(
        self, bot: Bot, boss: DeskPlayer
    ) -> None:
        await launched(boss, 'Bonus gives=20 ends="3 days"')
        await claimed(bot, ("ann", "team"), ("bob", "team"), ("col", ""), ("dan", "squad"))
        assert (await boss.say("/promo show 1")).text.splitlines()[-4:] == [
            "Recipients: 4",
            "team: 2 claims, 40 Connects",
            "In private: 1 claim, 20 Connects",
            "squad: 1 claim, 20 Connects",
        ]

    async def test_in_a_contest_only_what_was_won_counts_as_connects(self, bot: Bot, boss: DeskPlayer) -> None:
        await launched(boss, 'Draw gives=20 ends="1 day" winners=1')
        await claimed(bot, ("ann", "team"), ("bob", "team"))
        assert "team: 2 claims, 0 Connects" in (await boss.say("/promo show 1")).text
        bot.clock.pass_(days=1)
        await look(bot)
        assert "team: 2 claims, 20 Connects" in (await boss.say("/promo show 1")).text

    async def test_many_groups_are_summed_up(self, bot: Bot, boss: DeskPlayer) -> None:
        await launched(boss, 'Bonus gives=20 ends="3 days"')
        await claimed(bot, *((f"p{number}", f"g{number}") for number in range(10)))
        assert (await boss.say("/promo show 1")).text.splitlines()[-1] == "Other chats: 2 claims, 40 Connects"

    async def test_the_group_is_named_by_its_title(self, stage: CarryingStage, boss: DeskPlayer) -> None:
        bob = await stage.person("Bob")
        await bob.say("/start")
        member = await stage.member("Bob", "Team")
        await launched(boss, 'Bonus gives=20 ends="3 days"')
        await member.say("/claim 1")
        assert "Team: 1 claim, 20 Connects" in (await boss.say("/promo show 1")).text


class TestReport:
    async def test_all_claims_and_deliveries_come_as_files(self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await ann.say("/subscribe")
        await launched(boss, 'Bonus gives=20 ends="3 days"')
        await look(bot)
        await claimed(bot, ("=ann()", "team"), ("bob", ""))
        heard = await boss.press("Report")
        assert heard.text.splitlines() == ["All claims: 2", "All deliveries of its announcements: 1"]
        lines = {
            name: content.decode("utf-8-sig").replace('"', "").splitlines() for name, content in heard.files.items()
        }
        assert lines == {
            "promotion-1-claims.csv": [
                "number,name,state,at,platform,chat,title",
                "1,'=ann(),given,2026-01-10T09:00:00+00:00,desk,team,team",
                "2,bob,given,2026-01-10T09:00:00+00:00,,,",
            ],
            "promotion-1-announcements.csv": [
                "moment,platform,chat,title,state,why",
                "start,desk,ann,,pending,",
            ],
        }


class TestDoubts:
    async def test_uncertain_deliveries_are_sent_again_on_request(
        self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer
    ) -> None:
        await ann.say("/subscribe")
        await launched(boss, 'Bonus gives=20 ends="3 days"')
        await look(bot)
        carrier = FakeCarrier("desk")
        carrier.fates.append(Uncertain("lost answer"))
        await deliver(bot, carrier)
        shown = await boss.say("/promo show 1")
        assert "Uncertain: 1 announcement may or may not have arrived" in shown.text
        assert "It is sent again to 1 chat." in (await boss.press("Send again")).text
        await deliver(bot, carrier)
        ((_, state, _),) = await bot.store.outbox.deliveries("promotion:1:start")
        assert (state, len(carrier.carried)) == (State.SENT, 2)
        shown = await boss.say("/promo show 1")
        assert "Uncertain" not in shown.text
        assert "Send again" not in shown.buttons
