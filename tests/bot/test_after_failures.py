"""What is said and remembered after a failure: what stands, for whom, and no more than that."""

from __future__ import annotations

from dataclasses import replace
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Final

import pytest
from structlog.testing import capture_logs

from bot.command.incoming import Typed
from bot.dispatch.dialog import Dialog
from bot.dispatch.writes import WRITING
from bot.reply.parts import Button, Buttons, reply, say
from core.shared.refusals import Outage
from storage.sql.announcements import Announcements, Recurring
from storage.sql.audit_log import AuditLog
from storage.sql.delivery.outbox import Outbox
from storage.sql.forgetting.erasure import Erasures
from storage.sql.forgetting.personal_data import PersonalDataRows
from storage.sql.inbox import Inbox
from storage.sql.incomes import Incomes
from storage.sql.journal import Journal
from storage.sql.links.links import Links
from storage.sql.notes import Notes
from storage.sql.people import People
from storage.sql.promotions import Promotions
from storage.sql.proposals.cards import ProposalCards
from storage.sql.subscriptions import Subscriptions
from storage.sql.tasks import Tasks
from tests.bot.failing import PORTS, Failing, Fault, bot_on
from tests.bot.stages.desk import DeskStage
from tests.bot.test_desk import incoming, text_of

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer

NOT_ASKED_FOR: Final = {
    "announcements": {"discard_drafts"},
    "audit_log": {"record", "forget"},
    "forgetting": {"wipe"},
    "inbox": {"keep", "begin", "finish", "forget"},
    "proposals": {"renew"},
    "people": {"person", "note_reachable", "note_unreachable", "move_chat", "save_settings", "note_member"},
    "notes": {"sweep_notes"},
    "outbox": {"lease", "claim", "settle", "give_up", "forget", "sliced", "hasten"},
    "subscriptions": {"subscribers", "restore_place"},
    "tasks": {"take"},
}
"""What the desk and the background jobs write for themselves, and what only reads, but in several steps."""


def failing(player: DeskPlayer, fault: Fault, name: str) -> Failing:
    """Let an operation fail from now on, on a bot that was restarted."""
    plan = Failing(player.bot.store, fault, name)
    player.bot = bot_on(plan.as_store(), player.bot.clock)
    return plan


OPERATIONS: Final = (
    Announcements,
    AuditLog,
    Erasures,
    Inbox,
    Incomes,
    PersonalDataRows,
    Journal,
    Links,
    Notes,
    Outbox,
    People,
    Promotions,
    ProposalCards,
    Recurring,
    Subscriptions,
    Tasks,
)


@pytest.mark.parametrize(("port", "made"), [*zip(PORTS, OPERATIONS, strict=True)], ids=PORTS)
def test_every_operation_that_writes_is_recorded(port: str, made: type) -> None:
    public = {
        name for name, operation in vars(made).items() if not name.startswith("_") and iscoroutinefunction(operation)
    }
    reading = {name for name in public if vars(made)[name].__code__.co_qualname.startswith("reads.")}
    assert public - reading - NOT_ASKED_FOR.get(port, set()) == WRITING.get(port, set())


