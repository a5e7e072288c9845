"""Links to jobs on Upwork, parsed offline: the id, the title, and when the job was posted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

# The first two digits of an id are its generation; the second generation holds a snowflake (inferred from samples).
ID: Final = r"(?:~|%7[Ee])(?P<id>02\d{19}|01[0-9a-f]{16})(?![0-9A-Za-z])"
HOST: Final = r"(?<![\w.@/=-])(?i:(?:https?://)?(?:[\w-]+\.)*upwork\.com)(?::\d+)?"
PATH: Final = r"(?:/[\w-]+){0,5}?/(?:jobs?|freelance-jobs|find-work)(?:/[\w-]+){0,5}/"
JOB_URL: Final = re.compile(rf"{HOST}{PATH}(?:(?P<slug>[^/?#\s]+)_)?{ID}")
BARE_ID: Final = re.compile(rf"(?<![\w/=%.-]){ID}")
LINK_LIKE: Final = re.compile(rf"(?i:https?://)|{HOST}/|(?:~|%7[Ee])0[12][0-9a-f]{{6}}")
EPOCH_MS: Final = 1_288_834_974_657
SNOWFLAKE_SHIFT: Final = 22


@dataclass(frozen=True, slots=True)
class JobLink:
    """A job by its id, such as `~021234567890123456789`; `title` is taken from the link (empty: it has none)."""

    id: str
    title: str = ""

    @property
    def url(self) -> str:
        """The canonical address."""
        return f"https://www.upwork.com/jobs/{self.id}"

    @property
    def posted(self) -> datetime | None:
        """When the job was posted, decoded from its id (None: an id of the first generation)."""
        if not self.id.startswith("~02"):
            return None
        return datetime.fromtimestamp(((int(self.id[3:]) >> SNOWFLAKE_SHIFT) + EPOCH_MS) / 1000, UTC)


NO_JOB: Final = JobLink("")


def short_id(job: str) -> str:
    """A job's id, shortened for display to its beginning and its last six digits."""
    return f"{job[:3]}\u2026{job[-6:]}"


def job_in(text: str) -> JobLink | None:
    """The first job on Upwork that a text links to or, if there is no link, names by its id."""
    url = JOB_URL.search(text)
    found = url or BARE_ID.search(text)
    if found is None:
        return None
    slug = (url and url["slug"]) or ""
    return JobLink(f"~{found['id']}", " ".join(re.sub(r"%[0-9A-Fa-f]{2}|[-_]+", " ", slug).split()))


def jobs_in(text: str) -> tuple[str, ...]:
    """The links to jobs on Upwork in a text, and jobs by their ids; each job once, by its first link with a title."""
    found: dict[str, str] = {}
    for link in sorted((*JOB_URL.finditer(text), *BARE_ID.finditer(text)), key=re.Match.start):
        job = job_in(link[0]) or NO_JOB
        if job.id not in found or (job.title and not (job_in(found[job.id]) or NO_JOB).title):
            found[job.id] = link[0]
    return tuple(found.values())


def is_link(text: str) -> bool:
    """Whether a text contains a link to anything, or something that looks like a job's id."""
    return LINK_LIKE.search(text) is not None
