"""What follows if a group's alert cannot be sent to its place: an admin is notified, and the alert is not lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.command.permissions import may_get_alerts
from bot.delivery.groups.lost_feeds import LostFeeds
from bot.delivery.groups.private_alerts import ARRIVING, NOT_THEIRS
from bot.views.lost_places import ALERT, PLACE_LOST, alert_in, asked_in, wallet_in
from core.alerts.feed import FEED
from core.delivery.missed import MissedAlerts
from core.delivery.notice import Notice, Target
from core.delivery.outcome import Failed, Obsolete, PlaceLost, Sent, Unreachable
from core.delivery.state import State
from core.wallets.people import writes_as_chat
from core.wallets.settings import loss_told, place_lost, place_works
from core.wallets.team import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.delivery.groups.admins import GroupAdmins
    from bot.delivery.groups.places import GroupPlaces
    from core.books import Books
    from core.delivery.notice import Delivery
    from core.delivery.outcome import Outcome
    from core.shared.ids import PersonId, WalletId
    from core.store import Store
    from core.wallets.people import ChatRef
    from core.wallets.settings import Loss

MOST_ASKED: Final = 5
RECORDS: Final = 100
"""How far back the audit log is read to find out who has looked after a group's settings."""
OPENING: Final = "/start"
SETTING: Final = ("/alerts", "/settings", "/subscribe", "/unsubscribe")


