"""Questions in plain words lead to the command that answers them, read whole; what states something never does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reading.questions.interpreting import lines_near, question_line
from bot.reading.questions.rules import ANY, RULES
from bot.reading.questions.vocabulary import FILLERS, MEANING_OF

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer

ASKED: Final = """
balance: how many do I have? / what's my balance / whats left / hwo many connects left / current balance please
balance: do i have any left / how much money is in my wallet / what are my connects worth / tell me my blance
balance yesterday: what was my balance yesterday / how many connects did I have yesterday?
balance 2026-10-01: how much did I have on 2026-10-01
chart balance: picture of my balance / plot balance over time / how does my balance change / why did my balance drop
chart balance last month: balance last month / chart of my balance last month
chart spend october: what did October cost / october costs? / how expensive was october / how much did october cost me
chart spend october: what did last October cost / how much went on boosting in october
chart spend november: what did boosts cost me in november / graph of what I spent in november
chart spend in 2025: graph of spending 2025 / total cost of 2025
chart spend: where did my connects go / what do boosts cost / weekly spending / draw me a picture of where it all went
chart replies money=on: what does a reply cost in dollars / graph of replies in money
chart replies: what was my best month / worst month?
chart replies: what does a reply cost / cost per reply / how much is a reply / what am i paying per reply
chart funnel: show me my funnel / pipeline / conversion funnel
chart spend: how much did I spend
chart spend last month: how much did I spend last month / spending last month / total spent last month
chart spend in 2025: expenses in 2025
chart spend last quarter: usage last quarter
chart spend last 6 months: what did I spend in the last six months
chart spend since january: spent since january?
chart: show me a chart / a graph please / can you draw something / pictures
stats last month: how did I do last month
stats show=cost: how much is a connect? / cost per connect / what do I pay per connect / what does one connect cost
stats show=cost in 2025: how much did we pay for connects in 2025 / what did I spend on connects in 2025
chart spend last quarter: costs last quarter
stats last 6 months: how many replies in the last half year
stats since january: how much since january
stats: my reply rate / whats my response rate? / how often do clients reply / how am I doing
stats: any stats / what is my roi
stats show=cost: cost of a hire / connects per hire / what does a view cost me / how much is an interview
stats show=cost last month: what did a hire cost last month / how expensive was each interview last month
stats: how many jobs did I win / what works best / kpis
stats october: how was october / and october? / october / what came back in october / history of october
stats by=boost: did boosting help / is boosting worth it / boosted or plain? / boosted or not
stats by=boost: should I boost / are boosts a waste of money
stats by=boost november: did boosting help in november
stats by=profile: best profile? / which profile gets most replies / reply rate by profile / compare profiles
stats by=tag: which tags work / best niche / which jobs are best / what should I bid on
balance: what can I spend? / what do i have to spend / how many paid connects do I have
stats by=price: cheap or expensive jobs / which price range replies more / does the budget matter
stats by=age: do early bids win more / how fast should I apply / does speed matter
stats by=member: who wins most / which member gets most replies
team: who spent what / how is everyone doing / team stats / spending by member / who spent most
limit member=ivan: what is ivan's limit / how much may ivan still spend? / ivan's weekly limit
target member=Ivan: what is Ivan's target
role: who is the owner / what is my role? / who can buy / is Ivan the manager? / what am I allowed to do
team: team / show me the team / who spent how much?
team last month: who spent what last month / who spent the most last month / team spending last month
team this month: team this month / what did everyone spend this month
team period=october member=Ivan: what did Ivan spend in October / how much did Ivan spend in october?
team member=Ivan: What has Ivan spent so far? / how many connects did Ivan use / Ivan's spending
team member=Will: what did Will spend
limit member=Will: how much may Will still spend
team member=Ivan: how is Ivan doing / how many bids did Ivan send? / Ivan's stats / how much money did Ivan spend
team period="last week" member="Ivan P.": how much did Ivan P. spend last week
forecast: when do I run out / how long will they last / do I have enough connects / should I buy more connects
forecast: runway / how many weeks until zero / will my connects last until friday / how much budget is left
forecast: am I over budget / budget? / how is my budget doing / what should I do next / what is worth doing now
expiring: what will expire unspent
expiring: what expires soon / what's about to expire / when do my connects expire / what expires this month
expiring 14: what expires in the next 14 days / expiring in the next two weeks
lots: what expires in december / where do my connects come from / list of lots
lots expired: did anything expire / what did I lose
limit: what is my limit / how much may I still spend / am I over my limit? / who is over the limit this week
target: are we on target? / how far is our target / what's our goal this month
clients: clients that paid / which clients were worth it / earnings / what did a client cost / what did I make on upwork
refunds: what do they owe me / did any connects come back / am I owed any connects / have I got refunds coming
history: what did I book today / recent entries / who booked what / when did i last buy
proposals: show my proposals / what became of my bids / any news? / last proposals
proposals last week: list my bids from last week / what did I apply to last week
proposals viewed november: which proposals were viewed in november
proposals unanswered: which bids got no answer / who ghosted me
proposals open: what is still open / pending bids / active proposals
help spend: how do I book a bid / how can I add a boost
help buy: how do I add a purchase
help undo: how do I undo an entry
proposals invitations: how many invitations did I get / was I invited to any job
proposals invitations last month: how many invites did I get last month
proposals hired: who hired me / show hires
reconcile: is my balance correct / does it match what upwork shows / do my books match upwork
import: how do i import my history / bring in pages
export csv: csv please / my data as csv / can you give me a csv
export excel: my excel file please / excel file for my accountant
export spreadsheet: can i get this as a spreadsheet / give me my history as a spreadsheet
export excel november: give me november in excel / send me november as excel / my november entries in an excel file
export invoice november: invoice for november / i need an invoice for november
export fava: fava please
export spreadsheet: google sheets please
export more=on: which formats do you have? / how do i export / what can I export
export excel: how can I export to excel
export: send my accountant the books
export last 12 months: the year for my accountant / send my accountant the year
export last year: last year for my accountant
report: a page for my partner / a web page please
balance 31 december: closing balance 31 december
export print november: print november please
statement all time: how much vat did i pay
statement in 2026: what vat did I pay in 2026?
stats november: november please
export: export my data / send me my books / download my history / send me everything / a copy of my books please
export last quarter: send me last quarter / data of last quarter
export in 2025: something for my taxes 2025? / what does my accountant need for 2025
export beancount: my books in beancount / can i have a beancount file
export calendar: calendar of what expires / when do my connects expire as a calendar file
statement november: my november statement / can i have a statement for november / show me a statement for november
statement last month: what is my statement of last month
statement excel november: my november statement as excel
statement pdf november: my november statement as pdf
report: i need a report for my accountant / can you make a report / give me a report / monthly report please
report last year: i want a report of last year / annual report for last year
settings: change my time zone / my settings
alerts off: turn off alerts
proposals #12: what did #12 cost / how much did my bid #12 cost me?
forecast: what should I do next / what to do next
menu: back / home / what can you do / what else can you do? / how does this work / I'm lost / what now / list commands
menu offers: any contests? / are there any promotions
whoami: who am i
mydata: send me my data / what do you know about me / what data do you have on me? / can you give me all my data
export csv: send me my data as csv
forgetme: delete my data / forget me / please forget me / delete my account / erase all my data / delete me
talk hello: hi / good evening! / hello there
talk thanks: ok / thanks / thank you so much
"""
STATED: Final = """
hired / got a reply / client viewed my proposal / my proposal was viewed / they declined / Logo hired / returned
expired / i have 190 / hired for Data pipeline / Data pipeline was hired / interview for stats project / report viewed
connects returned / bought connects / spent on boosts / used on a boost / boosted my bid / sent a proposal / won a job
got hired by a client who pays / i spent it all / spend last month / spend november / buy more
return boost / earn bonus
undo last / adjust balance / cost bought / cost free / boost my bid / add boost / nobody replied / opening balance
16 / 16 logo / LINK 16 / how many is 16 / #12 hired / spent 16 on october / what did 16 cost
what did the Acme logo cost / interview tomorrow at nine / we write stats for clients as a job
""".replace("LINK", "https://www.upwork.com/jobs/~022010000000000000000")
READ_ONLY: Final = """
alerts balance chart clients expiring export forecast help history import limit lots menu proposals reconcile refunds
report settings statement stats talk target team whoami mydata forgetme
"""
WORDS: Final = st.sampled_from(
    sorted({*MEANING_OF, *FILLERS, *["logo", "Acme", "october", "last-month", "?", "badge", "landing", "page", "what"]})
)


def asked() -> list[tuple[str, str]]:
    rows = (row.partition(": ") for row in ASKED.strip().splitlines())
    return [(line, command) for command, _, lines in rows for line in lines.split(" / ")]


@pytest.mark.parametrize("row", ASKED.strip().splitlines())
def test_a_question_leads_to_the_command_that_answers_it(row: str) -> None:
    command, _, lines = row.partition(": ")
    assert {line: question_line(line) for line in lines.split(" / ")} == dict.fromkeys(lines.split(" / "), command)


def test_what_states_something_is_no_question() -> None:
    found = {line: question_line(line) for line in STATED.strip().replace("\n", " / ").split(" / ")}
    assert {line: command for line, command in found.items() if command is not None} == {}


def test_what_is_not_read_whole_is_only_offered() -> None:
    assert question_line("what did the Acme logo cost in october") is None
    assert "chart spend october" in lines_near("what did the Acme logo cost in october")
    assert lines_near("forcast") == ["forecast"]


@given(st.lists(WORDS, min_size=1, max_size=7).map(" ".join))
@settings(max_examples=60)
def test_no_words_without_a_figure_lead_to_a_command_that_writes(line: str) -> None:
    found = question_line(line)
    assert found is None or found.split()[0] in READ_ONLY.split()
    assert {near.split()[0] for near in lines_near(line)} <= {*READ_ONLY.split()}


def test_every_word_in_a_rule_is_a_meaning() -> None:
    named = {name for rule in RULES for name in re.split(r"[ /]", f"{rule.needs} {rule.may}") if name}
    assert named | ANY <= {*MEANING_OF.values()}
    assert {rule.line.split()[0] for rule in RULES} == {*READ_ONLY.split()}


async def test_no_question_books_anything(bot: Bot, ann: DeskPlayer) -> None:
    await ann.say("/spend 16 Logo")
    before = await bot.books.verify()
    for line, _ in asked():
        assert (await ann.say(line)).text, line
        await ann.say("/cancel")
    assert await bot.books.verify() == before


async def test_a_question_may_come_instead_of_an_answer(ann: DeskPlayer) -> None:
    for command in ("/buy", "/spend", "/adjust", "/return"):
        await ann.say(command)
        assert "20 Connects are available." in (await ann.say("what is my balance?")).text
    await ann.say("/earn assessment")  # which one is asked, in any words
    assert "20 Connects are available." in (await ann.say("how many do I have left?")).text
    await ann.say("/earn assessment")
    assert "40 Connects earned" in (await ann.say("Python")).text


async def test_a_command_reads_its_own_sentences(ann: DeskPlayer) -> None:
    await ann.say("/spend 16 Logo")
    assert "I do not understand \u201cblue\u201d there." in (await ann.say("stats blue by price")).text


class TestInAGroup:
    async def test_only_what_is_asked_of_the_bot_is_answered(self, bob: DeskPlayer) -> None:
        assert "300 Connects are available." in (await bob.say("how many do we have left?")).text
        assert "I did not understand that." in (await bob.say("who wants pizza?")).text
        for line in ("good morning", "thanks", "pizza for all", "nice"):
            assert (await bob.say(line)).text == ""
        assert (await bob.overheard("how many do we have left?")).text == ""


class TestNotUnderstood:
    async def test_it_is_answered_with_the_menu_and_what_is_near(self, ann: DeskPlayer) -> None:
        heard = await ann.say("what is the balance of power?")
        assert heard.text == "I am sorry, I did not understand that. What is it about?"
        assert heard.buttons[0] == "/balance"
        assert {"Balance and books", "Figures, pictures", "Alerts, settings"} <= {*heard.buttons}
        assert "/history" in (await ann.press("Balance and books")).text

    @pytest.mark.parametrize("line", ["boost 8", "purple 16 monkeys", "20 or 30 for Acme"])
    async def test_a_line_with_a_figure_is_asked_about_as_ever(self, ann: DeskPlayer, line: str) -> None:
        heard = await ann.say(line)
        assert "What is it about?" not in heard.text
        assert heard.buttons

    async def test_a_question_with_a_figure_is_answered_with_the_menu(self, ann: DeskPlayer) -> None:
        heard = await ann.say("did i spend 16 on the logo?")
        assert "What is it about?" in heard.text
        assert {"/chart spend", "Balance and books"} <= {*heard.buttons}

    async def test_nothing_leads_to_a_dead_end(self, ann: DeskPlayer) -> None:
        for line in ("/frobnicate", "/", "purple monkeys", "?", "flurb 16", "/help frobnicate"):
            assert (await ann.say(line)).buttons, line


@pytest.mark.parametrize(
    "line",
    ["is 16 too much for a bid", "should I bid 16 on it?", "why did #1 cost 16?", "was 16 a fair price"],
)
async def test_a_question_is_no_longer_answer_to_an_open_one(ann: DeskPlayer, line: str) -> None:
    await ann.say("/spend")
    heard = await ann.say(line)
    assert "That reads like a question, so I did not take it as your answer." in heard.text
    assert "20 Connects are available." in (await ann.say("/balance")).text
    await ann.say("/spend")
    await ann.say(line)
    assert "16 Connects" in (await ann.press("spend title=")).text


async def test_an_answer_that_begins_with_the_figure_may_have_a_title_that_asks(ann: DeskPlayer) -> None:
    await ann.say("/spend")
    assert "Proposal: Can you fix my app?" in (await ann.say("16 Can you fix my app?")).text