class TestWhatStands:
    @pytest.mark.parametrize("why", Outage)
    async def test_an_entry_is_named_after_an_outage_of_any_kind(self, ann: DeskPlayer, why: Outage) -> None:
        await ann.say("/alerts budget=100")
        failing(ann, Fault(why=why), "ledger.holding")
        lines = (await ann.say("/spend 16 Logo redesign")).text.splitlines()
        assert (lines[0], lines[2:]) == (
            "#2 is booked: Proposal: Logo redesign, \u221216.",
            ["Check /history before you send anything again."],
        )

    async def test_a_retry_of_the_same_message_gives_the_whole_answer(self, bot: Bot, ann: DeskPlayer) -> None:
        await ann.say("/alerts budget=100")
        plan = failing(ann, Fault(), "ledger.holding")
        said = incoming(bot, Typed("/spend 16 Logo"), "tried")
        assert "#2 is booked" in text_of(await ann.bot.desk.answer(said))
        plan.name = ""
        assert "#2 booked: 16 Connects" in text_of(await ann.bot.desk.answer(said))

    async def test_settings_do_not_say_that_incomes_are_gone_while_they_are_not(self, ann: DeskPlayer) -> None:
        await ann.say("/settings incomes=yes")
        plan = failing(ann, Fault(maybe=True), "incomes.forget")
        assert "Check /settings before" in (await ann.say("/settings incomes=no")).text
        plan.name = ""
        assert "kept, to tell what a client cost" in (await ann.say("/settings")).text

    async def test_what_shows_the_state_is_named(self, ann: DeskPlayer) -> None:
        failing(ann, Fault(), "ledger.holding")
        assert "Check /settings before" in (await ann.say("/settings low=5")).text
        assert "Check /alerts before" in (await ann.say("/alerts low=6")).text

    async def test_what_is_in_another_wallet_is_not_shown_here(
        self, bot: Bot, boss: DeskPlayer, lead: DeskPlayer
    ) -> None:
        await boss.say("/promote Gift gives=10 ends=9 days text=Welcome approval=on")
        await boss.press("Launch")
        ann = replace(lead, name="ann", group="")
        await ann.say("/start")
        await ann.say("/claim 1")
        failing(boss, Fault(), "people.names")
        heard = await boss.say("/promo approve 1 claim=1")
        assert "is booked" not in heard.text
        assert "Check /promo before you send it again." in heard.text
        assert bot

    async def test_nothing_private_is_logged_or_shown_and_the_id_is_the_same(self, ann: DeskPlayer) -> None:
        await ann.say("/alerts budget=100")
        failing(ann, Fault(None), "ledger.holding")
        with capture_logs() as logs:
            text = (await ann.say("/spend 17 Hidden job")).text
        (fault,) = [line for line in logs if line["event"] == "fault"]
        assert fault["id"] in text
        assert "Secret" not in text + str(logs)
        assert "Hidden" not in str(logs)
        assert "#2 is booked: Proposal: Hidden job" in text


class TestTheQuestion:
    async def test_it_counts_as_answered_even_if_that_cannot_be_kept(self, ann: DeskPlayer) -> None:
        await ann.say("/buy")
        plan = failing(ann, Fault(), "notes.put_note")
        assert "#2 booked: 40 Connects bought" in (await ann.say("40")).text
        plan.name = ""
        assert "what happened to them?" in (await ann.say("16")).text

    async def test_it_counts_as_answered_if_the_answer_failed(self, ann: DeskPlayer) -> None:
        await ann.say("/alerts budget=100")
        await ann.say("/spend")
        plan = failing(ann, Fault(None), "ledger.holding")
        assert "#2 is booked" in (await ann.say("16")).text
        plan.name = ""
        assert "what happened to them?" in (await ann.say("16")).text

    async def test_what_may_be_booked_is_not_booked_by_the_next_words(self, ann: DeskPlayer) -> None:
        await ann.say("/buy")
        plan = failing(ann, Fault(maybe=True, after=True), "ledger.write")
        assert "Check /history first" in (await ann.say("40")).text
        plan.name = ""
        assert "what happened to them?" in (await ann.say("40")).text

    async def test_it_stays_open_if_nothing_was_booked(self, ann: DeskPlayer) -> None:
        await ann.say("/buy")
        plan = failing(ann, Fault(), "ledger.write")
        assert "Nothing was booked." in (await ann.say("40")).text
        plan.name = ""
        assert "#2 booked: 40 Connects bought" in (await ann.say("40")).text

    async def test_one_that_nobody_has_read_is_not_answered(self, ann: DeskPlayer) -> None:
        plan = failing(ann, Fault(maybe=True, after=True), "notes.put_note")
        assert "Please send it again" in (await ann.say("/buy")).text
        plan.name = ""
        assert "what happened to them?" in (await ann.say("40")).text