class LostPlaces:
    """Learns from the outcomes of deliveries which groups' alerts have no place any more, or have one again."""

    def __init__(self, books: Books, store: Store, admins: GroupAdmins, places: GroupPlaces) -> None:
        """`admins` and `places` ask the platforms. What is lost stands in the settings of a group's alerts."""
        self._books, self._store, self._admins, self._places = books, store, admins, places
        self._missed, self._feeds = MissedAlerts(store.notes, store.outbox), LostFeeds(books, store)

    async def learn(self, delivery: Delivery, outcome: Outcome) -> None:
        """Note what follows from an outcome. Idempotent, so that it may be repeated after a failure."""
        notice, target = delivery.notice, delivery.target
        if notice.code == PLACE_LOST:
            await self._learn_of_message(delivery, outcome)
        elif notice.code == FEED and notice.wallet is not None:
            await self._feeds.learn(delivery, notice.wallet, outcome)
        elif notice.wallet is not None and delivery.group:
            await self._learn_of_copy(delivery, notice.wallet, outcome)
        elif notice.wallet is not None and not target.direct:
            if isinstance(outcome, PlaceLost):
                await self._lose(delivery, notice.wallet, outcome.why)
            elif isinstance(outcome, Sent):
                await self._find(notice.wallet, target.place)

    async def _lose(self, delivery: Delivery, wallet: WalletId, why: str) -> None:
        """Note the loss, and send the alert to an admin in private. If none is there, it waits for another place."""
        target, now = delivery.target, self._books.clock.now()
        settings, _ = await self._books.change_settings(wallet, lambda kept: place_lost(kept, target.place, why, now))
        group, lost = await self._store.people.group_of(wallet), settings.alerts.lost
        if group is None:
            return
        if lost is None:  # another place has been chosen since
            await self._missed.keep(delivery.notice, delivery.made, now)
            await self._missed.send_again(wallet, now)
            return
        sent_to = await self._store.outbox.deliveries(delivery.notice.key)
        copies = {state for other, state, _ in sent_to if other.direct} & ARRIVING
        if State.SENT not in copies:  # until somebody has it: an admin may leave before it comes
            await self._missed.keep(delivery.notice, delivery.made, now)
        if copies and lost.told:
            return
        await self._tell(group, await self._facts(delivery, group, target, lost, has_copy=bool(copies)), asked=())

    async def _facts(
        self, delivery: Delivery, group: ChatRef, target: Target, lost: Loss, *, has_copy: bool
    ) -> dict[str, str | int]:
        """What is to be told of an alert that could not be sent to its place."""
        lacking = await self._places.lacks(target) if lost.why == "rights" else None
        known = await self._store.people.chat(group)
        facts: dict[str, str | int] = {
            "wallet": delivery.notice.wallet or 0,
            "group": group.id if known is None or not known.title else known.title,
            "place": target.place,
            "name": self._places.names(group).get(target.place, ""),
            "platform": group.platform,
            "chat": group.id,
            "why": lost.why,
            "rights": " ".join(lacking or ()),
            "first": int(not lost.told),
            "copy": int(has_copy),
            "code": delivery.notice.code,
            "key": delivery.notice.key,
            "topic": delivery.notice.topic,
        }
        alert = {f"{ALERT}{name}": value for name, value in delivery.notice.facts.items()}
        return facts | alert

    async def _learn_of_copy(self, delivery: Delivery, wallet: WalletId, outcome: Outcome) -> None:
        """Note whether its reader got in private what the group could not get. If not, the next admin is notified."""
        alerts, now = (await self._store.people.settings_of(wallet)).alerts, self._books.clock.now()
        if alerts.lost is None:
            return
        if isinstance(outcome, Sent):
            await self._missed.drop(wallet, {delivery.notice.key}, now)
            return
        is_lost = isinstance(outcome, Unreachable | Failed) or outcome == NOT_THEIRS
        group = await self._store.people.group_of(wallet)
        if is_lost and group is not None and await self._missed.is_kept(wallet, delivery.notice.key, now):
            target = Target(group.platform, group.id, place=alerts.place or "")
            facts = await self._facts(delivery, group, target, alerts.lost, has_copy=False)
            await self._tell(group, facts, asked=() if alerts.person is None else (alerts.person,))

    async def _find(self, wallet: WalletId, place: str) -> None:
        """Send what could not be sent before to a place that works, and then note that it does.

        In this order an outage loses nothing: whatever arrives there next is another chance.
        """
        settings = await self._store.people.settings_of(wallet)
        if place_works(settings, place) == settings:
            return
        await self._missed.send_again(wallet, self._books.clock.now())
        await self._books.change_settings(wallet, lambda kept: place_works(kept, place))

    async def _learn_of_message(self, delivery: Delivery, outcome: Outcome) -> None:
        """An admin knows now; or is none any more, or could not be reached, so that the next one is told."""
        facts = dict(delivery.notice.facts)
        wallet, alert = wallet_in(facts), alert_in(facts)
        if isinstance(outcome, Sent):
            if not facts["copy"]:
                await self._missed.drop(wallet, {alert.key}, self._books.clock.now())
            await self._books.change_settings(wallet, loss_told)
        elif isinstance(outcome, Unreachable | Failed | Obsolete) and not await self._missed.has_followed(alert):
            group = await self._store.people.group_of(wallet)
            if group is not None:
                await self._tell(group, facts, asked_in(facts))

    async def _tell(self, group: ChatRef, facts: dict[str, str | int], asked: tuple[PersonId, ...]) -> None:
        """Send the alert to the next admin who may be reached in private. If there is none, it stays kept."""
        wallet, now = wallet_in(facts), self._books.clock.now()
        stand = await self._store.people.standing_for(asked)
        asked = tuple(stand.get(person, person) for person in asked)
        for person in await self._caretakers(group, wallet):
            to = await self._private(group, person)
            if person in asked or to is None or not await self._may_get_alerts(wallet, person):
                continue
            facts["asked"] = " ".join(map(str, (*asked, person)))
            key = f"{facts['key']}:{'lost-copy' if facts['copy'] else 'lost'}:{person}"
            await self._store.outbox.notify([Notice(key, PLACE_LOST, facts, urgent=True, to=(to,))], now)
            return

    async def _may_get_alerts(self, wallet: WalletId, person: PersonId) -> bool:
        groups, settings = await self._store.people.groups_of(wallet), await self._store.people.settings_of(wallet)
        return bool(await may_get_alerts(self._admins, groups, settings.team, person))

    async def _private(self, group: ChatRef, person: PersonId) -> Target | None:
        """A person's private chat on the group's platform, unless it is closed."""
        for identity in await self._store.people.identities(person):
            if identity.platform != group.platform or writes_as_chat(identity, group):
                continue
            target = Target(identity.platform, identity.user, direct=True)
            chat = await self._store.people.chat(target.ref)
            if chat is None or not chat.retired:
                return target
        return None

    async def _caretakers(self, group: ChatRef, wallet: WalletId) -> tuple[PersonId, ...]:
        """Who looks after a group's alerts: who gets them, who opened the wallet, who changed or subscribed last.

        And its owners, if any were named.
        """
        settings = await self._store.people.settings_of(wallet)
        alerts, owners = settings.alerts, (person for person, role in settings.team.roles if role is Role.OWNER)
        records = await self._store.audit_log.records(RECORDS, chat=group)
        subscription = await self._store.subscriptions.subscription(group.platform, group.id)
        opened = [record.person for record in records[::-1] if _is(record.line, (OPENING,))]
        changed = [record.person for record in records if _is(record.line, SETTING)]
        found = (alerts.person, *opened[:1], *changed, None if subscription is None else subscription.by, *owners)
        known = [person for person in found if person is not None]
        stand = await self._store.people.standing_for(known)
        return tuple(dict.fromkeys(stand.get(person, person) for person in known))[:MOST_ASKED]


def _is(line: str, commands: Iterable[str]) -> bool:
    return line.split(maxsplit=1)[0] in commands
