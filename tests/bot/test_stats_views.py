"""Statistics as people read them."""

from __future__ import annotations

import pytest

from bot.reply.parts import Button, say
from bot.views.stats.card import beside, stats_card, stats_pictures
from bot.views.stats.cost import stats_cost
from bot.views.stats.empty import nothing_so, nothing_then, nothing_yet, only_invitations
from bot.views.stats.phrases import rate_in_words, share
from bot.views.stats.query import StatsQuery
from bot.views.stats.segments import stats_segments
from bot.views.stats.view import StatsView
from core.shared.money import Price
from core.stats.intervals import newcombe
from core.stats.model import Comparison, Contrast, Expense, Facet, Invitations, Names, Rate, Selection, Verdict
from tests.bot.carded import SPEAK, buttons_of, lines_of, lines_under
from tests.bot.statistics_examples import funnel, segment, statistics

TITLE = "90 days (Sep 1, 2026 \u2013 Nov 29, 2026)"
PERIODS = [["This month", "Last month", "30 days"], ["Year", "All time", "Other days"]]
YARDSTICKS = (
    "Replies beside two rules of thumb, which are not Upwork's: written by hand 15\u00a0%: these are below; "
    "sent in bulk 5\u00a0%: too early to tell."
)


@pytest.mark.parametrize(
    ("part", "said"), [(0, "0"), (0.004, "0.4"), (0.0001, "0.1"), (0.0096, "1"), (0.075, "8"), (1, "100")]
)
def test_a_share_has_no_decimals_but_below_one_percent(part: float, said: str) -> None:
    assert SPEAK.say(share(part)) == said


@pytest.mark.parametrize(
    ("hits", "of", "said"),
    [
        (0, 20, "none of 20, likely at most 16\u00a0%"),
        (1, 20, "1 of 20 (5\u00a0%), likely between 0.9 and 24\u00a0%"),
        (19, 100, "19 of 100 (19\u00a0%), likely between 13 and 28\u00a0%"),
        (3, 3, "3 of 3 (100\u00a0%), likely at least 44\u00a0%"),
        (1, 1, "1 of 1 (100\u00a0%), likely at least 21\u00a0%"),
        (0, 0, "none to count yet"),
    ],
)
def test_a_rate_says_what_it_may_be_in_truth(hits: int, of: int, said: str) -> None:
    assert SPEAK.say(rate_in_words(Rate(hits, of))) == said


