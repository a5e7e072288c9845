from __future__ import annotations
import json


async def test_big(teller):
    for w in ("9" * 20, "9" * 40, "0", "007", "9223372036854775807", "9223372036854775808"):
        try:
            print(w, await teller.store.announcements.announcement(w))
        except BaseException as e:
            print(w, type(e), e)
