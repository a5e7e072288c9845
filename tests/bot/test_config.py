"""Settings: read from the environment and from a file, and what is said where they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import ConfigError, Settings, example, load

SECRET = "123456789:AAF-not-a-real-token-but-long-enough"
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def from_file(folder: Path, text: str) -> Settings:
    file = folder / ".env"
    file.write_text(text, encoding="utf-8")
    return load(file)


class TestReading:
    def test_without_anything_the_defaults_hold(self) -> None:
        settings = load(None)
        assert settings.database_url == "sqlite:///data/connects.db"
        assert settings.telegram_api_url == "https://api.telegram.org"
        assert settings.token("telegram") == settings.token("discord") == ""
        assert settings.operators == frozenset()
        assert settings.rulebook is None

    def test_a_file_is_read_and_the_environment_comes_first(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", "memory://")
        settings = from_file(tmp_path, f"TELEGRAM_TOKEN={SECRET}\nDATABASE_URL=sqlite:///x.db\n")
        assert settings.token("telegram") == SECRET
        assert settings.database_url == "memory://"

    def test_what_is_left_empty_has_its_default(self, tmp_path: Path) -> None:
        assert from_file(tmp_path, "TELEGRAM_WEBHOOK_PORT=\nDISCORD_API_URL=\n") == load(None)

    def test_the_example_as_it_is_changes_nothing(self, tmp_path: Path) -> None:
        assert from_file(tmp_path, example()) == load(None)

    def test_operators_are_identities(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OPERATORS", "telegram:42, discord:7,")
        assert load(None).operators == {"telegram:42", "discord:7"}

    def test_operators_commands_stand_on_servers_or_in_direct_messages(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert load(None).discord_operator_commands == frozenset()
        monkeypatch.setenv("DISCORD_OPERATOR_COMMANDS", "123, DM,")
        assert load(None).discord_operator_commands == {"123", "dm"}
        monkeypatch.setenv("DISCORD_OPERATOR_COMMANDS", "my server")
        with pytest.raises(ConfigError, match="takes ids of servers"):
            load(None)

    def test_level_and_format_may_be_written_in_any_case(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LOG_LEVEL", "debug")
        monkeypatch.setenv("LOG_FORMAT", "JSON")
        assert (load(None).log_level, load(None).log_format) == ("DEBUG", "json")

    def test_a_token_pasted_with_its_line_end_is_trimmed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DISCORD_TOKEN", f" {SECRET}\n")
        assert load(None).token("discord") == SECRET

    def test_an_address_may_end_in_a_slash(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TELEGRAM_API_URL", "http://localhost:8081/")
        monkeypatch.setenv("TELEGRAM_WEBHOOK_URL", "https://bot.example.com/hook")
        settings = load(None)
        assert settings.telegram_api_url == "http://localhost:8081"
        assert settings.telegram_webhook_url == "https://bot.example.com/hook"

    def test_names_of_other_programs_are_left_alone(self, tmp_path: Path) -> None:
        assert from_file(tmp_path, "SOMETHING_ELSE=1\n") == load(None)


class TestProblems:
    @pytest.mark.parametrize(
        ("name", "value", "words"),
        [
            ("TELEGRAM_WEBHOOK_PORT", "http", "TELEGRAM_WEBHOOK_PORT takes a port from 1 to 65535"),
            ("TELEGRAM_WEBHOOK_PORT", "70000", "TELEGRAM_WEBHOOK_PORT takes a port from 1 to 65535"),
            ("DISCORD_DM_OPENINGS", "0", "DISCORD_DM_OPENINGS takes a number from 1 to 20"),
            ("DISCORD_DM_OPENINGS", "many", "DISCORD_DM_OPENINGS takes a number from 1 to 20"),
            ("TELEGRAM_API_URL", "localhost", "TELEGRAM_API_URL takes an address that begins with http:// or https://"),
            ("TELEGRAM_WEBHOOK_URL", "bot.org", "TELEGRAM_WEBHOOK_URL takes an address that begins with https://"),
            ("TELEGRAM_WEBHOOK_URL", "http://b.org", "TELEGRAM_WEBHOOK_URL takes an address that begins with https://"),
            (
                "DISCORD_GATEWAY_URL",
                "https://x",
                "DISCORD_GATEWAY_URL takes an address that begins with ws:// or wss://",
            ),
            ("TELEGRAM_WEBHOOK_SECRET", "not this!", "TELEGRAM_WEBHOOK_SECRET takes 1 to 256 letters, digits, _ and -"),
            ("OPERATORS", "42", "OPERATORS takes identities with commas between them, such as telegram:42, discord:7"),
            ("LOG_LEVEL", "loud", "LOG_LEVEL takes DEBUG, INFO, WARNING or ERROR"),
            ("LOG_FORMAT", "xml", "LOG_FORMAT takes console or json"),
        ],
    )
    def test_each_names_its_setting(self, monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str) -> None:
        monkeypatch.setenv(name, value)
        with pytest.raises(ConfigError) as caught:
            load(None)
        assert str(caught.value).startswith(words)
        assert len(caught.value.problems) == 1

    def test_all_are_said_at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LOG_LEVEL", "loud")
        monkeypatch.setenv("OPERATORS", "me")
        with pytest.raises(ConfigError) as caught:
            load(None)
        assert len(caught.value.problems) == 2

    def test_a_file_that_is_no_text_is_said_to_be_none(self, tmp_path: Path) -> None:
        file = tmp_path / ".env"
        file.write_bytes(b"LOG_LEVEL=\xff\xfe")
        with pytest.raises(ConfigError, match="is not UTF-8 text"):
            load(file)


class TestSecrets:
    def test_no_problem_shows_a_value(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TELEGRAM_TOKEN", SECRET)
        monkeypatch.setenv("TELEGRAM_WEBHOOK_SECRET", "spaced out secret")
        with pytest.raises(ConfigError) as caught:
            load(None)
        assert "spaced out" not in str(caught.value)
        assert SECRET not in repr(caught.value)

    def test_settings_do_not_show_them(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TELEGRAM_TOKEN", SECRET)
        monkeypatch.setenv("DATABASE_URL", "postgresql://bot:hunter22@db/connects")
        shown = f"{load(None)} {load(None)!r}"
        assert SECRET not in shown
        assert "hunter22" not in shown

    def test_they_are_listed_to_be_masked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TELEGRAM_TOKEN", SECRET)
        monkeypatch.setenv("TELEGRAM_WEBHOOK_SECRET", "sesame")
        monkeypatch.setenv("DATABASE_URL", "postgresql://bot:hunter22@db/connects")
        assert load(None).secrets == (SECRET, "sesame", "hunter22")
        monkeypatch.setenv("DATABASE_URL", "memory://")
        assert "hunter22" not in load(None).secrets


class TestExample:
    def test_the_file_in_the_repository_is_the_one_of_these_settings(self) -> None:
        assert (ROOT / ".env.example").read_text(encoding="utf-8") == example()

    def test_every_setting_stands_there_once_with_a_line_of_explanation(self) -> None:
        lines = example().splitlines()
        for name, field in Settings.model_fields.items():
            (at,) = [i for i, line in enumerate(lines) if line.startswith(f"{name.upper()}=")]
            assert lines[at - 1] == f"# {field.description}"

    def test_the_names_are_those_that_were_promised(self) -> None:
        promised = {"TELEGRAM_TOKEN", "TELEGRAM_API_URL", "DISCORD_TOKEN", "DISCORD_API_URL", "DISCORD_GATEWAY_URL"}
        assert promised | {"DATABASE_URL", "OPERATORS"} <= {name.upper() for name in Settings.model_fields}
