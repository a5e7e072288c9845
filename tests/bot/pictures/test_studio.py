"""The process that draws: when there is one, what it sees, and what becomes of a drawing if it ends."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Final

import pytest
from structlog.testing import capture_logs

from bot.pictures.cache import PictureCache
from bot.pictures.kinds import PictureForm
from bot.pictures.studio import NotDrawnError, WorkerStudio
from bot.processes.errors import BusyError
from tests.bot.pictures.painter import MODULE, PNG, chart
from tests.bot.processes import held, in_it, let_go, said_of
from tests.bot.test_process import ROOT, surroundings

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("folders")
KILLED: Final = """
import asyncio
from bot.pictures.kinds import PictureForm
from bot.pictures.studio import WorkerStudio
from tests.bot.documents.scribe import SMALL
from tests.bot.pictures.painter import MODULE, chart
asyncio.run(WorkerStudio(MODULE).draw(chart("hang {}")))
"""


@pytest.fixture
async def studio() -> AsyncGenerator[WorkerStudio]:
    made = WorkerStudio(MODULE)
    yield made
    await made.close()


def process_of(picture: bytes) -> int:
    return int(picture.split()[-1])


class TestDrawing:
    async def test_one_process_draws_all_of_them_one_after_another(self, studio: WorkerStudio) -> None:
        assert studio.pid is None, "there is none before the first drawing"
        pictures = await asyncio.gather(*(studio.draw(chart(f"chart {number}")) for number in range(3)))
        assert pictures == [PNG + f"chart {number} {studio.pid}".encode() for number in range(3)]

    async def test_the_same_chart_is_drawn_once(self, studio: WorkerStudio) -> None:
        with capture_logs() as logs:
            one, other = await asyncio.gather(studio.draw(chart("Ann's balance")), studio.draw(chart("Ann's balance")))
            assert await studio.draw(chart("Ann's balance")) == one == other
        assert [line["event"] for line in logs] == ["drawn"]
        assert "Ann" not in repr(logs)

    async def test_it_sees_no_secret_and_no_home(
        self, studio: WorkerStudio, folders: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TELEGRAM_TOKEN", "123456789:not-a-token")
        monkeypatch.setenv("DATABASE_URL", "postgresql://ann:not-a-password@localhost/books")
        monkeypatch.setenv("HOME", "/nonexistent")
        seen = (await studio.draw(chart("surroundings"))).removeprefix(PNG).decode()
        assert "not-a-" not in seen
        assert "/nonexistent" not in seen
        assert f"'MPLCONFIGDIR': '{folders}" in seen

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux says which process it would end first")
    async def test_where_memory_runs_out_it_is_ended_rather_than_the_bot(self, studio: WorkerStudio) -> None:
        await studio.draw(chart("anything"))
        assert said_of(studio.pid, "oom_score_adj") == "1000"

    async def test_what_it_prints_goes_nowhere(self, studio: WorkerStudio, capfd: pytest.CaptureFixture[str]) -> None:
        assert (await studio.draw(chart("quietly"))).startswith(PNG)
        assert "drawing" not in "".join(capfd.readouterr())


class TestEnding:
    async def test_it_ends_when_nothing_has_been_drawn_for_a_while(self, pipe: Path, folders: Path) -> None:
        studio = WorkerStudio(MODULE, idle=0)
        drawing = asyncio.create_task(studio.draw(chart(f"hold {pipe}")))
        opened = await held(pipe)
        await drawing
        await let_go(opened)
        first, second = process_of(await drawing), process_of(await studio.draw(chart("anew")))
        assert first != second
        await studio.close()
        assert in_it(folders) == ["pipe"], "their folders are gone"

    async def test_it_ends_with_the_bot(self, studio: WorkerStudio, pipe: Path) -> None:
        drawing = asyncio.create_task(studio.draw(chart(f"hold {pipe}")))
        opened = await held(pipe)
        await drawing
        await studio.close()
        await let_go(opened)
        assert studio.pid is None

    async def test_it_ends_in_the_middle_of_a_drawing_when_the_bot_is_killed(self, pipe: Path, folders: Path) -> None:
        bot = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", KILLED.format(pipe)), cwd=ROOT, env=surroundings(TMPDIR=str(folders))
        )
        opened = await held(pipe)
        bot.kill()
        await let_go(opened)
        await bot.wait()
        assert in_it(folders) == ["pipe"]


class TestFaults:
    async def test_another_process_draws_it_if_one_is_killed(self, studio: WorkerStudio, tmp_path: Path) -> None:
        (tmp_path / "first").touch()
        with capture_logs() as logs:
            assert (await studio.draw(chart(f"stumble {tmp_path / 'first'}"))).startswith(PNG)
        assert [line["event"] for line in logs] == ["process ended", "drawn"]

    async def test_it_is_given_up_if_that_one_is_killed_too(self, studio: WorkerStudio) -> None:
        with capture_logs() as logs, pytest.raises(NotDrawnError) as failed:
            await studio.draw(chart("die"))
        assert failed.value.number in {line.get("id") for line in logs}
        assert (await studio.draw(chart("next"))).startswith(PNG)

    async def test_an_error_has_an_id_and_its_text_stays_unknown(self, studio: WorkerStudio) -> None:
        before = process_of(await studio.draw(chart("before")))
        with capture_logs() as logs, pytest.raises(NotDrawnError) as failed:
            await studio.draw(chart("fail Ann's books"))
        assert [line["id"] for line in logs] == [failed.value.number] * 2
        assert logs[-1]["where"].startswith("ValueError in painter.py:")
        assert "Ann" not in repr(logs)
        assert process_of(await studio.draw(chart("after"))) == before

    async def test_what_is_no_answer_is_not_read_to_its_end(self) -> None:
        """A process that writes and writes can neither fill the bot's memory nor keep it from ending."""
        studio = WorkerStudio("tests.bot.pictures.babbler")
        with capture_logs() as logs, pytest.raises(NotDrawnError):
            await studio.draw(chart("anything"))
        assert [line["kind"] for line in logs] == ["NoAnswerError"]
        assert studio.pid is None
        await studio.close()

    async def test_what_is_no_picture_is_not_shown(self, studio: WorkerStudio) -> None:
        with pytest.raises(NotDrawnError):
            await studio.draw(chart("nothing"))

    @pytest.mark.parametrize("made", ["<svg ><SCRIPT>x()</SCRIPT></svg>", "<html></html>"])
    async def test_an_svg_with_a_script_is_not_shown(self, studio: WorkerStudio, made: str) -> None:
        good = chart("<svg xmlns='http://www.w3.org/2000/svg'/>")
        assert (await studio.draw(good)).startswith(PNG)
        assert await studio.draw(good, PictureForm.SVG) == good.title.encode()
        with pytest.raises(NotDrawnError):
            await studio.draw(chart(made), PictureForm.SVG)

    async def test_a_drawing_has_a_limit_in_time(self, pipe: Path) -> None:
        studio = WorkerStudio(MODULE, longest=0)
        with pytest.raises(NotDrawnError):
            await studio.draw(chart(f"hang {pipe}"))
        assert studio.pid is None
        await studio.close()


