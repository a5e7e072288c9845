"""The gateway's transport compression, as the client asks for it."""

from __future__ import annotations

import importlib
import json
import zlib
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tests.loopback.discord.wire import Json


class Encoder(Protocol):
    def encode(self, payload: Json) -> str | bytes: ...


class Plain:
    def encode(self, payload: Json) -> str:
        return json.dumps(payload)


class ZlibStream:
    """One stream for each connection, flushed after each message."""

    def __init__(self) -> None:
        self._stream = zlib.compressobj()

    def encode(self, payload: Json) -> bytes:
        return self._stream.compress(json.dumps(payload).encode()) + self._stream.flush(zlib.Z_SYNC_FLUSH)


class ZstdStream:
    """For Python 3.14, whose standard library brings zstd, which discord.py then prefers."""

    def __init__(self) -> None:
        module = importlib.import_module("compression.zstd")
        self._stream = module.ZstdCompressor()
        self._flush = module.ZstdCompressor.FLUSH_BLOCK

    def encode(self, payload: Json) -> bytes:
        made: bytes = self._stream.compress(json.dumps(payload).encode(), self._flush)
        return made


def encoder(asked: str | None) -> Encoder:
    match asked:
        case None:
            return Plain()
        case "zlib-stream":
            return ZlibStream()
        case "zstd-stream":
            return ZstdStream()
    raise ValueError(f"no such compression: {asked}")
