"""The settings, read from the environment and from `.env`. They are read when a command runs, never at import."""

from __future__ import annotations

import re
from pathlib import Path  # noqa: TC003 - pydantic reads the annotation
from typing import Annotated, Any, Final, Literal, TypeAlias
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.base.platform_registry import PLATFORMS

ENV_FILE: Final = ".env"
IDENTITY: Final = re.compile(r"[a-z]+:\S+")
WEBHOOK_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
HIGHEST_PORT: Final = 65535
MOST_OPENINGS: Final = 20


def _trimmed(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


Secret: TypeAlias = Annotated[SecretStr, BeforeValidator(_trimmed)]  # often pasted with a space or a line end


class ConfigError(Exception):
    """Settings that cannot be used. Each sentence in `problems` names a setting, and never shows its value."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        """Carry a sentence for each problem."""
        super().__init__("; ".join(problems))
        self.problems = problems


class Settings(BaseSettings):
    """Every setting, under its name in lower case. An empty one has its default. `example` shows descriptions."""

    model_config = SettingsConfigDict(
        env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True, frozen=True
    )

    telegram_token: Secret = Field(SecretStr(""), description="Token from @BotFather; empty: no Telegram.")
    telegram_api_url: str = Field(
        "https://api.telegram.org", description="Where the Bot API is; the bot adds /bot<token>."
    )
    telegram_webhook_url: str = Field("", description="Public https address for Telegram's calls; empty: polling.")
    telegram_webhook_port: int = Field(8443, description="Port to listen on for those calls.")
    telegram_webhook_listen: str = Field("127.0.0.1", description="Address to listen on for those calls.")
    telegram_webhook_secret: Secret = Field(
        SecretStr(""), description="Secret of those calls: letters, digits, _ and -; empty: made of the token."
    )
    discord_token: Secret = Field(SecretStr(""), description="Token from the Developer Portal; empty: no Discord.")
    discord_api_url: str = Field(
        "https://discord.com/api/v10", description="Where the REST API is; it ends in /api/v10."
    )
    discord_gateway_url: str = Field("wss://gateway.discord.gg/", description="Where the gateway is.")
    discord_dm_openings: int = Field(
        5, description="How many people the bot writes to for the first time in a minute, 1 to 20; many look like spam."
    )
    discord_operator_commands: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(),
        description="Servers, by their ids, that show operators' commands; dm: to all in private.",
    )
    database_url: str = Field(
        "sqlite:///data/connects.db",
        description="Where the books are: a file, postgresql://USER:PASSWORD@HOST/NAME, or memory:// (keeps nothing).",
        repr=False,
    )
    operators: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(), description="Who runs this bot, such as telegram:42, discord:7."
    )
    rulebook: Path | None = Field(None, description="Path of your own rulebook (TOML); empty: the one that ships.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="Lowest level that is logged: DEBUG, INFO, WARNING or ERROR."
    )
    log_format: Literal["console", "json"] = Field("console", description="Format of the log: console or json.")

    @field_validator("telegram_webhook_port", mode="before")
    @classmethod
    def _port(cls, value: Any) -> int:
        text = str(value).strip()
        if not (text.isdecimal() and 0 < int(text) <= HIGHEST_PORT):
            raise ValueError(f"takes a port from 1 to {HIGHEST_PORT}")
        return int(text)

    @field_validator("discord_dm_openings", mode="before")
    @classmethod
    def _openings(cls, value: Any) -> int:
        text = str(value).strip()
        if not (text.isdecimal() and 0 < int(text) <= MOST_OPENINGS):
            raise ValueError(f"takes a number from 1 to {MOST_OPENINGS}")
        return int(text)

    @field_validator("telegram_api_url", "discord_api_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        return _address(value, "http", "https")

    @field_validator("telegram_webhook_url")
    @classmethod
    def _webhook_address(cls, value: str) -> str:
        return value and _address(value, "https")

    @field_validator("discord_gateway_url")
    @classmethod
    def _socket_address(cls, value: str) -> str:
        return _address(value, "ws", "wss")

    @field_validator("operators", mode="before")
    @classmethod
    def _identities(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        named = [part.strip() for part in value.split(",") if part.strip()]
        if not all(IDENTITY.fullmatch(part) for part in named):
            raise ValueError("takes identities with commas between them, such as telegram:42, discord:7")
        return frozenset(named)

    @field_validator("discord_operator_commands", mode="before")
    @classmethod
    def _places(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        named = [part.strip().lower() for part in value.split(",") if part.strip()]
        if not all(part == "dm" or (part.isascii() and part.isdecimal()) for part in named):
            raise ValueError("takes ids of servers with commas between them, and dm for direct messages")
        return frozenset(named)

    @field_validator("log_level", mode="before")
    @classmethod
    def _level(cls, value: Any) -> str:
        level = str(value).strip().upper()
        if level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("takes DEBUG, INFO, WARNING or ERROR")
        return level

    @field_validator("log_format", mode="before")
    @classmethod
    def _format(cls, value: Any) -> str:
        form = str(value).strip().lower()
        if form not in {"console", "json"}:
            raise ValueError("takes console or json")
        return form

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _webhook_secret(cls, value: SecretStr) -> SecretStr:
        if value and not WEBHOOK_SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("takes 1 to 256 letters, digits, _ and -")
        return value

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be shown or logged: every `Secret`, and the database's password."""
        held = [value.get_secret_value() for _, value in self if isinstance(value, SecretStr)]
        return tuple(filter(None, (*held, urlsplit(self.database_url).password)))

    def token(self, platform: str) -> str:
        """The token of a platform, by the platform's name (empty: it is off)."""
        held: SecretStr = getattr(self, PLATFORMS[platform].token_setting)
        return held.get_secret_value()

    def openings(self, platform: str) -> int | None:
        """How many private chats the bot may open on a platform; None if that has no setting."""
        setting = PLATFORMS[platform].openings_setting if platform in PLATFORMS else ""
        found: int | None = getattr(self, setting) if setting else None
        return found


def _address(value: str, *schemes: str) -> str:
    parts = urlsplit(value.strip())
    if parts.scheme not in schemes or not parts.hostname:
        raise ValueError(f"takes an address that begins with {' or '.join(f'{name}://' for name in schemes)}")
    return value.strip().rstrip("/") if "https" in schemes else value.strip()


def load(env_file: str | Path | None = ENV_FILE) -> Settings:
    """Read the settings; the environment takes precedence over the file. Raises ConfigError if any is invalid."""
    source: dict[str, Any] = {"_env_file": env_file}
    try:
        return Settings(**source)
    except ValidationError as error:
        raise ConfigError(tuple(_problem(found) for found in error.errors(include_input=False))) from None
    except UnicodeDecodeError:
        raise ConfigError((f"{env_file} is not UTF-8 text",)) from None


def _problem(found: Any) -> str:
    name = "".join(str(part).upper() for part in found["loc"][:1])
    why = str(found["msg"]).removeprefix("Value error, ")
    return f"{name} {why}" if name else why


def example() -> str:
    """The text of .env.example: every setting with a line of explanation and its default."""
    lines = ["# Copy this file to .env and fill in what you need. An empty setting has its default."]
    for name, field in Settings.model_fields.items():
        lines += ["", f"# {field.description}", f"{name.upper()}={_written(field.default)}"]
    return "\n".join(lines) + "\n"


def _written(value: Any) -> str:
    match value:
        case None:
            return ""
        case SecretStr():
            return value.get_secret_value()
        case frozenset():
            return ", ".join(sorted(value))
        case _:
            return str(value)