class TestWaiting:
    async def test_who_no_longer_wants_it_frees_the_place(self, studio: WorkerStudio, pipe: Path) -> None:
        drawing = asyncio.create_task(studio.draw(chart(f"hang {pipe}")))
        opened = await held(pipe)
        waiting = asyncio.create_task(studio.draw(chart("never drawn")))
        last = asyncio.create_task(studio.draw(chart("last")))
        await asyncio.sleep(0)
        waiting.cancel()
        drawing.cancel()
        await let_go(opened)
        with capture_logs() as logs:
            assert (await last).startswith(PNG + b"last")
        assert [line["event"] for line in logs] == ["drawn"]
        assert waiting.cancelled()
        assert drawing.cancelled()

    async def test_only_so_many_wait(self, pipe: Path) -> None:
        studio = WorkerStudio(MODULE, most=2)
        drawing = asyncio.create_task(studio.draw(chart(f"hang {pipe}")))
        opened = await held(pipe)
        waiting = asyncio.create_task(studio.draw(chart("second")))
        await asyncio.sleep(0)
        with pytest.raises(BusyError):
            await studio.draw(chart("third"))
        drawing.cancel()
        await let_go(opened)
        assert (await waiting).startswith(PNG + b"second")
        await studio.close()


class TestCache:
    def test_those_that_were_used_longest_ago_are_forgotten(self) -> None:
        drawn = PictureCache(10)
        one, two, three = (chart(title) for title in ("one", "two", "three"))
        drawn.put(one, PictureForm.PNG, b"11111")
        drawn.put(two, PictureForm.PNG, b"22222")
        assert drawn.get(one, PictureForm.PNG) == b"11111"
        drawn.put(three, PictureForm.PNG, b"3333")
        assert [drawn.get(one, PictureForm.PNG) for one in (one, two, three)] == [b"11111", None, b"3333"]

    def test_a_picture_larger_than_all_of_them_may_be_is_not_kept(self) -> None:
        drawn = PictureCache(10)
        drawn.put(chart("one"), PictureForm.PNG, b"1" * 11)
        assert drawn.get(chart("one"), PictureForm.PNG) is None
        drawn.put(chart("two"), PictureForm.PNG, b"2" * 10)
        assert drawn.get(chart("two"), PictureForm.PNG) == b"2" * 10
