"""Sentences whose names are put together: each has its use, and each use its sentence. Core stays by itself."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from pydantic import SecretStr

from bot.base.platform_registry import PLATFORM_NAMES, PLATFORMS, PlatformRegistration
from bot.command.permissions import permission_of
from bot.commands import declared
from bot.commands.announcements.recurring import STATUS
from bot.config import Settings
from bot.delivery.carrier import RIGHTS
from bot.options.choice import LABELS, Choice, choice
from bot.options.times.schedule import DAYS
from bot.pages import Why
from bot.reply.parts import say
from bot.reply.words import CATALOG, voice
from bot.views.charts.funnel import KNOWN
from bot.views.imports.questions import MEANINGS
from bot.views.notices import VIEWS
from bot.views.proposals.phrases import ANSWERS
from bot.views.stats.query import PERIODS, PICTURES, Detail
from bot.views.team.query import PERIODS as TEAM_PERIODS
from core.alerts.feed import LINE_KINDS
from core.delivery.state import State
from core.forecast.advice import Certainty, Topic
from core.imports.model import Cause, Doubt, OtherAccount
from core.imports.transactions.matching import Why as WhichFee
from core.imports.transactions.model import OtherRows
from core.ledger.model import Kind, Purpose, Source
from core.ledger.sightings import ProposalState
from core.promotions.model import ClaimState
from core.proposals.model import ProposalKind
from core.proposals.my_proposals import Section
from core.proposals.refunds import Moved, Reason
from core.proposals.refunds import Why as Owing
from core.shared.lifecycle import Status
from core.shared.refusals import Outage, Refusal
from core.stats.model import Boost, Facet, JobAge, PriceBand, Step
from core.wallets.settings import Plan
from core.wallets.team import Act, Role
from core.wallets.team import Period as SpendPeriod
from tests.house.test_house import sentences, texts_in_code

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[2]
OPTIONS: Final = {option.name for command in declared() for option in command.shown}
ASKED: Final = OPTIONS | {f"{command.name}-{option.name}" for command in declared() for option in command.shown}
HIDDEN: Final = {
    name
    for command in declared()
    for option in command.options
    for name in (option.name, f"{command.name}-{option.name}")
}
"""Options that no menu shows, too: a value that does not fit is asked for."""
COMMANDS: Final = {one.name for one in declared() if not one.hidden or permission_of(one).operators}
KINDS: Final = [option.kind for command in declared() for option in command.shown]
CHOICES: Final = {
    value.replace("_", "-")
    for enumeration in (
        Purpose,
        Source,
        Plan,
        *(kind.values for kind in KINDS if isinstance(kind, Choice) and kind.labels == LABELS),
    )
    for value in enumeration
}


SEGMENTS: Final = {
    *(f"price-{band}" for band in PriceBand),
    *(f"age-{age}" for age in JobAge),
    *(f"boost-{boost}" for boost in Boost),
    *(f"{facet}-unknown" for facet in (Facet.PROFILE, Facet.MEMBER, Facet.TAG)),
}
LINES: Final = ("begin", "gap", "title", "link", "sent", "sent-by", "missing", "total", "end")
"""The lines of a text for support."""
PARTS: Final = ("why", "lost")
REASONS: Final = ("unset", "unknown", "closed", "rights")
"""Why a place is lost: see `PlaceLost`."""


@pytest.mark.parametrize(
    ("family", "members"),
    [
        ("cmd", COMMANDS),
        ("example", COMMANDS),
        ("more", COMMANDS),
        ("opt", ASKED),
        ("ask", ASKED | HIDDEN),
        ("hint", {*OPTIONS, *ASKED}),
        ("choice", CHOICES),
        ("deed", {kind.value for kind in Kind} | {"titled"}),
        ("unavailable", {why.value for why in Outage} | {"again"}),
        ("alert", set(VIEWS)),
        ("feed", {*LINE_KINDS, "here", "off"}),
        ("series", {status.value for status in STATUS.values()}),
        ("weekday", set(DAYS)),
        (
            "alarm",
            {"job", "due", "platform", "stuck", "over-job", "over-due", "over-platform", "over-stuck", "over-store"},
        ),
        ("audit", {"done", "refused", "fault", "interrupted"}),
        ("state", {state.value for state in State}),
        ("status", {status.value for status in Status}),
        ("advice", {*Topic} | {"next", "none", "worth"}),
        ("sure", {*Certainty}),
        ("claims", {state.value for state in ClaimState}),
        ("console", set(PLATFORMS)),
        ("right", set(RIGHTS)),
        ("place", {f"{part}-{why}" for part in PARTS for why in REASONS}),
        ("not-a-page", {why.value.replace("_", "-") for why in Why}),
        ("cause", {cause.value.replace("_", "-") for cause in Cause}),
        ("account", {one.value.replace("_", "-") for one in OtherAccount}),
        ("meaning", {kind.value.replace("_", "-") for kind in MEANINGS}),
        ("unsure", {doubt.value.replace("_", "-") for doubt in Doubt}),
        ("reached", {*ProposalState} | {"unanswered"}),
        ("became", {*ProposalState} | {"waiting", "unanswered", "since", "after"}),
        ("after", set(ANSWERS)),
        ("kind", set(ProposalKind)),
        ("role", {"operator"} | {f"{kind}{role}" for kind in ("", "a-", "can-") for role in Role}),
        ("roles", {*Role} | {"admin"}),
        ("card", {*ProposalKind} | {"row"}),
        ("which-fee", {f"{why.value.replace('_', '-')}{end}" for why in WhichFee for end in ("", "-group")}),
        ("transaction", {kind.value for kind in OtherRows}),
        ("owed", {*Owing} | {"unclear"}),
        ("kept", {*Reason} | {"so-far", "other", "badge", "ads"}),
        ("why-kept", {*Reason} | {"other", "badge", "ads"}),
        ("support", {what.value.replace("_", "-") for what in Moved} | {*Owing, *LINES}),
        ("section", {section.value.replace("_", "-") for section in Section}),
        ("step", set(Step)),
        ("each", set(Step)),
        ("grouped", set(Facet)),
        ("detail", set(Detail)),
        ("moved", {"spent", "returned", "expired", "bought", "earned", "other"}),
        ("purpose", {purpose.replace("_", "-") for purpose in Purpose}),
        ("only", {"profile", "member", "tag"}),
        ("invited", {"accepted", "replied", "hired"}),
        ("segment", SEGMENTS),
        ("per", set(SpendPeriod)),
        ("then", {*SpendPeriod} | {"past"}),
        ("act", set(Act)),
        ("span", {"today", *(f"{which}-{unit}" for which in ("this", "next") for unit in ("week", "month"))}),
        ("period", {words.replace(" ", "-") for words in (*PERIODS, *TEAM_PERIODS)}),
        ("picture", set(PICTURES)),
        ("pictured", set(Step) - {Step.PROPOSAL}),
        ("thumb", set(KNOWN)),
        ("refusal", {cls.code.replace("_", "-") for cls in Refusal.__subclasses__()}),
    ],
)
def test_every_sentence_of_a_family_has_its_use(family: str, members: set[str]) -> None:
    stray = {name for name in sentences() if name.startswith(f"{family}-")} - {f"{family}-{name}" for name in members}
    assert stray - texts_in_code() == set()


@pytest.mark.parametrize("family", ["button", "column"])
def test_buttons_and_columns_are_drawn_somewhere(family: str) -> None:
    """Their ends stand in the code, whole or after the family's name."""
    texts = set(texts_in_code())
    drawn = texts | {f"{family}-{text}" for text in texts}
    assert {name for name in sentences() if name.startswith(f"{family}-")} - drawn == set()


