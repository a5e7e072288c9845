"""My proposals are read in whatever form they come, and what cannot be read is kept."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest

from bot.pages import Came, NotAPage, Why, looks_like_page, read_all, read_file, read_text
from bot.pages.my_proposals.parts import joined
from core.ledger.sightings import Boosted, ProposalState
from core.proposals.my_proposals import Count, MyProposals, Section, together
from tests.imports.accounts import account
from tests.imports.mishaps import messages, trimmed, twice, unbreakable, windows_line_ends
from tests.imports.my_proposals import blank_lines, copied_text, in_cells, listed, lower_heads, saved_page
from tests.imports.sample_truth import NAMES, content, copied, truth

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.ledger.sightings import ProposalSighting
    from tests.imports.my_proposals import Listed

TOLD = date(2026, 1, 12)
HARMLESS = (windows_line_ends, unbreakable, trimmed, twice, blank_lines, in_cells, lower_heads)
SECTION = "Submitted proposals (2)\n"
LOGO = "Initiated Jan 2, 2026\n10 days ago\nLogo\nGeneral Profile\n"
POSTER = "Initiated Jan 1, 2026\n11 days ago\nBoosted\nPoster\nGeneral Profile\nViewed by client\n"
HISTORY = "My balance\n84 Connects\nJanuary 9, 2026\t\nApplied to job\nLogo\n-16\nSpent 16 Connects\nShow more\n"


def read(text: str, told: date | None = TOLD) -> MyProposals:
    found = read_text(text, told)
    assert isinstance(found, MyProposals)
    return found


def bare(found: MyProposals) -> list[ProposalSighting]:
    return [seen._replace(line=0, proposal="") for seen in found.proposals]


def moment(seed: int) -> datetime:
    return account(seed, days=60).last - timedelta(hours=9)


def lived(seed: int) -> tuple[Listed, ...]:
    return listed(account(seed, days=60), moment(seed))


def dice(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - nothing here is secret


@pytest.mark.parametrize("seed", [1, 2, 5])
def test_text_and_saved_page_say_what_is_true(seed: int) -> None:
    page = lived(seed)
    text, saved = read(copied_text(page, dice(seed)), None), read_file(saved_page(page).encode(), None)
    assert isinstance(saved, MyProposals)
    assert bare(text) == bare(saved) == [one.truth for one in page]
    assert [seen.proposal for seen in saved.proposals] == [one.proposal for one in page]
    assert (text.unread, text.miscounts) == (saved.unread, saved.miscounts) == ((), ())
    assert text.copied == saved.copied == moment(seed).date()


@pytest.mark.parametrize("mishap", HARMLESS)
def test_what_happens_on_the_way_changes_nothing(mishap: Callable[[str], str]) -> None:
    text = copied_text(lived(3), dice(3))
    assert looks_like_page(mishap(text))
    found = read(mishap(text), None)
    assert found._replace(unread=()) == read(text, None)
    assert found.unread == ()


@pytest.mark.parametrize("size", [300, 700, 4096])
def test_what_a_client_cuts_becomes_one_page(size: int) -> None:
    text = content("freelancer-1", "proposals.txt").decode().strip()
    whole = read_all([(part.strip(), TOLD) for part in messages(text, size)])
    assert isinstance(whole, Came)
    assert whole.my_proposals is not None
    assert Counter(bare(whole.my_proposals)) - Counter(bare(read(text))) == Counter()
    assert len(whole.my_proposals.proposals) == len(read(text).proposals)


@pytest.mark.parametrize("name", NAMES)
def test_the_samples_are_read_whole(name: str) -> None:
    known = truth(name)["proposals_page"]
    found = read(content(name, "proposals.txt").decode(), None)
    states = Counter(seen.state for seen in found.proposals)
    assert states[ProposalState.REPLIED] == len(known["active"])
    assert states[ProposalState.VIEWED] == len(known["viewed"])
    assert states[ProposalState.VIEWED] + states[ProposalState.SENT] == known["sent"]
    assert found.copied == copied(name).date()
    assert (found.unread, found.miscounts) == ((), ())


def test_a_text_that_is_cut_at_both_ends_keeps_what_is_left_of_it() -> None:
    found = read(POSTER[30:] + LOGO + POSTER + LOGO[:37], None)
    assert [(seen.title, seen.state) for seen in found.proposals] == [
        ("Logo", ProposalState.SENT),
        ("Poster", ProposalState.VIEWED),
    ]
    assert len(found.unread) == 2


def test_unknown_lines_are_kept_and_a_wrong_count_is_said() -> None:
    found = read("My proposals\nNew on this page\n" + SECTION + LOGO + "A sentence that nobody knows\nWaived fee\n")
    assert [seen.title for seen in found.proposals] == ["Logo"]
    assert found.unread == ("A sentence that nobody knows", "Waived fee", "New on this page")
    assert found.miscounts == (Count(Section.SUBMITTED, 2, 1),)


def test_what_stands_under_an_unknown_heading_is_not_guessed() -> None:
    found = read(SECTION + LOGO + "Pending talks (1)\n" + LOGO.replace("Logo", "Card").replace("Initiated", "Received"))
    assert [seen.title for seen in found.proposals] == ["Logo"]
    assert found.unread == ("Received 2026-01-02 / Card / General Profile",)


@pytest.mark.parametrize(
    ("told", "as_of"),
    [(TOLD, TOLD), (None, TOLD), (date(2026, 1, 13), date(2026, 1, 13)), (date(2026, 2, 20), TOLD)],
)
def test_the_day_is_that_of_the_message_unless_the_page_says_otherwise(told: date | None, as_of: date) -> None:
    other = LOGO.replace("10 days", "9 days").replace("Logo", "Card")
    assert read(SECTION + LOGO + POSTER + other, told).copied == as_of


@pytest.mark.parametrize(
    "texts", [(HISTORY, SECTION + LOGO + POSTER), ("My proposals\n" + SECTION + LOGO + POSTER, HISTORY)]
)
def test_both_pages_are_told_apart_in_one_text_and_in_several(texts: tuple[str, str]) -> None:
    for parts in ([("".join(texts), TOLD)], [(text, TOLD) for text in texts]):
        found = read_all(parts)
        assert isinstance(found, Came)
        assert [len(page.rows) for page in found.pages] == [1]
        assert [page.unread for page in found.pages] == [()]
        assert found.my_proposals is not None
        assert ([seen.title for seen in found.my_proposals.proposals], found.my_proposals.unread) == (
            ["Logo", "Poster"],
            (),
        )


def test_two_forms_of_a_page_complete_each_other() -> None:
    page = lived(4)
    text, saved = read(copied_text(page, dice(4))), read_file(saved_page(page).encode(), None)
    assert isinstance(saved, MyProposals)
    both = together((text, saved))
    assert len(both.proposals) == len(page)
    assert {seen.proposal for seen in both.proposals} == {one.proposal for one in page}


def test_a_page_without_a_proposal_says_so() -> None:
    empty = "My proposals\nOffers (0)\nSubmitted proposals (0)\n"
    assert read_text(empty, TOLD) == NotAPage(Why.NO_PROPOSALS)
    assert read_file(
        f'<html><h2>Offers (0)</h2><i data-cy="time-slot"></i>{"x" * 9}</html>'.encode(), None
    ) == NotAPage(Why.NO_PROPOSALS)


def test_a_boost_that_was_outbid_is_read_among_the_noise() -> None:
    noise = "Your proposal may still appear if a boosted slot reopens before the auction ends.\nLearn more\n"
    (seen, _) = read(SECTION + LOGO.replace("Logo", "Boost outbid\n" + noise + "Logo") + POSTER).proposals
    assert (seen.title, seen.boosted, seen.profile) == ("Logo", Boosted.OUTBID, "General Profile")
    assert joined([]) == ""
