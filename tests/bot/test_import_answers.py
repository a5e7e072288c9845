"""What the presses of an import answer: questions, unsure rows, books that have changed, drafts that have ended."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from core.imports.model import Page
from core.imports.undated import TODAY
from core.ledger.model import Source
from core.shared.ids import WalletId
from tests.bot.carrier import FakeCarrier
from tests.bot.handing import BID, BOUGHT, OLDER, PAGE, drafted, handed, row
from tests.bot.stages.desk import DeskPlayer, DeskStage
from tests.bot.telling import live_on

if TYPE_CHECKING:
    from tests.bot.stage import Bot

LOYALTY = row(8, "Loyalty thanks", 5)
UNPROVEN = PAGE._replace(balance=None)
MANY = Page(
    tuple(row(9 - at // 10, "Applied to job", -8, f"Job {at}") for at in range(40)),
    balance=45,
    copied=date(2026, 1, 10),
    bottom_cut=False,
)
ODD = Page((BID, LOYALTY, OLDER), balance=45, copied=date(2026, 1, 10))


class TestBooking:
    async def test_the_same_press_again_books_nothing_and_answers_the_same(self, bot: Bot, ann: DeskPlayer) -> None:
        await handed(bot, ann, "d1")
        first, second = await ann.press_twice("Book all 3")
        assert first.text == second.text == "3 entries booked; 45 Connects, as Upwork says."
        assert first.buttons == second.buttons == ("Undo", "Proposals")

    async def test_a_draft_that_is_shown_twice_is_booked_once(self, bot: Bot, ann: DeskPlayer) -> None:
        await handed(bot, ann, "d1")
        buttons = dict(ann.buttons)
        bot.clock.pass_(minutes=1)
        await ann.say("import show d1")
        await ann.press("Book all 3")
        ann.buttons = buttons
        assert "45 Connects, as Upwork says" in (await ann.press("Book all 3")).text
        ann.buttons = buttons
        assert "This import is booked already." in (await ann.press("Leave")).text
        assert "45 Connects are available." in (await ann.say("/balance")).text

    async def test_a_page_that_is_older_than_the_books_says_so(self, bot: Bot, ann: DeskPlayer) -> None:
        await handed(bot, ann, "d1")
        buttons = dict(ann.buttons)
        bot.clock.pass_(minutes=1)
        await ann.say("/spend 5 Poster")
        ann.buttons = buttons
        heard = await ann.press("Book all 3")
        assert heard.text.startswith("You sent this page before #2 was booked, so its balance may lack that.")
        assert "3 entries booked" in (await ann.press("Book all 3")).text

    async def test_what_a_wallet_began_with_makes_no_page_old(self, bot: Bot, ann: DeskPlayer) -> None:
        await drafted(bot, "d2", wallet=2, person=2)
        bot.clock.pass_(minutes=1)
        lea = await DeskStage(bot).person("Lea")
        await lea.say("/start")
        assert (await lea.say("import show d2")).text.startswith("3 rows")
        assert (await ann.say("/balance")).text.startswith("20 Connects")

    async def test_a_late_second_press_claims_no_more_than_is_so(self, bot: Bot, ann: DeskPlayer) -> None:
        await handed(bot, ann, "d1")
        buttons = dict(ann.buttons)
        await ann.press("Book all 3")
        await ann.say("/spend 5 Poster")
        ann.buttons = buttons
        assert (await ann.press("Book all 3")).text == "3 entries booked; 40 Connects left."
        await ann.press("Undo")
        ann.buttons = buttons
        assert "has been taken back since" in (await ann.press("Book all 3")).text

    async def test_if_the_books_have_changed_it_is_shown_anew(self, bot: Bot, ann: DeskPlayer) -> None:
        await handed(bot, ann, "d1")
        buttons = dict(ann.buttons)
        await ann.say("/spend 5 Poster")
        ann.buttons = buttons
        heard = await ann.press("Book all 3")
        assert heard.text.startswith("The books have changed in the meantime. This is what I would book now:")
        assert "Book all 3" in heard.buttons

    async def test_a_page_without_a_balance_proves_nothing(self, bot: Bot, ann: DeskPlayer) -> None:
        heard = await handed(bot, ann, "d1", PAGE._replace(balance=None))
        assert "the page shows none" in heard.text
        assert (await ann.press("Book all 3")).text.endswith("Connects left.")


class TestLeaving:
    async def test_what_was_left_can_only_be_sent_again(self, bot: Bot, ann: DeskPlayer) -> None:
        await handed(bot, ann, "d1")
        buttons = dict(ann.buttons)
        assert (await ann.press("Leave")).text == "I left that page alone. You can send it again at any time."
        ann.buttons = buttons
        assert "This import is no longer open" in (await ann.press("Book all 3")).text

    async def test_after_a_day_a_draft_has_ended(self, bot: Bot, ann: DeskPlayer) -> None:
        await handed(bot, ann, "d1")
        bot.clock.pass_(hours=24)
        assert "Please send the page again." in (await ann.press("Book all 3")).text

    async def test_nobody_else_can_reach_it(self, bot: Bot, ann: DeskPlayer) -> None:
        await handed(bot, ann, "d1")
        zoe = await DeskStage(bot).person("zoe")
        await zoe.say("/start")
        assert "This import is no longer open" in (await zoe.say("import show d1")).text


class TestQuestions:
    @pytest.mark.parametrize(
        ("press", "worth"),
        [("Bought at the list price", "$10.95"), ("Given by Upwork", "$6.00"), ("I do not know", "unknown")],
    )
    async def test_the_cost_of_what_was_there_is_one_press(
        self, bot: Bot, ann: DeskPlayer, press: str, worth: str
    ) -> None:
        await handed(bot, ann, "d1", Page((BOUGHT,), balance=73, copied=date(2026, 1, 10)))
        assert "What did" not in (await ann.press(press)).text
        await ann.press("Book 1 row")
        assert worth in (await ann.say("/balance")).text

    async def test_or_it_is_typed(self, bot: Bot, ann: DeskPlayer) -> None:
        await handed(bot, ann, "d1", Page((BOUGHT,), balance=73, copied=date(2026, 1, 10)))
        assert "What did you pay for them?" in (await ann.press("Bought at another price")).text
        assert "such as" in (await ann.say("no idea what")).text
        assert "What did" not in (await ann.say("$4")).text
        await ann.press("Book 1 row")
        assert "$10.00" in (await ann.say("/balance")).text

    async def test_a_wording_is_asked_about_once(self, bot: Bot, ann: DeskPlayer) -> None:
        heard = await handed(bot, ann, "d1", ODD)
        assert "What is \u201cLoyalty thanks\u201d?" in heard.text
        assert "What is" not in (await ann.press("A reward")).text
        await ann.press("Book all 3")
        later = Page((row(10, "Loyalty thanks", 5), LOYALTY), copied=date(2026, 1, 11), bottom_cut=False)
        assert "What is" not in (await handed(bot, ann, "d2", later)).text
        (lot,) = (lot for lot in (await bot.books.balance(WalletId(1))).lots if lot.size == LOYALTY.connects)
        assert lot.source is Source.REWARD

    async def test_or_it_is_left_unexplained(self, bot: Bot, ann: DeskPlayer) -> None:
        await handed(bot, ann, "d1", ODD)
        assert "Unexplained: 1" in (await ann.press("Leave it unexplained")).text

    async def test_a_member_is_asked_about_once(self, bot: Bot, ann: DeskPlayer) -> None:
        page = Page((BID._replace(member="Ivo Sample"),), balance=4, copied=date(2026, 1, 10))
        heard = await handed(bot, ann, "d1", page)
        assert "Who is \u201cIvo Sample\u201d?" in heard.text
        assert heard.buttons[:2] == ("ann", "Only a name")
        assert "Who is" not in (await ann.press("Only a name")).text
        assert "Who is" not in (await handed(bot, ann, "d2", page)).text

    async def test_a_saved_page_that_says_today_is_asked_for_its_day(self, bot: Bot, ann: DeskPlayer) -> None:
        page = Page((BID._replace(day=TODAY), OLDER), balance=45)
        heard = await handed(bot, ann, "d1", page)
        assert "On which day did you save it?" in heard.text
        assert heard.buttons == ("Jan 10, 2026", "Jan 9, 2026", "Another day", "Leave")
        assert "2 rows from Jan 7, 2026 to Jan 9, 2026" in (await ann.press("Jan 9, 2026")).text

    async def test_or_that_day_is_typed(self, bot: Bot, ann: DeskPlayer) -> None:
        await handed(bot, ann, "d1", Page((BID._replace(day=TODAY), OLDER), balance=45))
        assert "On which day" in (await ann.press("Another day")).text
        assert "it was saved on Jan 9, 2026 or after that" in (await ann.say("2026-01-05")).text
        await ann.say("import day d1")
        assert "Jan 7, 2026 to Jan 10, 2026" in (await ann.say("2026-01-10")).text


class TestUnsureRows:
    async def test_what_was_typed_can_be_the_same(self, bot: Bot, ann: DeskPlayer) -> None:
        await ann.say("/buy 40")
        await ann.say("/spend 16 Logo")
        heard = await handed(bot, ann, "d1", PAGE._replace(rows=(row(10, "Applied to job", -16, "Logo"), OLDER)))
        assert "1 new and 1 unsure" in heard.text
        heard = await ann.press("Show what is unsure (1)")
        assert "It looks like something that was typed." in heard.text
        heard = await ann.press("It is #3")
        assert heard.text.startswith("Nothing is unsure any more.")
        assert "1 new and 1 known" in heard.text

    async def test_it_can_be_another_or_left_out(self, bot: Bot, ann: DeskPlayer) -> None:
        await ann.say("/buy 40")
        await ann.say("/spend 16 Logo")
        page = PAGE._replace(rows=(row(10, "Applied to job", -16, "Logo"), OLDER))
        await handed(bot, ann, "d1", page)
        await ann.press("Show what is unsure (1)")
        assert "all new" in (await ann.press("It is another")).text
        await handed(bot, ann, "d2", page)
        await ann.press("Show what is unsure (1)")
        assert "2 rows from Jan 7, 2026 to Jan 10, 2026: 1 new." in (await ann.press("Leave it out")).text

    async def test_lines_that_were_not_read_are_shown(self, bot: Bot, ann: DeskPlayer) -> None:
        heard = await handed(bot, ann, "d1", PAGE._replace(unread=("Applied to", "Logo -16")))
        assert "Not read: 2 lines" in heard.text
        heard = await ann.press("Show what is unsure (2)")
        assert "Logo -16" in heard.text
        assert "all new" in (await ann.press("Back")).text


class TestUndoing:
    async def test_undo_asks_before_it_takes_an_import_back(self, bot: Bot, ann: DeskPlayer) -> None:
        await handed(bot, ann, "d1")
        await ann.press("Book all 3")
        await ann.say("/spend 5 Poster")
        assert "is undone: Proposal: Poster" in (await ann.say("/undo")).text
        assert "Shall I take all of it back?" in (await ann.say("/undo")).text
        first, second = await ann.press_twice("Undo the import")
        assert first.text == second.text == "Import 1 is taken back; 20 Connects left."
        assert "Nothing is left to undo." in (await ann.say("/undo")).text

    async def test_after_an_undo_comes_the_import_before(self, bot: Bot, ann: DeskPlayer) -> None:
        """What an undo has booked anew, as it stays, is not what was booked last."""
        spent, back = row(7, "Applied to job", -12, "Logo"), row(9, "Job cancelled", 12, "Logo")
        other = row(8, "Applied to job", -12, "Logo")
        page = Page((back, other, spent), balance=45, copied=date(2026, 1, 10), bottom_cut=False)
        jobs = [(back, "~021"), (other, "~022"), (spent, "~021")]
        await handed(bot, ann, "d1", page)
        await ann.press("Book all 3")
        await handed(bot, ann, "d2", page._replace(rows=tuple(one._replace(job=job) for one, job in jobs)))
        heard = await ann.press("Complete 3")
        assert heard.text == "3 known rows got what the page adds; 45 Connects, as Upwork says."
        await ann.say("/undo")
        heard = await ann.press("Undo the import")
        assert "Import 2 is taken back; 45 Connects left." in heard.text
        assert "import 1 has it, too" in heard.text
        assert "Import 2 taken back" in (await ann.say("/history")).text
        assert "Shall I take all of it back?" in (await ann.say("/undo")).text
        assert "Import 1 is taken back; 20 Connects left." in (await ann.press("Undo the import")).text
        assert "Nothing is left to undo." in (await ann.say("/undo")).text
        heard = await ann.say("/import 1")
        assert heard.text.startswith("Import 1, undone \u00b7 3 rows from Jan 7, 2026 to Jan 9, 2026")
        assert heard.buttons == ()
        assert (await ann.say("/import 3")).text == "There is no import 3 here."

    async def test_the_undo_of_what_an_import_has_replaced_says_so(self, bot: Bot, ann: DeskPlayer) -> None:
        await handed(bot, ann, "d1")
        await ann.press("Book all 3")
        heard = await ann.say("/undo 1")
        assert heard.text.startswith("#1 is undone: Welcome bonus. An import had put other Connects in its place")
        assert "45 Connects" in heard.text

    async def test_an_undo_that_is_delivered_again_means_the_same(self, bot: Bot, ann: DeskPlayer) -> None:
        await handed(bot, ann, "d1")
        await ann.press("Book all 3")
        await ann.say("/spend 5 Poster")
        first, second = await ann.say_twice("/undo")
        assert first.text == second.text

    async def test_the_latest_are_listed(self, bot: Bot, ann: DeskPlayer) -> None:
        heard = await ann.say("/import list")
        assert (heard.text, heard.buttons) == ("You have imported nothing yet.", ("How to import",))
        await handed(bot, ann, "d1")
        await ann.press("Book all 3")
        assert (await ann.say("/import list")).buttons == ("1: Connects History · Jan 10, 2026",)
        assert (await ann.press("1:")).text.startswith("Import 1 · 3 rows")

    async def test_an_unknown_import_is_named(self, ann: DeskPlayer) -> None:
        assert (await ann.say("/import 7")).text == "There is no import 7 here."


class TestOfAnotherAccount:
    async def test_a_page_without_a_known_row_is_asked_about(self, bot: Bot, ann: DeskPlayer) -> None:
        await handed(bot, ann, "d1", MANY)
        await ann.press(f"Book all {len(MANY.rows)}")
        other = MANY._replace(rows=tuple(one._replace(title=f"Other {one.title}", connects=-7) for one in MANY.rows))
        heard = await handed(bot, ann, "d2", other._replace(balance=900))
        assert "Is it the page of this account?" in heard.text
        assert heard.buttons == ("Yes, it is", "Leave")
        assert any(label.startswith("Book all") for label in (await ann.press("Yes, it is")).buttons)


class TestGroups:
    @pytest.mark.usefixtures("lead")
    async def test_in_private_only_its_admins_import_into_a_groups_wallet(self, bot: Bot) -> None:
        lea = await DeskStage(bot).person("Lea")
        refusal = "I cannot see that you may import into that group"
        assert refusal in (await handed(bot, lea, "d1", UNPROVEN)).text
        carrier = FakeCarrier("desk")
        live_on(bot, carrier)
        heard = await lea.say("import show d1")
        assert heard.text.splitlines()[0] == "For the wallet of \u201cTeam\u201d:"
        buttons = dict(lea.buttons)
        carrier.admin = False
        assert refusal in (await lea.press("Book all 3")).text
        carrier.admin, lea.buttons = True, buttons
        assert "3 entries booked" in (await lea.press("Book all 3")).text
        buttons = dict(lea.buttons)
        carrier.admin = False
        assert refusal in (await lea.press("Undo")).text
        carrier.admin, lea.buttons = True, buttons
        assert "Import 1 is taken back; 300 Connects left." in (await lea.press("Undo")).text

    async def test_in_the_group_only_admins_press(self, bot: Bot, lead: DeskPlayer) -> None:
        await handed(bot, lead, "d1", UNPROVEN)
        ivo = await DeskStage(bot).member("Ivo", "Team")
        ivo.buttons = dict(lead.buttons)
        assert "Only an admin can press that." in (await ivo.press("Book all 3")).text
        assert "3 entries booked" in (await lead.press("Book all 3")).text

    async def test_what_was_booked_last_is_asked_about_only_if_an_admin_undoes(
        self, bot: Bot, lead: DeskPlayer
    ) -> None:
        await handed(bot, lead, "d1", UNPROVEN)
        await lead.press("Book all 3")
        ivo = await DeskStage(bot).member("Ivo", "Team")
        assert "Shall I" not in (await ivo.say("/undo")).text
        assert "Shall I take all of it back?" in (await lead.say("/undo")).text
