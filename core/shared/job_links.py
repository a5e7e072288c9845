"""Links to jobs on Upwork, read without asking Upwork: the id, the words of the title, and when the job was posted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

# The first digits of an id are its generation; ids of the second hold a snowflake (inferred from samples).
ID: Final = r"(?:~|%7[Ee])(?P<id>02\d{19}|01[0-9a-f]{16})(?![0-9A-Za-z])"
HOST: Final = r"(?<![\w.@/=-])(?i:(?:https?://)?(?:[\w-]+\.)*upwork\.com)(?::\d+)?"
PATH: Final = r"(?:/[\w-]+){0,5}?/(?:jobs?|freelance-jobs|find-work)(?:/[\w-]+){0,5}/"
LINKED: Final = re.compile(rf"{HOST}{PATH}(?:(?P<slug>[^/?#\s]+)_)?{ID}")
ALONE: Final = re.compile(rf"(?<![\w/=%.-]){ID}")
LOOKS: Final = re.compile(rf"(?i:https?://)|{HOST}/|(?:~|%7[Ee])0[12][0-9a-f]{{6}}")
EPOCH_MS: Final = 1_288_834_974_657
SNOWFLAKE_SHIFT: Final = 22


@dataclass(frozen=True, slots=True)
class Job:
    """A job by its id, such as `~021234567890123456789`; `title` is what the link told of it."""

    id: str
    title: str = ""

    @property
    def url(self) -> str:
        """The canonical address."""
        return f"https://www.upwork.com/jobs/{self.id}"

    @property
    def posted(self) -> datetime | None:
        """When it was posted, as its id tells; ids of the older kind do not."""
        if not self.id.startswith("~02"):
            return None
        return datetime.fromtimestamp(((int(self.id[3:]) >> SNOWFLAKE_SHIFT) + EPOCH_MS) / 1000, UTC)


def short_id(job: str) -> str:
    """A job's id as people can compare it: how it begins, and its last digits."""
    return f"{job[:3]}\u2026{job[-6:]}"


def job_in(text: str) -> Job | None:
    """The first job that a text links to on Upwork, or else names by its id alone."""
    linked = LINKED.search(text)
    found = linked or ALONE.search(text)
    if found is None:
        return None
    slug = (linked and linked["slug"]) or ""
    return Job(f"~{found['id']}", " ".join(re.sub(r"%[0-9A-Fa-f]{2}|[-_]+", " ", slug).split()))


def is_link(text: str) -> bool:
    """Whether a text holds a link of whatever kind, or something like a job's id."""
    return LOOKS.search(text) is not None