class TestTheCard:
    def test_says_how_far_they_got_and_what_a_reply_cost(self) -> None:
        found = statistics(funnel=funnel(waiting=3, early=1, unreported=5), invitations=Invitations(4, 2, 1))
        shown = stats_card(StatsView(found, StatsQuery()))
        assert lines_of(shown) == [
            f"Statistics · {TITLE}",
            "Proposals: 43 sent; 3 are younger than 14 days and do not count yet, though 1 has a reply already",
            "Viewed: at least 12 of 40 (30\u00a0%)",
            "Replies: 3 of 40 (8\u00a0%), likely between 3 and 20\u00a0%",
            "Interviews: 1 of 40 (3\u00a0%), likely between 0.4 and 13\u00a0%",
            "Hires: none of 40, likely at most 9\u00a0%",
            "A reply cost: 213 Connects ($32.00)",
            "Connects: 680 spent, 32 came back, 10 expired, 600 bought, 10 earned",
            "Invitations: 4 came, 2 accepted, 1 with a reply",
            "What became of 5 of these 40 is not known, so they count as not answered.",
            YARDSTICKS,
        ]
        assert buttons_of(shown) == [["By price", "Boosted or plain", "Cost"], *PERIODS, ["Pictures"]]

    def test_shows_connects_alone_in_a_group_with_the_way_to_money(self) -> None:
        shown = stats_card(
            StatsView(statistics(), StatsQuery(), money=False, beside=Button(say("button-in-money"), "inmoney"))
        )
        assert "A reply cost: 213 Connects" in lines_of(shown)
        assert buttons_of(shown)[-1] == ["Pictures", "In money"]

    def test_gives_no_verdict_on_few_and_says_what_the_cost_leaves_out(self) -> None:
        costs = Expense(64, (Price(600, 0, "USD"),), unpriced=1, unknown=2, unknown_connects=16, about=1)
        lines = lines_of(stats_card(StatsView(statistics(funnel=funnel((4, 0, 1, 0, 0), costs)), StatsQuery())))
        assert "Viewed: not known: Upwork's page seldom shows them" in lines
        assert "A reply cost: about 64 Connects ($6.00)" in lines
        assert lines[-4:] == [
            "Only 4 proposals count so far: too few for a verdict.",
            "1 proposal was only seen on a page. Its price is not known, so the costs leave it out.",
            (
                "1 proposal used 16 Connects whose cost nobody has told me. The sums in money leave it out. "
                "If you know the cost, write /cost."
            ),
            "\u201cAbout\u201d, because 1 proposal has an entry that may belong to another.",
        ]

    def test_has_no_rates_while_nobody_has_told_what_became_of_any(self) -> None:
        shown = stats_card(StatsView(statistics(informed=False), StatsQuery()))
        lines = lines_of(shown)
        assert len(lines) == 4
        assert lines[-1].startswith("Nobody has told me yet what became of your proposals")
        assert lines_under(shown)["Import My proposals"] == "import"

    def test_has_none_while_all_are_too_recent(self) -> None:
        young = statistics(funnel=funnel((0, 0, 0, 0, 0), Expense(), waiting=5))
        lines = lines_of(stats_card(StatsView(young, StatsQuery())))
        assert lines[1] == "Proposals: 5 sent"
        assert lines[-1] == "All of them are younger than 14 days. That is too early to say how many get a reply."
        answered = statistics(funnel=young.funnel._replace(waiting=1, early=1))
        assert lines_of(stats_card(StatsView(answered, StatsQuery())))[-1] == (
            "It is younger than 14 days, though it has a reply already. That is too early to say how many get a reply."
        )

    def test_compares_in_one_sentence_while_nothing_can_be_told(self) -> None:
        rules = [Comparison("hand", 15, Verdict.INCONCLUSIVE), Comparison("volume", 5, Verdict.INCONCLUSIVE)]
        assert SPEAK.say(beside(rules)) == (
            "It is too early to compare the replies with two rules of thumb, which are not Upwork's: "
            "15\u00a0% (written by hand), 5\u00a0% (sent in bulk)."
        )

    def test_names_what_was_chosen_and_has_the_way_back_to_all(self) -> None:
        shown = stats_card(
            StatsView(statistics(), StatsQuery("30 days", {"tag": "logo", "boosted": "on", "price": "high"}))
        )
        chosen = "tag \u201clogo\u201d, boosted bids, bids of 17 Connects or more"
        assert lines_of(shown)[0].endswith(f"· only {chosen}")
        assert not any(line.startswith("Connects:") for line in lines_of(shown))
        assert lines_under(shown)["Without the filter"] == 'stats period="30 days" here=on'
        assert lines_under(shown)["Year"] == "stats period=year tag=logo boosted=on price=high here=on"