class TestButtons:
    async def test_those_that_cannot_be_kept_are_left_out_of_what_was_done(self, bot: Bot) -> None:
        dialog = Dialog(bot_on(Failing(bot.store, Fault(), "notes.put_note").as_store(), bot.clock).store.notes)
        short, long = Button(say("button-undo"), "undo 1"), Button(say("button-return"), "x" * 80)
        given = reply(Buttons(((short, long), (long,))))
        sealed = await dialog.seal(given, incoming(bot, Typed("x")), lenient=True)
        (part,) = sealed.parts
        assert isinstance(part, Buttons)
        assert [[button.line for button in row] for row in part.rows] == [["undo 1"]]

    async def test_a_doubt_without_them_is_no_answer(self, ann: DeskPlayer) -> None:
        plan = failing(ann, Fault(), "notes.put_note")
        heard = await ann.say(f"16 {'A very long title ' * 4}")
        assert heard.text.endswith("Nothing was booked.\nPlease send it again in a few minutes.")
        plan.name = ""
        assert "Spent on a boost" in (await ann.say(f"16 {'A very long title ' * 4}")).buttons


class TestSilence:
    async def test_talk_in_a_group_is_not_answered_during_an_outage_either(self, bot: Bot) -> None:
        away = bot_on(Failing(bot.store, Fault(), "people.person").as_store(), bot.clock).desk
        for line in ("good morning", "balance", "/weather Kyiv"):
            assert await away.answer(incoming(bot, Typed(line, direct=False), group=True)) is None
        for said in (Typed("/balance", direct=False), Typed("balance"), Typed("/weather")):
            assert "Nothing was booked." in text_of(await away.answer(incoming(bot, said, group=True)))


class TestTheAuditLog:
    async def test_what_was_interrupted_is_recorded(self, boss: DeskPlayer) -> None:
        await boss.say("/promote Gift gives=10 ends=9 days text=Welcome")
        plan = failing(boss, Fault(), "promotions.claims_on")
        assert "Check /promo before" in (await boss.say("/promo launch 1")).text
        plan.name = ""
        assert "may have been done; then the database was out of reach: lost" in (await boss.say("/audit")).text


async def test_what_was_asked_for_is_done_even_if_the_chat_cannot_be_noted(bot: Bot) -> None:
    ann = await DeskStage(bot).person("ann")
    failing(ann, Fault(None), "people.note_reachable")
    with capture_logs() as logs:
        assert "Your wallet is open" in (await ann.say("/start")).text
    assert [line["kind"] for line in logs if line["event"] == "fault"] == ["RuntimeError"]


class TestWhatCameBefore:
    MAYBE = "I cannot reach my books right now.\nI may have booked it already."

    async def test_what_was_booked_and_arrives_again_may_have_been_booked(self, bot: Bot, ann: DeskPlayer) -> None:
        assert ann
        plan = Failing(bot.store)
        desk, line = bot_on(plan.as_store(), bot.clock).desk, incoming(bot, Typed("/buy 40"))
        assert "40 Connects bought" in text_of(await desk.answer(line))
        plan.name = "people.person"
        assert text_of(await desk.answer(line)).startswith(self.MAYBE)
        other = incoming(bot, Typed("/buy 40"), "m2")
        assert "Nothing was booked." in text_of(await desk.answer(other))

    async def test_so_may_what_was_sent_before_a_restart(self, bot: Bot, ann: DeskPlayer) -> None:
        assert ann
        line = incoming(bot, Typed("/buy 40"))
        await bot.desk.answer(line)  # and the answer is lost in a crash
        bot.clock.pass_(seconds=5)
        desk = bot_on(Failing(bot.store, name="people.person").as_store(), bot.clock).desk
        assert text_of(await desk.answer(line)).startswith(self.MAYBE)
