"""What is said and drawn of a team: on a phone's screen, whatever the figures are."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.commands import by_name
from bot.pictures.model import TeamChart
from bot.reading.team.report import team_line
from bot.reply.parts import Buttons, Fields, Say, reply
from bot.reply.words import voice
from bot.views.charts.captioned import ChartWriter
from bot.views.charts.team import team_picture
from bot.views.team.query import TeamQuery
from bot.views.team.report import TeamView, nothing_then, team_member_reply, team_report_reply
from bot.views.team.seen import TeamSeen
from core.ledger.model import Purpose
from core.shared.ids import PersonId
from core.shared.money import Price
from core.team.model import MemberRow, Outcomes, TeamReport, Who
from core.team.report import whole_of

if TYPE_CHECKING:
    from bot.reply.parts import Reply

SPEAK = voice("en", "UTC")
WRITE = ChartWriter(SPEAK, dark=False)
FIRST, LAST = date(2026, 1, 5), date(2026, 1, 11)
NAMES = {PersonId(number): f"Member {number}" for number in range(1, 30)}


def row(number: int, connects: int, outcomes: Outcomes | None = None, **spent: int) -> MemberRow:
    by_purpose = {Purpose(name): some for name, some in spent.items()} or {Purpose.PROPOSAL: connects}
    return MemberRow(Who(PersonId(number)), by_purpose, 0, (), 0, outcomes or Outcomes(bids=1))


def report(*rows: MemberRow) -> TeamReport:
    return TeamReport(FIRST, LAST, rows, whole_of(rows))


def view(*rows: MemberRow, query: TeamQuery | None = None, money: bool = False) -> TeamView:
    return TeamView(report(*rows), query or TeamQuery(), NAMES, 14, money=money)


def lines(given: Reply) -> list[str]:
    """What is read, line by line."""
    found: list[str] = []
    for part in given.parts:
        if isinstance(part, Fields):
            found += [] if part.title is None else [SPEAK.say(part.title)]
            found += [f"{SPEAK.say(label)}: {SPEAK.text(value)}" for label, value in part.rows]
        elif isinstance(part, Say):
            found.append(SPEAK.say(part))
    return found


def labels(given: Reply) -> list[str]:
    return [
        SPEAK.say(one.label) for part in given.parts if isinstance(part, Buttons) for line in part.rows for one in line
    ]


TEN = [row(number, 40 - number) for number in range(1, 15)]


def test_more_members_than_a_phone_shows_are_a_tap_away() -> None:
    shown = team_report_reply(view(*TEN))
    assert len(lines(shown)) == 1 + 10 + 1 + 1
    assert "and 4 more" in labels(shown)
    assert "Member 11" not in labels(shown)
    shown = team_report_reply(view(*TEN, query=TeamQuery(more=True)))
    assert len(lines(shown)) == 1 + 14 + 1 + 1
    assert "and 4 more" not in labels(shown)
    assert "Member 14" in labels(shown)
    assert "and 1 more" not in labels(team_report_reply(view(*TEN[:11])))


def test_each_row_of_many_is_short() -> None:
    boosted = row(1, 0, proposal=20, boost=10)._replace(returned=4)
    of_few = lines(team_report_reply(view(boosted, *TEN[1:3])))
    assert of_few[1] == "Member 1: 30 Connects, 29 %; 20 on proposals, 10 on boosts; 4 came back; 1 bid"
    of_many = lines(team_report_reply(view(boosted, *TEN[1:])))
    assert of_many[1] == "Member 1: 30 Connects, 7 %; 4 came back; 1 bid"
    assert all(len(line) < 60 for line in of_many[1:11])


def test_what_came_of_it_is_said_if_anybody_has_told() -> None:
    told = Outcomes(
        30, replies=6, hires=2, young=5, early=1, connects=200, priced=25, priced_replies=6, priced_hires=2, heard=9
    )
    shown = lines(team_report_reply(view(row(1, 300, told), row(2, 100, Outcomes(4, young=4)))))
    assert shown[1] == (
        "Member 1: 300 Connects, 75 %; 30 bids (5 too recent; so far 1 reply), 6 replies, 2 hires; "
        "8 a bid, 33 a reply, 100 a hire"
    )
    assert shown[2] == "Member 2: 100 Connects, 25 %; 4 bids (4 too recent)"
    assert shown[4] == "9 bids are younger than 14 days, so that what came of them does not count yet."
    assert len(shown) == 5  # there are enough bids for figures that mean something
    untold = lines(team_report_reply(view(row(1, 300, told._replace(heard=0, replies=0, hires=0)))))
    assert untold[1] == "Member 1: 300 Connects, 100 %; 30 bids; 8 a bid"
    assert untold[2].startswith("Nobody has told me yet what became of these bids")


def test_few_bids_are_called_chance() -> None:
    few = Outcomes(3, replies=1, connects=30, priced=3, priced_replies=1, heard=1)
    assert "What came of fewer than 20 bids may be chance." in lines(team_report_reply(view(row(1, 30, few))))
    (_, *shown) = lines(team_member_reply(view(row(1, 30, few)), row(1, 30, few)))
    assert shown == [
        "Spent: 30 Connects, 100 % of all",
        "Sent: 3 bids, 1 reply",
        "A proposal: 10 Connects",
        "A reply: 30 Connects",
        "What came of fewer than 20 bids may be chance.",
    ]


@pytest.mark.parametrize(
    ("money", "unknown", "said"),
    [((), 0, "30 Connects (free)"), ((Price(450, 0, "USD"),), 0, "30 Connects ($4.50)"), ((), 30, "30 Connects;")],
)
def test_money_is_said_where_it_is_known(money: tuple[Price, ...], unknown: int, said: str) -> None:
    one = row(1, 30)._replace(money=money, unknown=unknown)
    shown = lines(team_report_reply(view(one, row(2, 10), money=True)))
    assert said.removesuffix(";") in shown[1].replace(", 75 %", "")
    assert ("What 30 of these Connects cost is not known." in shown) == bool(unknown)
    assert "(" not in lines(team_report_reply(view(one, row(2, 10))))[1]


def test_nobody_and_people_who_left_have_names_too() -> None:
    badge = MemberRow(Who(), {Purpose.BADGE: 3}, 0, (), 0)
    left = MemberRow(Who(PersonId(99)), {Purpose.PROPOSAL: 8}, 0, (), 0)
    shown = team_report_reply(view(left, badge))
    assert lines(shown)[1:3] == ["someone: 8 Connects, 73 %", "Nobody named: 3 Connects, 27 %"]
    assert "Nobody named" not in labels(shown)
    assert lines(nothing_then(view())) == [
        "Nobody has spent anything in this period: This week (Jan 5, 2026 \N{EN DASH} Jan 11, 2026)."
    ]


def drawn(*rows: MemberRow, own: bool = False) -> tuple[TeamChart, str]:
    found = team_picture(TeamSeen(report(*rows), NAMES, own=own), WRITE)
    assert isinstance(found.chart, TeamChart)
    return found.chart, SPEAK.say(found.caption)


def test_a_picture_has_twelve_bars_at_most() -> None:
    chart, caption = drawn(*TEN[:12])
    assert [bar.name for bar in chart.bars] == [f"Member {number}" for number in range(1, 13)]
    chart, caption = drawn(*TEN)
    assert [bar.name for bar in chart.bars[-2:]] == ["Member 11", "3 more"]
    assert chart.bars[-1].spent == (28 + 27 + 26,)
    assert sum(sum(bar.spent) for bar in chart.bars) == report(*TEN).whole.connects
    assert caption == "Jan 5, 2026 \N{EN DASH} Jan 11, 2026: 455 Connects spent. Member 1 spent most: 39, 9 %."


def test_a_picture_parts_what_was_spent_by_purpose() -> None:
    rows = (row(1, 0, proposal=20, boost=50), row(2, 0, badge=3, profile_ad=2, other=1), row(3, 0)._replace(returned=8))
    chart, caption = drawn(*rows)
    assert [(kind.name, kind.text) for kind in chart.kinds][:2] == [("Boost", "50"), ("Proposal", "20")]
    assert [bar.spent for bar in chart.bars] == [(50, 20, 0, 0), (0, 0, 3, 3)]
    assert "76 Connects spent, net of the 8 that came back." in caption
    assert drawn(rows[0], own=True)[1].endswith("70 of the 70 Connects that were spent are yours, 100 %.")


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("", "team"),
        ("last month", 'team period="last month"'),
        ("Ivan", "team member=Ivan"),
        ("Ivan last month please", 'team period="last month" member=Ivan'),
        ("in October for Zoë F.", 'team period="in October" member="Zoë F"'),
        ("what Ivan spent this week", 'team period="this week" member=Ivan'),
        ("all", "team period=all"),
        ("me", "team member=me"),
        ("the whole team", "team member=whole"),
    ],
)
def test_lines_are_read(said: str, line: str) -> None:
    assert team_line(by_name()["team"], said) == line


def test_lines_of_buttons_are_read_back() -> None:
    for who in (Who(PersonId(7)), Who(None, 'Tim "T" O\'Test')):
        line = TeamQuery("last month").of(who).line
        _, _, words = line.partition(" ")
        assert team_line(by_name()["team"], words) == line
    assert reply().parts == ()