class TestDetails:
    def test_every_cost_and_which_cost_most_without_a_hire(self) -> None:
        costly = (
            segment(Facet.PRICE, "high", (20, 3, 0, 0, 0), 400),
            segment(Facet.TAG, "logo", (10, 3, 1, 0, 0), 150),
            segment(Facet.BOOST, "boosted", (10, 3, 1, 0, 0), 90),
        )
        shown = stats_cost(StatsView(statistics(costly=costly), StatsQuery(show="cost")))
        assert lines_of(shown) == [
            f"What it cost · {TITLE}",
            "A proposal: 16 Connects ($2.40)",
            "A view: at most 53 Connects ($8.00)",
            "A reply: 213 Connects ($32.00)",
            "An interview: 640 Connects ($96.00)",
            "A hire: none yet",
            "All that count: 640 Connects ($96.00)",
            "Spent in that period: 600 on proposals, 80 on boosts",
            "Bought: 600 Connects ($90.00)",
            (
                "Most Connects without a hire: bids of 17 Connects or more: 400 Connects ($60.00); "
                "tag \u201clogo\u201d: 150 Connects ($22.50); boosted bids: 90 Connects ($13.50)."
            ),
        ]
        assert buttons_of(shown) == [
            ["bids of 17 Connects or more", "tag \u201clogo\u201d"],
            ["boosted bids"],
            *PERIODS,
            ["Back to statistics"],
        ]
        assert lines_under(shown)["tag \u201clogo\u201d"] == 'stats period="90 days" tag=logo here=on'
        assert lines_under(shown)["boosted bids"] == 'stats period="90 days" boosted=on here=on'

    def test_groups_are_listed_and_none_is_called_the_best(self) -> None:
        found = statistics(
            names=Names(tags=("logo",)),
            segments=(
                segment(Facet.PRICE, "low", (24, 5, 3, 1, 1), 150),
                segment(Facet.PRICE, "middle", (12, 3, 0, 0, 0), 180),
            ),
        )
        shown = stats_segments(StatsView(found, StatsQuery(by="price")))
        assert lines_of(shown) == [
            f"By price · {TITLE}",
            (
                "bids of up to 8 Connects · 3 of 24 (13\u00a0%), likely between 4 and 31\u00a0% "
                "· 50 Connects ($7.50) a reply"
            ),
            "bids of 9 to 16 Connects · none of 12, likely at most 24\u00a0% · 180 Connects ($27.00) in all",
        ]
        assert buttons_of(shown)[:2] == [
            ["bids of up to 8 Connects", "bids of 9 to 16 Connects"],
            ["By tag", "By age of the job"],
        ]

    @pytest.mark.parametrize(
        ("boosted", "plain", "more", "said"),
        [
            (
                (8, 20),
                (4, 20),
                (62, 62),
                (
                    "I cannot tell yet which get more replies: the difference may be anything from \u22128 to +44 "
                    "points. About 62 more of each would tell."
                ),
            ),
            ((30, 60), (6, 60), None, "Boosted ones get more replies: between 24 and 53 points more."),
            (
                (3, 20),
                (60, 200),
                (101, 0),
                (
                    "I cannot tell yet which get more replies: the difference may be anything from \u221227 to +7 "
                    "points. About 101 more boosted ones would tell."
                ),
            ),
            ((0, 0), (6, 60), None, "None of those that count was boosted, so there is nothing to compare."),
        ],
    )
    def test_boosted_beside_plain(
        self, boosted: tuple[int, int], plain: tuple[int, int], more: tuple[int, int] | None, said: str
    ) -> None:
        sides = Contrast(Rate(*boosted), Rate(*plain), newcombe(*boosted, *plain), more)
        segments = (
            segment(Facet.BOOST, "boosted", (20, 5, 3, 1, 1), 150),
            segment(Facet.BOOST, "plain", (20, 3, 0, 0, 0), 180),
        )
        found = statistics(selection=Selection(facet=Facet.BOOST), segments=segments, boost=sides)
        shown = stats_segments(StatsView(found, StatsQuery(by="boost")))
        assert lines_of(shown)[0] == f"Boosted or plain · {TITLE}"
        assert lines_of(shown)[-1] == said
        assert lines_under(shown)["plain bids"] == 'stats period="90 days" boosted=off here=on'

    def test_what_groups_cost_is_said_without_news_of_any(self) -> None:
        segments = (segment(Facet.BOOST, "boosted", (3, 0, 0, 0, 0), 60),)
        found = statistics(informed=False, selection=Selection(facet=Facet.BOOST), segments=segments)
        shown = stats_segments(StatsView(found, StatsQuery(by="boost")))
        assert lines_of(shown)[1].endswith("· 3 sent · 60 Connects ($9.00) in all")
        assert lines_of(shown)[-1].startswith("Nobody has told me yet what became of your proposals")
        assert buttons_of(shown)[0] == ["Import My proposals"]

    def test_pictures_are_of_the_same_period(self) -> None:
        shown = stats_pictures(StatsView(statistics(), StatsQuery("30 days")))
        assert lines_under(shown)["Spending"] == 'chart what=spend period="30 days"'


class TestNothing:
    def test_at_all(self) -> None:
        assert buttons_of(nothing_yet()) == [["Import from Upwork", "Book a bid"]]

    def test_in_this_period(self) -> None:
        shown = nothing_then(StatsView(statistics(), StatsQuery("last month")))
        assert lines_of(shown)[0].startswith("No proposals were sent in this period: Last month (Sep 1, 2026")
        assert buttons_of(shown)[-1] == ["All proposals"]

    def test_of_what_was_chosen(self) -> None:
        shown = nothing_so(
            StatsView(statistics(names=Names(tags=("shop",))), StatsQuery("last month", {"tag": "logo"}))
        )
        assert lines_of(shown)[0].startswith(
            "None of the 40 proposals and invitations of this period is what you chose: tag \u201clogo\u201d."
        )
        assert lines_under(shown)["tag \u201cshop\u201d"] == 'stats period="last month" tag=shop here=on'

    def test_but_invitations(self) -> None:
        shown = only_invitations(StatsView(statistics(first=None, invitations=Invitations(4, 2)), StatsQuery("all")))
        assert lines_of(shown) == ["No proposals were sent in this period: All time. Invitations: 4 came, 2 accepted."]