def test_each_right_that_may_be_missing_and_each_loss_of_a_place_has_its_words() -> None:
    words = {f"right-{right}" for right in RIGHTS} | {f"place-{part}-{why}" for part in PARTS for why in REASONS}
    assert words <= sentences()


def test_whatever_can_be_chosen_has_a_name() -> None:
    offered = {choice(value, kind.labels).id for kind in KINDS if isinstance(kind, Choice) for value in kind.values}
    assert {name for name in offered | {f"choice-{name}" for name in CHOICES} if not CATALOG.has(name)} == set()


def test_every_option_that_can_be_asked_for_has_a_question() -> None:
    speak = voice("en", "UTC")
    for command in declared():
        for option in command.shown:
            named = {f"ask-{command.name}-{option.name}", f"ask-{option.name}", f"opt-{option.name}"}
            assert any(CATALOG.has(name) for name in named), f"{command.name} {option.name}"
            assert speak.say(say("ask", about=say(f"opt-{option.name}")))


def test_core_imports_the_standard_library_only() -> None:
    imported = {(path.name, name) for path in (ROOT / "core").rglob("*.py") for name in _imported(path)}
    assert {(file, name) for file, name in imported if name not in sys.stdlib_module_names | {"core"}} == set()


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            yield (node.module or "").partition(".")[0]


def test_every_folder_of_platforms_is_registered() -> None:
    folders = {path.parent.name for path in (ROOT / "bot" / "platforms").glob("*/__init__.py")}
    assert folders == set(PLATFORM_NAMES)


@pytest.mark.parametrize("platform", PLATFORMS.values(), ids=lambda platform: platform.name)
class TestPlatform:
    """What a registered platform needs elsewhere: each message says what is missing, and where."""

    def test_its_token_is_a_setting_and_secret(self, platform: PlatformRegistration) -> None:
        field = Settings.model_fields.get(platform.token_setting)
        assert field is not None, f"bot/config.py: Settings lacks {platform.token_setting}"
        assert field.annotation is SecretStr, f"bot/config.py: {platform.token_setting} is no Secret"

    def test_the_console_says_how_to_add_it(self, platform: PlatformRegistration) -> None:
        assert CATALOG.has(f"console-{platform.name}"), f"bot/locales/en.ftl: no sentence console-{platform.name}"

    def test_conversations_are_played_on_it(self, platform: PlatformRegistration) -> None:
        stage = ROOT / "tests" / "bot" / "stages" / f"{platform.name}.py"
        assert stage.exists(), f"no tests/bot/stages/{stage.name} with an open_stage(bot)"
