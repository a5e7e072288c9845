"""Whom something goes to, before it is sent: in words, by platform, and which of its words nobody has chosen."""

from __future__ import annotations

from collections import Counter
from difflib import get_close_matches
from typing import TYPE_CHECKING

from bot.base.quiet_hours import NOTHING, until_morning
from bot.options.audience import language_name
from bot.reply.parts import Fact, Hour, Say, enumerated, say
from bot.views.progress import time_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from core.delivery.notice import Audience, Subscription

Rows = tuple[tuple[Say, Fact], ...]


def reach(audience: Audience, subscriptions: Sequence[Subscription], now: datetime, zone: str) -> Rows:
    """Rows that say whom an announcement goes to, what matched nobody, and the least time that sending it takes.

    `now`: it would be sent at this moment, in which some readers may have their quiet hours.
    """
    recipients = audience.among(subscriptions)
    chats = Counter(one.target.platform for one in recipients)
    whom: tuple[Say, Fact] = (say("field-goes-to"), say("audience", whom=_whom(audience), chats=len(recipients)))
    platforms = ((say("field-chats", platform=platform.capitalize()), number) for platform, number in chats.items())
    times = ((say("field-takes"), time_of(chats)),) if chats else ()
    return (whom, *unmatched(audience, subscriptions), *platforms, *times, *_asleep(recipients, now, zone))


def _whom(audience: Audience) -> Say:
    parts = []
    if audience.tags:
        parts.append(say("audience-tags", tags=_list(audience.tags)))
    if audience.locales:
        parts.append(say("audience-in", languages=_list(tuple(map(language_name, audience.locales)))))
    if audience.platforms:
        parts.append(say("audience-on", platforms=_list(tuple(name.capitalize() for name in audience.platforms))))
    if not parts:
        return say("audience-all")
    whom = parts[0]
    for part in parts[1:]:
        whom = say("list-more", first=whom, next=part)
    return whom


def _list(words: Sequence[str]) -> Say:
    return enumerated([say("raw", text=word) for word in words], "list-or")


def unmatched(audience: Audience, subscriptions: Sequence[Subscription]) -> Rows:
    """Rows for the tags, languages and platforms that no subscription has, each with a similar one that some have."""
    there = [one for one in subscriptions if one.is_reached]
    tags = {tag for one in there for tag in one.tags if not tag.startswith("-")}
    locales = {one.locale.casefold() for one in there}
    languages = {*locales, *(locale.partition("-")[0] for locale in locales)}
    platforms = {one.target.platform for one in there}
    return (
        *_without(audience.tags, tags, "unmatched-tag"),
        *(
            (say("field-unmatched"), say("unmatched-language", name=language_name(code)))
            for code in audience.locales
            if code.casefold() not in languages
        ),
        *_without(audience.platforms, platforms, "unmatched-platform"),
    )


def _without(words: Sequence[str], known: set[str], sentence: str) -> Iterator[tuple[Say, Fact]]:
    for word in words:
        if word not in known:
            near = get_close_matches(word, sorted(known), n=1)
            yield say("field-unmatched"), say(sentence, name=word, near=near[0] if near else "none")


def _asleep(recipients: Sequence[Subscription], now: datetime, zone: str) -> Rows:
    """A row for those who would get it after their quiet hours only."""
    waits = [until_morning(one.zone, now, one.quiet) for one in recipients]
    asleep = [wait for wait in waits if wait > NOTHING]
    if not asleep:
        return ()
    last = Hour(now + max(asleep), zone)
    return ((say("field-asleep"), say("asleep", chats=len(asleep), until=last)),)
