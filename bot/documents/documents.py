"""The documents under way, each with how much of it is written."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.documents.worker_publisher import WorkerPublisher
from bot.processes.owned_tasks import GRACE, OwnedTasks
from bot.reply.stages import EVERY

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncGenerator, Awaitable, Callable, Hashable
    from typing import TypeAlias

    from bot.documents.model import Document, DocumentOrder
    from bot.documents.publisher import Pieces, Publisher
    from bot.processes.owned_tasks import Stop

    Order: TypeAlias = DocumentOrder | Callable[[], Awaitable[DocumentOrder]]


class Writing:
    """A document under way, the token by which whoever asked for it can stop it, and how much is written (0 to 1)."""

    token: int
    document: asyncio.Task[Document]
    progress: float = 0.0

    def tell(self, done: float) -> None:
        """Note how much is written, which never becomes less."""
        self.progress = max(self.progress, min(done, 1.0))


class Documents:
    """Has documents written for people, and stops them."""

    def __init__(self, publisher: Publisher, *, grace: float = GRACE, every: float = EVERY) -> None:
        """Have `publisher` write.

        An answer waits `grace` seconds for its document. After that it says, every `every` seconds, how much is done.
        """
        self._publisher, self.grace, self.every = publisher, grace, every
        self._tasks: OwnedTasks[Document] = OwnedTasks()

    def begin(self, owner: Hashable, order: Order, pieces: Pieces) -> Writing:
        """Begin a document for somebody. Raises BusyError if they have too many under way.

        An `order` may have to be made first, as that of a report is, for which pictures are drawn. `pieces` begins to
        read the books. It is called when the document's turn has come, and once more if the process that writes has
        ended meanwhile.
        """
        writing = Writing()
        writing.token, writing.document = self._tasks.begin(owner, lambda: self._write(order, pieces, writing))
        return writing

    async def _write(self, order: Order, pieces: Pieces, writing: Writing) -> Document:
        ready = await order() if callable(order) else order
        return await self._publisher.write(ready, pieces, writing.tell)

    def under_way(self, owner: Hashable) -> int:
        """How many documents are being written for somebody."""
        return self._tasks.under_way(owner)

    def stop(self, owner: Hashable, token: int) -> Stop:
        """Stop a document of theirs."""
        return self._tasks.stop(owner, token)

    async def close(self) -> None:
        """Stop all of them, because the bot ends."""
        await self._tasks.close()


@asynccontextmanager
async def open_documents() -> AsyncGenerator[Documents]:
    """Documents in processes of their own. At the end of the block they are stopped, and the processes end."""
    publisher = WorkerPublisher()
    documents = Documents(publisher)
    try:
        yield documents
    finally:
        await documents.close()
        await publisher.close()
