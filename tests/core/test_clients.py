"""Who paid, which bid won them, and when that was earned back: said only as far as it is known."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final

from core.incomes.clients import bids_per_client, candidates, clients_of
from core.incomes.model import Income
from core.ledger.sightings import ProposalState
from core.proposals.model import NetCost, Proposal, ProposalKind, Unclear
from core.shared.money import Price

SENT: Final = datetime(2026, 1, 1, 9, tzinfo=UTC)
COST: Final = Price(240, 48, "USD")
LOGO: Final = Proposal(
    ref="12", kind=ProposalKind.BID, title="Logo redesign", job="", proposal="", by=None, member="", sent=SENT,
    exact=True, age=None, base=16, boost=0, back=0, net=NetCost(0, 16, 0, (COST,)), boosted=False, outbid=False,
    stage=ProposalState.HIRED, end=None, since=SENT, viewed=True, answered=SENT, worth=None, entries=(12,), seen=(),
)  # fmt: skip
SHOP: Final = LOGO._replace(ref="14", title="Shop", entries=(14,), stage=ProposalState.REPLIED)


def income(ref: int, day: int, cents: int, **facts: Any) -> Income:
    plain = Income(str(ref), date(2026, 1, day), "Acme", "Invoice for Logo redesign (milestone 1)", _usd(cents))
    return plain._replace(**facts)


def _usd(cents: int) -> Price:
    return Price(cents, 0, "USD")


def test_a_bid_whose_title_an_invoice_names_has_won_the_client() -> None:
    (acme,) = clients_of([income(2, 9, 200), income(1, 5, 100)], [LOGO, SHOP], {})
    assert (acme.name, acme.earned, acme.incomes, acme.won, acme.sure) == ("Acme", (_usd(300),), 2, LOGO, False)
    assert (acme.first, acme.last, acme.earned_back) == (date(2026, 1, 5), date(2026, 1, 9), date(2026, 1, 9))


def test_it_is_not_earned_back_before_the_tax_is_covered_too() -> None:
    (acme,) = clients_of([income(1, 5, 287)], [LOGO], {})
    assert acme.earned_back is None
    (acme,) = clients_of([income(1, 5, 288)], [LOGO], {})
    assert acme.earned_back == date(2026, 1, 5)


def test_what_cannot_be_compared_is_not_said() -> None:
    unknown = LOGO._replace(net=NetCost(0, 0, 16))
    loose = LOGO._replace(unclear=(Unclear(("12", "14"), number=15),))
    for won in (unknown, loose, LOGO._replace(net=NetCost(0, 16, 0, (COST._replace(currency="EUR"),)))):
        (acme,) = clients_of([income(1, 5, 9_999)], [won], {})
        assert (acme.won, acme.earned_back) == (won, None)
    (acme,) = clients_of([income(1, 5, 1)], [LOGO._replace(net=NetCost(16))], {})
    assert acme.earned_back == date(2026, 1, 5)


def test_a_short_title_another_day_or_two_that_fit_name_nobody() -> None:
    late = LOGO._replace(sent=SENT.replace(month=2))
    again = LOGO._replace(ref="13", entries=(13,))
    for some in ([SHOP], [late], [LOGO, again], [LOGO._replace(title="Logo redesi")]):
        (acme,) = clients_of([income(1, 5, 100, about="Invoice for Shop: Logo redesign")], some, {})
        assert acme.won is None
    (acme,) = clients_of([income(1, 5, 100)], [LOGO, again._replace(stage=ProposalState.SENT)], {})
    assert acme.won == LOGO


def test_what_somebody_said_goes_first_and_by_any_entry_of_the_bid() -> None:
    bid = SHOP._replace(entries=(14, 15))
    (acme,) = clients_of([income(1, 5, 100)], [LOGO, bid], {"acme": "15"})
    assert (acme.won, acme.sure) == (bid, True)
    (acme,) = clients_of([income(1, 5, 100)], [LOGO, bid], {"acme": "99"})
    assert (acme.won, acme.sure) == (LOGO, False)


def test_clients_are_told_apart_by_name_and_without_one_by_what_was_paid_for() -> None:
    some = [income(1, 5, 100), income(2, 6, 100, client="ACME "), income(3, 7, 100, client="")]
    found = clients_of(some, [], {})
    assert [(one.name, one.incomes) for one in found] == [("Invoice for Logo redesign (milestone 1)", 1), ("ACME ", 2)]


def test_currencies_are_not_mixed() -> None:
    (acme,) = clients_of([income(1, 5, 100), income(2, 6, 50, amount=Price(50, 0, "EUR"))], [], {})
    assert acme.earned == (Price(50, 0, "EUR"), _usd(100))


def test_who_may_have_won_a_client_is_offered_hires_first() -> None:
    (acme,) = clients_of([income(1, 5, 100)], [], {})
    sent = LOGO._replace(stage=ProposalState.SENT)
    late = LOGO._replace(sent=SENT.replace(month=2))
    assert candidates(acme, [sent, SHOP, late, LOGO]) == (LOGO, SHOP)


def test_all_bids_count_until_the_last_client_was_won() -> None:
    found = clients_of([income(1, 5, 100)], [LOGO], {})
    before, later = SHOP._replace(net=NetCost(8)), SHOP._replace(sent=SENT.replace(day=2))
    told = bids_per_client(found, [LOGO, before, later])
    assert told is not None
    assert (told.bids, told.clients, told.connects, told.connects_each) == (2, 1, 24, 24)
    assert bids_per_client(found, [LOGO]) is None
    assert bids_per_client((), [LOGO, before]) is None
    assert bids_per_client(found, [LOGO, before._replace(unclear=(Unclear(("14",), number=15),))]) is None
