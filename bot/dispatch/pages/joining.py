"""What of all that comes in about the same time is one paste, what is another page, and what is no page at all."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from bot.pages import Came
from bot.pages.coming import sorted_parts
from bot.pages.my_proposals.parts import goes_on as my_proposals_goes_on
from bot.pages.my_proposals.text import ARCHIVE, STATES
from bot.pages.noise import is_noise
from core.imports.undated import is_undated
from core.ledger.sightings import ProposalState
from core.shared.names import folded

if TYPE_CHECKING:
    from datetime import date

    from bot.dispatch.pages.pastes import Held, Text
    from bot.pages import Why
    from core.imports.model import Page, Row
    from core.ledger.sightings import ProposalSighting
    from core.proposals.my_proposals import MyProposals, Section

TELLING: Final = 3
"""So many rows tell whether a page names members."""


def is_rest(held: Held, key: str, text: Text) -> bool:
    """Whether a text that looks like nothing ends what a client has cut: a row, or what stands below the rows."""
    before = [(part.text, part.told) for part in held.in_order if part.number < text.number]
    if not before:
        return False
    my_proposals = sorted_parts([*before, (text.text, text.told)])[1]
    if (
        my_proposals
        and my_proposals[-1][0] == text.text
        and my_proposals_goes_on([one for one, _ in my_proposals[:-1]], text.text)
    ):
        return True
    if _rows(held.with_text(key, text).read()) > _rows(held.read()):
        return True
    last = max(held.texts.values()).text.rstrip().rpartition("\n")[2]
    joints = ("\n",) if is_noise(last) else ("", " ", "\n")  # a whole line of it is not cut
    return any(all(map(is_noise, f"{last}{joint}{text.text}".split("\n"))) for joint in joints)


def is_another(before: Came, after: Came, *, goes_on: bool) -> bool:
    """Whether pages that came one after the other cannot be of one paste: they say different things of the same.

    With `goes_on`, they may be pieces that a client has cut, of which each has something else.
    """
    pages = [page for page in after.pages if not goes_on or page.balance is not None]
    if any(_differ(*pair) for pair in product(before.pages, pages)):
        return True
    if goes_on or before.my_proposals is None or after.my_proposals is None:
        return False
    return _have_nothing_in_common(before.my_proposals, after.my_proposals)


def _have_nothing_in_common(one: MyProposals, other: MyProposals) -> bool:
    """Whether both have a section whole, and none of its proposals is in both."""
    whole = _whole_sections(one) & _whole_sections(other)
    states = {STATES[section] for section in whole}
    titled, also = (
        {(seen.day, folded(seen.title)) for seen in page.proposals if _state(seen) in states} for page in (one, other)
    )
    return min(len(titled), len(also)) >= TELLING and titled.isdisjoint(also)


def _whole_sections(page: MyProposals) -> set[Section]:
    return {count.section for count in page.counts if count.said == count.read} - ARCHIVE


def _state(seen: ProposalSighting) -> ProposalState:
    return ProposalState.SENT if seen.state is ProposalState.VIEWED else seen.state


def _differ(one: Page, other: Page) -> bool:
    at_once = one.copied is None or other.copied is None or one.copied == other.copied
    if at_once and None not in {one.balance, other.balance} and one.balance != other.balance:
        return not _are_mostly_alike(one, other)  # alike, one is a later copy
    if is_undated(one) or is_undated(other):
        return False
    return _name_members_differently(one, other) or _share_days_but_hardly_a_row(one, other)


def _are_mostly_alike(one: Page, other: Page) -> bool:
    titled, also = ({_named(row) for row in page.rows if row.title} for page in (one, other))
    return bool(titled and also) and 2 * len(titled & also) >= min(len(titled), len(also))


def _named(row: Row) -> tuple[date, str, int]:
    return row.day, row.title.casefold(), row.connects


def _name_members_differently(one: Page, other: Page) -> bool:
    if min(len(one.rows), len(other.rows)) < TELLING:
        return False
    named, also = ({row.member for row in page.rows if row.member} for page in (one, other))
    return bool(named and also) and named.isdisjoint(also)


def _share_days_but_hardly_a_row(one: Page, other: Page) -> bool:
    """Whether days that both have whole have rows with titles in both, and hardly any of them in common.

    Only the wordings count that both have: each page may be filtered to another type of rows.
    """
    days = _whole_days(one) & _whole_days(other)
    wordings = {row.wording for row in one.rows} & {row.wording for row in other.rows}
    titled, also = (
        {_named(row) for row in page.rows if row.title and row.day in days and row.wording in wordings}
        for page in (one, other)
    )
    return 2 * len(titled & also) < min(len(titled), len(also))


def _whole_days(page: Page) -> set[date]:
    days = {row.day for row in page.rows}
    return days - {min(days), max(days)} if days else set()


def _rows(read: Came | Why) -> int:
    return sum(len(page.rows) for page in read.pages) if isinstance(read, Came) else 0
