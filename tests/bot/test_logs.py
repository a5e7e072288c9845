"""Logs: nothing that must stay secret leaves through them, whichever way it came in."""

from __future__ import annotations

import io
import json
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import structlog

from bot.base.logs import Mask, set_up

if TYPE_CHECKING:
    from collections.abc import Generator

TELEGRAM = "123456789:AAF-thirty-five-characters-of-a-token"
DISCORD = "MTIzNDU2Nzg5MDEyMzQ1Njc4OQ.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB"
PASSWORD = 'a "quoted" päss\\word'
FORMS = pytest.mark.parametrize("form", ["console", "json"])


@contextmanager
def logging_to(form: str, level: str = "INFO", secrets: tuple[str, ...] = ()) -> Generator[io.StringIO]:
    out, root = io.StringIO(), logging.getLogger()
    before = (root.handlers[:], root.level)
    set_up(level, form, secrets, out)
    try:
        yield out
    finally:
        root.handlers[:], root.level = before
        structlog.reset_defaults()


def test_what_a_migration_says_of_itself_is_no_news() -> None:
    with logging_to("console") as out:
        logging.getLogger("alembic.runtime.migration").info("Context impl SQLiteImpl.")
        logging.getLogger("alembic").warning("something is wrong")
    assert "SQLiteImpl" not in out.getvalue()
    assert "something is wrong" in out.getvalue()


@FORMS
class TestSecrets:
    def test_tokens_are_masked_wherever_they_stand(self, form: str) -> None:
        with logging_to(form) as out:
            event, url = f"event {TELEGRAM}", f"https://x/bot{TELEGRAM}/y"
            structlog.get_logger().info(event, value=TELEGRAM, nested={"deep": [DISCORD]}, url=url)
        assert TELEGRAM not in out.getvalue()
        assert DISCORD not in out.getvalue()
        assert out.getvalue().count("***") == 4

    def test_configured_secrets_are_masked_however_they_are_quoted(self, form: str) -> None:
        with logging_to(form, secrets=(PASSWORD,)) as out:
            structlog.get_logger().info("connect", given=PASSWORD, also=[PASSWORD])
            logging.getLogger("driver").warning("cannot connect with %r", PASSWORD)
        assert "päss" not in out.getvalue()
        assert "quoted" not in out.getvalue()

    def test_tracebacks_are_masked(self, form: str) -> None:
        with logging_to(form, secrets=("hunter22",)) as out:
            try:
                int(f"hunter22 and {TELEGRAM}")
            except ValueError:
                structlog.get_logger().exception("ours")
                logging.getLogger("theirs").exception("a library's")
        assert out.getvalue().count("ValueError: invalid literal") == 2
        assert "hunter22" not in out.getvalue()
        assert TELEGRAM not in out.getvalue()

    def test_what_a_library_logs_is_masked(self, form: str) -> None:
        with logging_to(form) as out:
            logging.getLogger("httpx").warning("POST https://api.telegram.org/bot%s/getMe", TELEGRAM)
        assert "api.telegram.org" in out.getvalue()
        assert TELEGRAM not in out.getvalue()

    def test_addresses_with_the_token_are_not_logged_at_info_or_debug(self, form: str) -> None:
        with logging_to(form, level="DEBUG") as out:
            for name in ("httpx", "httpcore.http11", "telegram.ext", "discord.http", "discord.gateway", "apscheduler"):
                logging.getLogger(name).info("request")
                logging.getLogger(name).debug("request")
        assert out.getvalue() == ""


class TestForm:
    def test_json_is_one_object_to_a_line(self) -> None:
        with logging_to("json") as out:
            structlog.get_logger().info("answered", command="spend", ms=1.5)
            logging.getLogger("library").warning("odd: %s", "thing")
        first, second = map(json.loads, out.getvalue().splitlines())
        assert (first["event"], first["command"], first["level"]) == ("answered", "spend", "info")
        assert (second["event"], second["level"]) == ("odd: thing", "warning")
        assert first["timestamp"].endswith("Z")

    def test_console_has_no_colour_where_no_terminal_is(self) -> None:
        with logging_to("console") as out:
            structlog.get_logger().info("answered", command="spend")
        assert "answered" in out.getvalue()
        assert "\x1b" not in out.getvalue()

    def test_what_is_below_the_level_is_not_logged(self) -> None:
        with logging_to("json", level="WARNING") as out:
            structlog.get_logger().info("answered")
            logging.getLogger("ours").info("answered")
        assert out.getvalue() == ""

    def test_setting_up_again_replaces_what_was(self) -> None:
        with logging_to("json") as first, logging_to("json") as second:
            structlog.get_logger().info("answered")
        assert (first.getvalue(), second.getvalue().count("answered")) == ("", 1)


class TestMask:
    @pytest.mark.parametrize("text", ["16 Connects at 09:00", "1.2.3", "telegram:42", "key 0123456789:telegram:1:5"])
    def test_ordinary_words_stay(self, text: str) -> None:
        assert Mask(("", "abc"))(text) == text

    def test_an_encoded_token_is_one_too(self) -> None:
        assert Mask()(f"/bot{TELEGRAM.replace(':', '%3A')}/x") == "/bot***/x"

    def test_a_secret_within_another_does_not_save_its_rest(self) -> None:
        assert Mask(("sesame", "sesame-open"))("sesame-open") == "***"
