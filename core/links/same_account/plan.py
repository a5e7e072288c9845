"""The plan of a link of two wallets that stand for the same account on Upwork. It is pure.

What pages and people said of the account in the closed books is booked in the kept ones, by one import: what they know
already is one fact, and what they do not is booked as of when it happened. Then everything that imports saw of
proposals and prices is copied, one balance is chosen, and a list proves that every fact came over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.imports.planning import not_enough
from core.imports.reconciling.reconcile import Question, reconcile
from core.ledger import rules
from core.ledger.entry_builder import builder_for, dated
from core.ledger.model import OnceKey
from core.ledger.past.batches import next_batch
from core.ledger.past.pools import beside_of
from core.ledger.past.replay import Short
from core.ledger.past.restate import restate
from core.ledger.past.standing import Standing
from core.ledger.seal import sealed_batch
from core.ledger.sightings import Batch, BatchKind, Sighting
from core.links.facts import COPIED, copied_batches, fact_lines, with_those_before
from core.links.preview import BalanceChoice
from core.links.revalued import revalued
from core.links.same_account.matching import Matched, matched
from core.links.same_account.typed import once_keys
from core.links.steps import ShownPlan, StepBuilder, after_step, closing, possible
from core.reconciliation.confirming import confirm
from core.shared.refusals import Refusal, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.imports.reconciling.reconcile import Reconciled
    from core.ledger.entry_builder import Intent
    from core.ledger.model import Change
    from core.ledger.past.restate import Restated
    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook
    from core.links.preview import LinkAnswers, LinkPreview
    from core.links.steps import LinkAction


def plan_same_account(
    kept: Record, merged: Record, answers: LinkAnswers, act: LinkAction, rulebook: Rulebook, *, asked: LinkPreview
) -> ShownPlan:
    """Plan a link of two wallets of the same account. Refused if the past does not allow it (`NotEnoughThen`).

    What is shown of it is filled into what was `asked`. As long as nobody has said whether what is doubtful is one fact
    each or two, it is planned as one.
    """
    return _SameAccountPlanner(kept, merged, answers, act, rulebook).result(asked)


class _SameAccountPlanner:
    """A link that is planned."""

    def __init__(self, kept: Record, merged: Record, answers: LinkAnswers, act: LinkAction, rulebook: Rulebook) -> None:
        self.kept, self.merged, self.answers, self.rulebook = kept, merged, answers, rulebook
        self.act = act.after(kept, merged)
        self.is_of_two = beside_of(kept.batches) is not None
        """The balance of one account proves nothing there."""
        self.facts: Matched = matched(kept, merged, rulebook, same=answers.same is not False)
        self.numbers = dict(self.facts.numbers)
        self.chain = StepBuilder(kept, self.act, "link")
        self.reconciled: Reconciled | None = None
        self.restated: Restated | None = None

    def result(self, asked: LinkPreview) -> ShownPlan:
        self._book_facts()
        self._copy()
        together, choices = self._available(self.chain.record), self._choices()
        chosen = self._chosen(choices)
        if chosen is not None:
            self._settle(chosen)
        self._list()
        self._state_prices()
        closed = closing(self.merged, self.act, self.kept.head.wallet, self.rulebook)
        facts, reconciled, restated = self.facts, self.reconciled, self.restated
        lifted = Standing(self.merged.entries).lifted
        shown = asked._replace(
            same=len(facts.numbers) - len(facts.dropped),
            taken=tuple(self.merged.entries[number - 1] for number in sorted(facts.fresh)),
            dropped=tuple(entry for entry in facts.dropped if entry.number not in lifted),
            doubtful=facts.doubtful,
            balances=choices,
            after=chosen if choices or chosen is not None else together,
            difference=0 if chosen is None else chosen - together,
            derived=0 if reconciled is None else sum(supply.connects for supply in reconciled.new_supplies),
            recosted=0 if restated is None else len(restated.recosted),
            ready=(not facts.doubtful or self.answers.same is not None) and (chosen is not None or not choices),
        )
        return ShownPlan(self.chain.steps_and(closed), self.chain.record, after_step(self.merged, closed), shown)

    def _book_facts(self) -> None:
        """Book what the kept books do not know, as one import, with all that follows from it for their past."""
        facts, intent = self.facts, self.chain.intent()
        question = Question(
            self.rulebook,
            dated(self.kept.head, intent),
            facts.rows,
            covers=facts.covers,
            wordings=facts.wordings,
            page=facts.page,
            spoken=facts.spoken,
        )
        reconciled = self.reconciled = reconcile(facts.kept, question)
        pages = facts.imports or facts.jobs
        if not (pages or reconciled.facts or reconciled.withdrawn or facts.prices):
            return
        restated = restate(
            self.kept,
            intent,
            self.rulebook,
            facts=reconciled.facts,
            withdrawn=reconciled.withdrawn,
            lifted=reconciled.lifted,
            amended=facts.prices,
        )
        if isinstance(restated, Short):
            raise RefusedError(not_enough(self.kept, reconciled, restated))
        self.restated = restated
        self.numbers |= {number: restated.numbers[index] for number, index in facts.fresh.items()}
        change = restated.change._replace(once_keys=tuple(self._once_keys()))
        if pages or reconciled.new_supplies or reconciled.withdrawn:
            change = change._replace(batch=self._import(intent, reconciled, restated))
        if change.entries or change.batch:
            self.chain.add(change, intent)

    def _once_keys(self) -> Iterator[OnceKey]:
        """What can be claimed once, and was only in the closed books, stays claimed."""
        wallet, taken = self.kept.head.wallet, {key.name for key in self.kept.head.once_keys}
        for number in self.facts.fresh:
            names = once_keys(self.merged.entries[number - 1], wallet)
            if (name := next((name for name in names if name not in taken), None)) is not None:
                taken.add(name)
                yield OnceKey(name, wallet, self.numbers[number])

    def _import(self, intent: Intent, reconciled: Reconciled, restated: Restated) -> Batch:
        """The import of all that is booked: the newest of the pages, with the rows of all."""
        newest, record = self.facts.newest, self.kept
        batch = next_batch(record.head, intent, len(record.batches))
        if newest is not None:
            batch = batch._replace(first=newest.first, last=newest.last, balance=self.facts.balance_of(newest))
        rows = tuple(self._sightings(reconciled, restated))
        return sealed_batch(record.batches[-1].seal if record.batches else "", batch._replace(sightings=rows))

    def _sightings(self, reconciled: Reconciled, restated: Restated) -> Iterator[Sighting]:
        line = 0
        again = {number: restated.numbers[index] for number, index in reconciled.rebooked.items()}
        for seen in (*self.facts.shown, *self.facts.jobs):
            row = seen.row
            entries = [(again.get(number, number), number in again) for number in seen.known]
            entries += [(restated.numbers[index], True) for index in seen.fresh]
            for number, booked in entries:
                line += 1
                yield Sighting(
                    line, number, booked, row.day, row.wording, row.connects, row.title, row.job, row.member,
                    row.row_id, row.at,
                )  # fmt: skip

    def _copy(self) -> None:
        """Copy the other pages of the history, then what was seen and said of proposals, and what was paid."""
        facts, first = self.facts, len(self.chain.record.batches) + 1
        numbers = with_those_before(self.merged, self.numbers)
        pages = copied_batches(
            self.merged,
            numbers,
            first,
            {BatchKind.HISTORY},
            without=facts.newest,
            balance_of=facts.balance_of,
        )
        for copy in (*pages, *copied_batches(self.merged, numbers, first + len(pages), COPIED)):
            self.chain.add_batch(copy)

    def _available(self, record: Record) -> int:
        return builder_for(record.head, self.act.intent("balance"), self.rulebook).balance

    def _choices(self) -> Mapping[BalanceChoice, int]:
        if self.is_of_two:
            return {}
        found = {
            BalanceChoice.KEPT: self._available(self.kept),
            BalanceChoice.MERGED: self._available(self.merged),
            BalanceChoice.TOGETHER: self._available(self.chain.record),
        }
        return found if len(set(found.values())) > 1 else {}

    def _chosen(self, choices: Mapping[BalanceChoice, int]) -> int | None:
        said = self.answers.balance
        if isinstance(said, BalanceChoice):
            return choices.get(said)
        return None if self.is_of_two else said

    def _settle(self, balance: int) -> None:
        """Correct the balance to the one that is true, and pin it."""
        intent, head = self.chain.intent(), self.chain.head
        delta = balance - self._available(self.chain.record)
        if delta:
            self.chain.add(_allowed(rules.adjust(head, intent, delta, self.rulebook)), intent)
        intent = self.chain.intent()
        self.chain.add(_allowed(confirm(self.chain.head, intent, balance, self.rulebook)), intent)

    def _list(self) -> None:
        lines = fact_lines(self.merged, self.numbers, self.facts.fresh)
        last = self.act.at.date()
        wallet = self.kept.head.wallet
        listed = Batch(wallet, 0, self.act.at, "", self.act.by, last=last, kind=BatchKind.LINKED, sightings=lines)
        self.chain.add_batch(listed)

    def _state_prices(self) -> None:
        """State what Connects cost that came back. The list says by then when all that was taken happened."""
        intent = self.chain.intent()
        if (prices := revalued(self.chain.record, self.merged, self.numbers, intent, self.rulebook)) is not None:
            self.chain.add(possible(prices).change, intent)


def _allowed(change: Change | Refusal) -> Change:
    if isinstance(change, Refusal):
        raise RefusedError(change)
    return change
