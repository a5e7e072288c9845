"""Books without somebody's words: in their own all of them go, in those of others what they did."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from core.forgetting.data_subject import DataSubject
from core.forgetting.erasing import Erasing, forgotten
from core.forgetting.mentions import Mentions
from core.ledger.erased.keys import is_erased_key
from core.ledger.erased.witness import ENTRY, IMPORT, ORDER, import_witness_fault, witness_fault
from core.ledger.model import Entry, Kind, OnceKey, Posting, Purpose, Snapshot, expense_on, holding_of
from core.ledger.ports import Record
from core.ledger.seal import SECOND, sealed, sealed_batch
from core.ledger.sightings import Batch, BatchKind, ProposalSighting, ProposalState, Sighting
from core.shared.ids import PersonId, WalletId
from core.wallets.people import Identity

if TYPE_CHECKING:
    from core.forgetting.erasing import ErasedRows

WALLET: Final = WalletId(3)
ANN, BOB, SINCE_ANN = PersonId(1), PersonId(2), PersonId(5)
NOW: Final = datetime(2026, 1, 10, 9, tzinfo=UTC)
SECRET: Final = "5ec" * 10
SUBJECT: Final = DataSubject(frozenset({ANN, SINCE_ANN}), frozenset({Identity("telegram", "42")}), frozenset({WALLET}))
MENTIONS: Final = Mentions(SUBJECT, frozenset({"Ann Zyx"}))
IN_GROUP: Final = "1767000000:telegram:-100:m{}"
IN_PRIVATE: Final = "1767000000:telegram:42:m{}"


def books(*entries: Entry, batches: tuple[Batch, ...] = (), once_keys: tuple[OnceKey, ...] = ()) -> Record:
    """Entries and imports as they are stored: sealed one after another."""
    done: list[Entry] = []
    for entry in entries:
        done.append(sealed(done[-1].seal if done else "", entry, (), SECRET))
    imports: list[Batch] = []
    for batch in batches:
        imports.append(sealed_batch(imports[-1].seal if imports else "", batch._replace(salt=SECRET)))
    head = Snapshot(WALLET, len(done), 0, 0, once_keys=once_keys)
    return Record(head, tuple(done), tuple(imports))


def spend(number: int, by: PersonId | None = ANN, memo: str = "Logo", key: str = "", of: int | None = None) -> Entry:
    legs = Posting(holding_of(WALLET), -3, 1), Posting(expense_on(Purpose.PROPOSAL), 3, 1)
    key = key or IN_GROUP.format(number)
    return Entry(WALLET, number, NOW, Kind.SPEND, legs, 7, key, "b0d7", memo=memo, by=by, of=of)


def seen(number: int = 1, member: str | None = "Ann Z.", title: str = "Logo for a bakery") -> Sighting:
    return Sighting(
        1, number, booked=False, day=date(2026, 1, 9), wording="Applied", connects=-3, title=title, member=member
    )


def erased(record: Record, *, own: bool = False, people: dict[str, PersonId | None] | None = None) -> ErasedRows:
    return Erasing(record, MENTIONS, SECRET, people or {}, {}, own=own).rows()


class TestEntries:
    def test_in_others_books_only_what_they_did_loses_its_words(self) -> None:
        rows = erased(books(spend(1), spend(2, BOB, "Shop"), spend(3, SINCE_ANN, "Web")))
        assert [(one.number, one.memo, one.salt) for one in rows.entries] == [(1, "", ""), (3, "", "")]
        assert rows.texts == {"Logo", "Web"}
        assert rows.stays == 2

    def test_in_their_own_all_of_it_does(self) -> None:
        rows = erased(books(spend(1), spend(2, BOB, "Shop"), spend(3, None, "Web")), own=True)
        assert [one.memo for one in rows.entries] == [""] * 3
        assert rows.stays == 3

    def test_figures_stay_as_they_are(self) -> None:
        record = books(spend(1))
        (left,) = erased(record).entries
        (before,) = record.entries
        assert (left.postings, left.balance, left.at, left.by, left.seal) == (
            before.postings,
            before.balance,
            before.at,
            before.by,
            before.seal,
        )

    def test_what_repeats_their_words_loses_them_too(self) -> None:
        rows = erased(books(spend(1), spend(2, BOB, "Logo", of=1), spend(3, BOB, "Other", of=1), spend(4, BOB, of=2)))
        assert [one.number for one in rows.entries] == [1, 2, 4]

    def test_what_a_page_calls_by_their_name_is_theirs(self) -> None:
        record = books(spend(1, None), batches=(Batch(WALLET, 1, NOW, IN_GROUP.format(9), BOB, sightings=(seen(),)),))
        assert erased(record, people={"Ann Z.": ANN}).entries[0].memo == ""
        assert erased(record, people={"Ann Z.": BOB}).entries == ()

    def test_without_words_there_is_nothing_to_erase(self) -> None:
        assert erased(books(spend(1, memo=""), spend(2, BOB))).entries == ()


class TestKeys:
    def test_one_that_only_says_in_which_message_of_a_group_stays(self) -> None:
        rows = erased(books(spend(1)))
        assert rows.entries[0].key == IN_GROUP.format(1)
        assert rows.witnesses == ()

    def test_one_of_their_private_chat_goes_and_a_witness_proves_the_entry(self) -> None:
        record = books(spend(1, key=IN_PRIVATE.format(1)))
        (left,), (witness,) = erased(record).entries, erased(record).witnesses
        assert is_erased_key(left.key)
        assert left.body == ""
        assert (witness.kind, witness.number) == (ENTRY, 1)
        assert witness_fault("", left, (), witness.seal) is None

    def test_one_with_the_line_that_they_pressed_goes(self) -> None:
        (left,) = erased(books(spend(1, key="1767000000:telegram:-100:q1:spend 3 Logo"))).entries
        assert is_erased_key(left.key)

    def test_others_stay_even_in_a_change_beside_theirs(self) -> None:
        rows = erased(books(spend(1, BOB, "Shop", "1767000000:telegram:77:m1"), spend(2, key=IN_PRIVATE.format(2))))
        assert [one.number for one in rows.entries] == [2]

    def test_members_of_a_change_get_the_same_digest(self) -> None:
        key = IN_PRIVATE.format(1)
        first, last = erased(books(spend(1, key=f"{key}+00001"), spend(2, key=key))).entries
        assert first.key == f"{last.key}+00001"

    def test_what_was_erased_before_stays(self) -> None:
        record = books(spend(1, key=IN_PRIVATE.format(1)))
        once = record._replace(entries=erased(record).entries)
        rows = erased(once)
        assert (rows.entries, rows.witnesses, rows.texts) == ((), (), frozenset())

    def test_a_memo_that_the_first_version_sealed_needs_a_witness(self) -> None:
        record = books(spend(1))
        first = record.entries[0]
        assert first.seal.startswith(SECOND)
        old = record._replace(entries=(_of_first_version(first),))
        assert [one.kind for one in erased(old).witnesses] == [ENTRY]


def _of_first_version(entry: Entry) -> Entry:
    """An entry whose seal covers its memo."""
    return replace(entry, seal=entry.seal.removeprefix(SECOND), salt="", digest="")


class TestImports:
    def test_rows_of_theirs_lose_their_words_and_no_others(self) -> None:
        rows = (seen(), seen(2, "Bob", "Shop")._replace(line=2))
        record = books(
            spend(1), spend(2, BOB), batches=(Batch(WALLET, 1, NOW, IN_GROUP.format(9), BOB, sightings=rows),)
        )
        (batch,) = erased(record).batches
        (left,) = batch.sightings
        assert (left.line, left.title, left.wording, left.member, left.salt) == (1, "", "", None, "")
        assert (left.connects, left.day, left.digest) == (-3, date(2026, 1, 9), record.batches[0].sightings[0].digest)

    def test_a_row_that_names_them_is_theirs_whoever_booked_it(self) -> None:
        record = books(spend(1, BOB), batches=(Batch(WALLET, 1, NOW, IN_GROUP.format(9), BOB, sightings=(seen(7),)),))
        assert [one.line for one in erased(record, people={"Ann Z.": ANN}).batches[0].sightings] == [1]
        assert erased(record).batches == ()

    def test_what_they_said_of_proposals_goes_with_its_tags(self) -> None:
        told = ProposalSighting(1, ProposalState.HIRED, title="Logo", number=1, profile="Design", tags=("art", "logo"))
        record = books(
            spend(1, BOB),
            batches=(Batch(WALLET, 1, NOW, IN_GROUP.format(9), ANN, kind=BatchKind.TOLD, proposals=(told,)),),
        )
        rows = erased(record)
        (left,) = rows.batches[0].proposals
        assert (left.title, left.profile, left.tags, left.state) == ("", "", ("", ""), ProposalState.HIRED)
        assert rows.texts == {"Logo", "Design"}

    def test_what_others_said_stays_unless_a_page_shows_a_proposal_of_theirs(self) -> None:
        told = ProposalSighting(1, ProposalState.VIEWED, title="Logo", number=1)
        for kind, goes in ((BatchKind.TOLD, False), (BatchKind.PROPOSALS, True)):
            batch = Batch(WALLET, 1, NOW, IN_GROUP.format(9), BOB, kind=kind, proposals=(told,))
            assert bool(erased(books(spend(1), batches=(batch,))).batches) is goes

    def test_an_import_from_their_private_chat_gets_a_witness(self) -> None:
        record = books(batches=(Batch(WALLET, 1, NOW, IN_PRIVATE.format(9), ANN, sightings=(seen(),)),))
        rows = erased(record, own=True)
        (left,), (witness,) = rows.batches, rows.witnesses
        assert (witness.kind, witness.number) == (IMPORT, 1)
        seals = [row.seal for row in record.batches[0].sightings]
        assert import_witness_fault("", left, seals, witness.seal) is None


class TestOrder:
    def test_it_is_kept_where_facts_of_a_day_count_by_their_memos(self) -> None:
        day = datetime(2026, 1, 9, tzinfo=UTC)
        record = books(replace(spend(1, memo="Web"), happened=day), replace(spend(2, BOB, "Art"), happened=day))
        ranks = {one.number: one.seal for one in erased(record).witnesses if one.kind == ORDER}
        assert ranks[2] < ranks[1]

    def test_where_nothing_is_dated_there_is_none(self) -> None:
        assert erased(books(spend(1), spend(2, BOB))).witnesses == ()


def test_a_name_that_is_claimed_once_goes_and_a_month_stays() -> None:
    keys = OnceKey("assessment:3:logo design", WALLET, 1), OnceKey("monthly:3:2026-01", WALLET, 1)
    record = books(spend(1), once_keys=tuple(sorted(keys)))
    assert erased(record).once_keys == ("assessment:3:logo design",)
    assert erased(books(spend(1, BOB), once_keys=keys)).once_keys == ()


def test_what_was_forgotten_is_counted_of_own_and_of_groups() -> None:
    own = erased(books(spend(1), spend(2, BOB)), own=True)
    group = erased(books(spend(1), spend(2, BOB)))._replace(wallet=WalletId(9))
    found = forgotten(MENTIONS, [own, group], {WalletId(9)}, 2, 30)
    assert (found.persons, found.entries, found.in_groups, found.chats, found.rows) == ((ANN, SINCE_ANN), 2, 1, 2, 30)
    assert found.texts == 1
