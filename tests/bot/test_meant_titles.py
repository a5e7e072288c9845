"""Words with a meaning and ordinary words beside an amount."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.meant import booked, rich

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer


@pytest.fixture
async def ann(bot: Bot) -> DeskPlayer:
    return await rich(bot)


class TestAWordWithAMeaning:
    @pytest.mark.parametrize(
        ("line", "buttons"),
        [
            (
                "/spend 16 badge design for scouts",
                (
                    "16 Connects · Proposal: badge design for scouts",
                    "16 Connects · Availability badge: design for scouts",
                ),
            ),
            ("/spend 16 boost my sales", ("16 Connects · Proposal: boost my sales", "16 Connects · Boost: my sales")),
            ("/spend 40 ad campaign", ("40 Connects · Proposal: ad campaign", "40 Connects · Profile ad: campaign")),
            ("/spend 16 other work", ("16 Connects · Proposal: other work", "16 Connects · Other: work")),
            ("/spend 16 Logo boost", ("16 Connects · Proposal: Logo boost", "16 Connects · Boost: Logo")),
            ("/spend 16 boosted Logo", ("16 in all, with a boost", "16 Connects · Proposal: boosted Logo")),
        ],
    )
    async def test_is_asked_about_in_a_title(
        self, ann: DeskPlayer, bot: Bot, line: str, buttons: tuple[str, ...]
    ) -> None:
        assert (await ann.say(line)).buttons == buttons
        assert await booked(bot) == []

    @pytest.mark.parametrize(
        ("line", "entry"),
        [
            ("/spend 40 ads", "40 profile_ad"),
            ("/spend 4 available now badge", "4 badge"),
            ("/spend 4 for the badge", "4 badge"),
            ("/spend badge 4", "4 badge"),
            ("/spend 16 boost", "16 boost"),
            ("/spend 16 boost Logo", "16 boost: Logo"),
            ("/spend 16 proposal writing", "16 proposal: proposal writing"),
            ("/spend 20 without boost", "20 proposal"),
        ],
    )
    async def test_is_taken_where_it_stands_alone(self, ann: DeskPlayer, bot: Bot, line: str, entry: str) -> None:
        await ann.say(line)
        assert await booked(bot) == [entry]


@pytest.mark.parametrize(
    "title",
    [
        *(
            "Logo for 3 pages",
            "Python 3 developer",
            "2D artist",
            "Web 3.0 site",
            "Monday.com setup",
            "Happy Monday podcast",
        ),
        *("Angular 17 developer", "24/7 chat agent", "50/50 split test", "3-5 pages", "C++ developer", "A/B test"),
        *("Logo 2026", "Video of 30 seconds", "Logo (3 concepts)", "Logo - 3 concepts", "Email #2", "iPhone 15 app"),
        *(
            "Boost my sales",
            "Facebook ads",
            "May flowers website",
            "logo in november",
            "Today app clone",
            "3rd party API",
        ),
        *(
            "Build a site in 2 days",
            "Banner 300x250",
            "20% off banner",
            "R&D intern",
            "Interview prep coach",
            "GPT-4 bot",
        ),
        *(
            "Design, build and host",
            "Fix a bug; write tests",
            "Black Friday banner",
            "10k leads",
            "One page site",
            "3D logo",
        ),
        *(
            "Write for the web",
            "Hire a VA",
            "Data entry & research",
            "Badge design",
            "Day trading bot",
            "Node.js 20 migration",
        ),
    ],
)
async def test_an_ordinary_title_is_not_asked_about(ann: DeskPlayer, bot: Bot, title: str) -> None:
    await ann.say(f"/spend 16 {title}")
    await ann.say(f'/spend 4 title="{title}"')
    assert await booked(bot) == [f"16 proposal: {title}", f"4 proposal: {title}"]


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("spend 16 boost Logo", "16 boost: Logo"),
        ("spend 16 boost my sales", "16 boost: my sales"),
        ("spend 16 Logo 2", "16 proposal: Logo 2"),
        ("spend 16 yesterday's news", "16 proposal: yesterday's news"),
        ("buy 40", "-40 purchase"),
    ],
)
async def test_a_line_that_an_old_button_carries_means_what_it_meant(
    ann: DeskPlayer, bot: Bot, line: str, entry: str
) -> None:
    await ann.say("16")
    ann.buttons = {"Old": ann.buttons["Bought"].partition("|")[0] + f"|{line}"}
    await ann.press("Old")
    assert await booked(bot) == [entry]
