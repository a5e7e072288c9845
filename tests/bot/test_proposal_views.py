"""The card of a proposal and the list of them, as people read them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.views.proposals.card import Shown as Card
from bot.views.proposals.card import Ways, card
from bot.views.proposals.listing import Listing, listing
from core.ledger.model import Entry, Kind, Posting, Purpose, expense_on, holding_of
from core.ledger.sightings import ProposalState
from core.proposals.model import NetCost, ProposalKind, Shown, Unclear
from core.shared.ids import PersonId, WalletId
from core.shared.money import Price
from tests.bot.carded import NOW, SENT, buttons_of, lines_of, lines_under, proposal

ANSWER = 14


def entry(number: int, delta: int, kind: Kind = Kind.SPEND, of: int | None = None, *, boost: bool = False) -> Entry:
    wallet = WalletId(1)
    account = expense_on(Purpose.BOOST if boost else Purpose.PROPOSAL)
    legs = (Posting(holding_of(wallet), delta, 1, None), Posting(account, -delta, 1, None))
    return Entry(wallet, number, SENT, kind, legs, 100, f"key{number}", "", PersonId(1), "Logo redesign", of=of)


ROWS = (entry(12, -16), entry(13, -8, boost=True))


class TestACard:
    def test_shows_its_rows_its_net_cost_and_what_became_of_it(self) -> None:
        shown = card(Card(proposal(), ROWS, NOW, ANSWER, owed=(12, 13)))
        assert lines_of(shown) == [
            "Proposal #12 · Logo redesign",
            "State: Sent; no answer for 16 days, so it counts as unanswered",
            "Sent: Nov 12, 2026 09:00 UTC",
            "Job posted: 2 hours before this bid",
            "#12: Proposal · \u221216 · Nov 12",
            "#13: Boost · \u22128 · Nov 12",
            "Net cost: 24 Connects: $2.40 (8 free, 16 paid)",
        ]
        assert buttons_of(shown) == [
            ["Viewed", "Replied", "Interview", "Declined"],
            ["More states", "Mark as returned", "Tags"],
        ]

    def test_leaves_out_what_was_undone_and_shows_what_came_back(self) -> None:
        rows = (*ROWS, entry(14, 8, Kind.UNDO, of=13), entry(15, 16, Kind.RETURN, of=12))
        shown = card(Card(proposal(net=NetCost(), back=16), rows, NOW, ANSWER))
        assert lines_of(shown)[-3:] == [
            "#12: Proposal · \u221216 · Nov 12",
            "#15: Return of #12 · +16 · Nov 12",
            "Net cost: Nothing: it all came back",
        ]

    @pytest.mark.parametrize(
        ("net", "said"),
        [
            (NetCost(free=8), "8 Connects: nothing, they were free"),
            (NetCost(unknown=1), "1 Connect: unknown"),
            (NetCost(4, 4, 4, (Price(60, 0, "USD"),)), "12 Connects: $0.60 (4 free, 4 paid), and 4 of unknown cost"),
            (NetCost(paid=9, money=(Price(90, 5, "EUR"), Price(45, 0, "USD"))), "9 Connects: €0.95 + $0.45"),
            (NetCost(), "Nothing"),
        ],
    )
    def test_tells_free_paid_and_unknown_apart(self, net: NetCost, said: str) -> None:
        assert f"Net cost: {said}" in lines_of(card(Card(proposal(net=net), ROWS, NOW, ANSWER)))

    @pytest.mark.parametrize(
        ("facts", "said"),
        [
            ({"sent": NOW}, "Sent; no answer yet"),
            ({"sent": NOW - timedelta(days=1)}, "Sent; no answer for 1 day so far"),
            (
                {"stage": ProposalState.VIEWED},
                "Viewed by the client; no answer for 16 days, so it counts as unanswered",
            ),
            ({"stage": ProposalState.REPLIED, "since": NOW}, "The client replied (today)"),
            ({"stage": ProposalState.OFFERED, "since": SENT}, "The client made an offer (Nov 12)"),
            ({"end": ProposalState.CLOSED, "since": NOW - timedelta(days=1)}, "The client closed the job (yesterday)"),
            (
                {"stage": ProposalState.INTERVIEW, "end": ProposalState.DECLINED},
                "Declined by the client (Nov 12), after an interview",
            ),
            ({"end": ProposalState.EXPIRED}, "The job expired (Nov 12)"),
        ],
    )
    def test_says_its_state_in_a_sentence(self, facts: dict[str, object], said: str) -> None:
        assert lines_of(card(Card(proposal(**facts), ROWS, NOW, ANSWER)))[1] == f"State: {said}"

    def test_says_who_sent_it_that_it_was_outbid_and_what_it_is_worth(self) -> None:
        hired = proposal(stage=ProposalState.HIRED, worth=Price(50_000, 0, "USD"), outbid=True)
        lines = lines_of(card(Card(hired, ROWS, NOW, ANSWER, name="Ann")))
        assert "Sent: Nov 12, 2026 09:00 UTC, by Ann" in lines
        assert {"Boost: You were outbid", "Worth: $500.00"} <= set(lines)

    def test_of_an_invitation_offers_a_bid(self) -> None:
        invited = proposal(
            ref="7-3", kind=ProposalKind.INVITATION, stage=ProposalState.INVITED, entries=(), seen=((7, 3),),
            exact=False, age=None, net=NetCost(),
        )  # fmt: skip
        shown = card(Card(invited, (), NOW, ANSWER, told=9))
        assert lines_of(shown) == [
            "Invitation #7-3 · Logo redesign",
            "State: The client sent an invitation (Nov 12)",
            "Invited: Nov 12",
        ]
        assert buttons_of(shown) == [
            ["Withdrawn", "Job closed", "Archived"],
            ["More states", "Book a bid", "Tags", "Undo the state"],
        ]
        assert lines_under(shown)["Book a bid"] == 'spend job=~022010000000000000041 title="Logo redesign"'
        assert lines_under(shown)["Undo the state"] == "outcome of=#7-3 undo=9 here=yes"

    def test_shows_all_states_when_asked_and_leads_back(self) -> None:
        shown = card(Card(proposal(), ROWS, NOW, ANSWER), Ways(more=True, back="state=open skip=5"))
        assert buttons_of(shown) == [
            ["Viewed", "Replied", "Interview", "Offered"],
            ["Hired", "Declined", "Withdrawn", "Job closed"],
            ["Expired", "Archived"],
            ["Back"],
        ]
        lines = lines_under(shown)
        assert lines["Hired"] == 'outcome of=#12 state=hired back="state=open skip=5"'
        assert lines["Back"] == 'proposals what=#12 more=off back="state=open skip=5"'
        again = card(Card(proposal(), ROWS, NOW, ANSWER), Ways(back="state=open skip=5"))
        assert lines_under(again)["Back to the list"] == "proposals state=open skip=5"

    def test_asks_what_is_unclear(self) -> None:
        unclear = (Unclear(("12", "20"), seen=(7, 3), state=ProposalState.VIEWED), Unclear(("12", "20"), number=30))
        loose = (entry(30, -6, boost=True),)
        shown = card(Card(proposal(unclear=unclear), ROWS, NOW, ANSWER, loose=loose))
        assert lines_of(shown)[-3:] == [
            "A page says: Viewed. It may mean this proposal, or #20. Which is it?",
            "#30 (Boost · \u22126 · Nov 12) may be part of this proposal, or of #20.",
            "A saved page of your Connects History tells them apart.",
        ]
        assert buttons_of(shown)[0] == ["Viewed: #12", "Viewed: #20"]
        assert lines_under(shown)["Viewed: #20"] == "outcome of=#20 state=viewed seen=7-3 here=yes"

    def test_of_somebody_else_has_no_buttons(self) -> None:
        assert buttons_of(card(Card(proposal(), ROWS, NOW, ANSWER, mine=False))) == []

    def test_fits_on_discord_with_all_that_it_can_have(self) -> None:
        unclear = (Unclear(("12", "20"), seen=(7, 3), state=ProposalState.VIEWED),)
        known = Card(proposal(unclear=unclear), ROWS, NOW, ANSWER, told=9, owed=(12, 13))
        for ways in (Ways(more=True, back=""), Ways(back="")):
            rows = buttons_of(card(known, ways))
            assert len(rows) <= 6
            assert sum(-(-len(row) // 5) for row in rows) <= 6


class TestAList:
    def test_has_a_line_for_each_that_a_phone_can_show(self) -> None:
        other = proposal(ref="20", title="A very long title of a job that goes on and on", net=NetCost(paid=16))
        invited = proposal(ref="7-3", kind=ProposalKind.INVITATION, stage=ProposalState.INVITED, entries=())
        counts = {Shown.ALL: 7, Shown.OPEN: 2, Shown.HIRED: 0, Shown.UNANSWERED: 5, Shown.INVITATIONS: 1}
        shown = listing(Listing((other, proposal(), invited), 7, counts, NOW, ANSWER))
        assert lines_of(shown) == [
            "Proposals 1\u20133 of 7",
            "#20 · Nov 12 · \u221216 · A very long title of a job… · No answer",
            "#12 · Nov 12 · \u221224 · Logo redesign · No answer",
            "#7-3 · Nov 12 · invitation · Logo redesign · Invited",
        ]
        assert buttons_of(shown) == [
            ["#20", "#12", "#7-3"],
            ["Open 2", "No answer 5", "Invitations 1"],
            ["Older"],
        ]

    def test_keeps_its_filters_on_every_button(self) -> None:
        words = {"what": "logo", "period": "last month", "member": "Ann"}
        page = Listing(
            (proposal(),), 11, {Shown.ALL: 20, Shown.OPEN: 11}, NOW, ANSWER, 5, Shown.OPEN, words,
            date(2026, 10, 1), date(2026, 10, 31), {}, group=True,
        )  # fmt: skip
        shown = listing(page)
        assert lines_of(shown)[0] == "Proposal 6 of 11: Open · Oct 1, 2026 \u2013 Oct 31, 2026 · by Ann · “logo”"
        listed = 'what=logo period="last month" member=Ann'
        assert lines_under(shown) == {
            "#12": f'proposals what=#12 back="{listed} state=open skip=5"'.replace('"last month"', '""last month""'),
            "All 20": f"proposals {listed}",
            "Newer": f"proposals {listed} state=open",
            "Older": f"proposals {listed} state=open skip=10",
        }

    def test_that_is_empty_says_where_there_are_some(self) -> None:
        nothing = listing(Listing((), 0, {Shown.ALL: 0}, NOW, ANSWER))
        assert lines_of(nothing)[0].startswith("There are no proposals yet.")
        assert buttons_of(nothing) == [["Import from Upwork", "Book a bid"]]
        none = listing(Listing((), 0, {Shown.ALL: 3, Shown.OPEN: 2}, NOW, ANSWER, state=Shown.HIRED))
        assert lines_of(none) == ["I found no proposals for this: Hired."]
        assert buttons_of(none) == [["All 3", "Open 2"]]
