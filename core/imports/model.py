"""The nouns of an import: the rows of a page, what somebody answered, and the preview."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from core.ledger.model import Change, Entry
    from core.ledger.past.pins import Pin
    from core.ledger.sightings import Batch
    from core.shared.money import CostState, Price


class RowKind(StrEnum):
    """What a row of the Connects History is."""

    PROPOSAL = "proposal"
    BOOST = "boost"
    BOOST_CHARGE = "boost_charge"
    """What a boost cost in the end, after its bid was given back."""
    BADGE = "badge"
    AD = "ad"
    PROPOSAL_BACK = "proposal_back"
    """The base of a proposal, given back whole."""
    PARTLY_BACK = "partly_back"
    """A part of a proposal, given back."""
    BOOST_BACK = "boost_back"
    """A boost given back: outbid, the job closed, or replaced by its final charge."""
    MONTHLY = "monthly"
    REWARD = "reward"
    PURCHASE = "purchase"
    EXPIRY = "expiry"
    UNCLASSIFIED = "unclassified"
    """A wording that nobody has explained, or one that is unclear."""


class Row(NamedTuple):
    """A row of the Connects History.

    `day` is the page's, which is a day in UTC. `connects` are added (+) or spent (-). What a page did not say is empty:
    `title`, `job` (an id such as ~021234567890123456789), `row_id` (Upwork's id of the row), `at` (its second) and
    `running` (the balance after the row). `member` is None if the page names no members, and empty if it says that
    there was none. A badge's row is the sum of its day.
    """

    day: date
    wording: str
    connects: int
    title: str = ""
    job: str = ""
    member: str | None = None
    row_id: str = ""
    at: datetime | None = None
    running: int | None = None


class Page(NamedTuple):
    """What was read from one page, or from a part of one: its rows as they stand there, newest first.

    `balance` is what the page shows as "My balance" (None: it does not). `copied` is the day on which it was copied
    or saved, in UTC (None: not known; `core.imports.undated` says what then stands for today and yesterday). With
    `top_cut` the first day may lack rows above, with `bottom_cut` the last one rows below. `unread` are lines that
    stood among the rows and could not be read.
    """

    rows: tuple[Row, ...]
    balance: int | None = None
    copied: date | None = None
    top_cut: bool = False
    bottom_cut: bool = True
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody answered about an import. Positions are those of the preview's rows, which count from 1.

    cost: what the Connects cost that were there before the first row (None: not asked yet, or not answered).
    wordings: what a wording means that nobody had explained, by wording.
    same: which entry a row is (0: none, it is another fact), by the row's position.
    unsure: whether a row that was unsure is booked, by the row's position.
    members: the person whom a page calls by a name, by that name (None: nobody here).
    own_account: it was confirmed that the page is that of this wallet's account.
    """

    cost: Price | CostState | None = None
    wordings: Mapping[str, RowKind] = field(default_factory=dict)
    same: Mapping[int, int] = field(default_factory=dict)
    unsure: Mapping[int, bool] = field(default_factory=dict)
    members: Mapping[str, str | None] = field(default_factory=dict)
    own_account: bool = False


class KindSum(NamedTuple):
    """The rows of one kind, and the sum of their Connects."""

    kind: RowKind
    rows: int
    connects: int


class Doubt(StrEnum):
    """Why a row is unsure."""

    PLACED_TWICE = "placed_twice"
    """It equals a row that is known, and nothing says whether it is the same one."""
    TYPED = "typed"
    """It looks like an entry that was typed."""
    TAKEN_OUT = "taken_out"
    """It was booked once, and undone on purpose."""
    UNREAD = "unread"
    """It could not be read whole."""


class Unsure(NamedTuple):
    """A row that is not booked unless somebody says so, and the entries that it may be."""

    position: int
    row: Row
    why: Doubt
    entries: tuple[Entry, ...] = ()


class Cause(StrEnum):
    """Why the books and a page probably part."""

    EXPIRED = "expired"
    """The books let Connects expire that the page still has, or the other way round."""
    TYPED = "typed"
    """Something was typed that the page does not show."""
    CORRECTED = "corrected"
    """The balance was corrected by hand."""
    TAKEN_OUT = "taken_out"
    """Rows of the page were undone on purpose."""
    UNSURE = "unsure"
    """Rows of the page are unsure, and so not booked."""
    UNREAD = "unread"
    """Lines of the page could not be read."""


class Parted(NamedTuple):
    """Where the books and a page part: between two of its rows, and by how many Connects (the page has more: +).

    `older` is None if they part before the page's first row, `newer` if after its last. `cause` is what is likely
    (None: nothing is), `entries` are the numbers of the entries behind it.
    """

    older: Row | None
    newer: Row | None
    connects: int
    cause: Cause | None = None
    entries: tuple[int, ...] = ()


class Opening(NamedTuple):
    """What must have been there before the first row: Connects of unknown origin, which expire at the latest then."""

    connects: int
    day: date
    expires: datetime | None
    replaces: int
    """The Connects of an opening or a welcome that stood in the books so far, and that it replaces."""


class Recosted(NamedTuple):
    """Earlier spends whose cost changes, and the sum of the changes, one for each currency."""

    spends: int
    by: tuple[Price, ...]


class OtherAccount(StrEnum):
    """Why a page looks like another account's."""

    NO_ROW_IN_COMMON = "no_row_in_common"
    FEW_ROWS_IN_COMMON = "few_rows_in_common"
    IMPOSSIBLE_BALANCE = "impossible_balance"
    OTHER_MEMBERS = "other_members"


class Preview(NamedTuple):
    """What an import would book; exactly that is booked by `change`, if the books have not changed meanwhile.

    `new`, `known` and `completed` count rows: to be booked, booked already, and known ones of which the page says more.
    `balance` is what the page says; `before` and `after` are the wallet's. `asked` are wordings that nobody has
    explained, each with up to three of its rows; `members` names that nobody has explained. `price_assumed` are
    Connects bought at the list price, because the page does not say what they cost. `change` is None if there is
    nothing to book. `stamp` identifies what is shown. `unpins` is the latest confirmed balance that holds now and no
    longer would (None: there is none). `of_two`: the wallet has the books of two accounts, so no page's balance counts.
    """

    rows: tuple[Row, ...]
    first: date
    last: date
    kinds: tuple[KindSum, ...]
    new: int
    known: int
    completed: int
    unsure: tuple[Unsure, ...]
    before: int
    after: int
    balance: int | None
    parted: Parted | None
    opening: Opening | None
    ask_cost: bool
    gaps: tuple[Opening, ...]
    recosted: Recosted
    expired: int
    price_assumed: int
    asked: Mapping[str, tuple[Row, ...]]
    members: tuple[str, ...]
    other_account: OtherAccount | None
    change: Change | None
    stamp: str
    unpins: Pin | None = None
    of_two: bool = False


class Imported(NamedTuple):
    """What was booked of an import: its entries in order (none if it only says more of known rows).

    `spent` and `returned` are the Connects of its new rows. `balance` is the wallet's afterwards. Booked earlier
    (`replayed`), it has no entries and no figures but those of the books as they are now.
    """

    batch: Batch
    entries: tuple[Entry, ...]
    rows: int
    spent: int
    returned: int
    balance: int
    replayed: bool = False


class Stay(StrEnum):
    """Why an entry stays in the books when the import that booked it is undone."""

    SEEN_AGAIN = "seen_again"
    """Another import saw the same row."""
    NEEDED = "needed"
    """Its Connects are needed for what was spent later."""


class Staying(NamedTuple):
    """An entry that stays, and the number of the other import that saw it (0: none did)."""

    entry: Entry
    why: Stay
    import_number: int = 0


class UndoneImport(NamedTuple):
    """What the undo of an import took back: so many of its rows, and which of them stay.

    `before` and `after` are the wallet's balances. Undone earlier (`replayed`), nothing but `batch` and `after` is
    known any more. `unpins` is the latest confirmed balance that held before and no longer does (None: there is none).
    """

    batch: Batch
    rows: int
    stays: tuple[Staying, ...]
    before: int
    after: int
    replayed: bool = False
    unpins: Pin | None = None
