"""What takes long to build and never changes, built beforehand: the build hook writes it, a start reads it.

A file is used only when it was made of just this knowledge by just these sources under this Python; else the thing is built as ever.
It is pickled, and trusted as the bytecode beside it is: it comes with the package and from nowhere else. Records of the knowledge
are kept as references to it.
"""

import hashlib
import io
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

from lasegue.knowledge.kinds import KINDS
from lasegue.knowledge.loader import Knowledge, load

PACKAGE: Final = Path(__file__).parents[1]
FOLDER: Final = Path(__file__).parent / "ready"
FORMAT: Final = 1
MARK_SIZE: Final = 16
T = TypeVar("T")


def mark(rooms: tuple[str, ...]) -> bytes:
    """A fingerprint of what a thing is made of: the knowledge, the sources of some rooms, and Python."""
    whole = hashlib.blake2b(f"{FORMAT} {sys.version_info[:2]} {load().digest}".encode(), digest_size=MARK_SIZE)
    for room in ("knowledge", *rooms):
        for source in sorted((PACKAGE / room).glob("*.py")):
            whole.update(source.read_bytes())
    return whole.digest()


def ready(name: str, rooms: tuple[str, ...], build: Callable[[], T], context: dict[str, Any] | None = None) -> T:
    """A thing of the packaged knowledge, as it was built beforehand or else built now. `context` holds what it may refer to by name."""
    file = FOLDER / f"{name}.pickle"
    try:
        content = file.read_bytes()
    except OSError:
        return build()
    if content[:MARK_SIZE] != mark(rooms):
        return build()
    try:
        found: T = _Reader(io.BytesIO(memoryview(content)[MARK_SIZE:]), load(), context or {}).load()
    except (pickle.UnpicklingError, ImportError, AttributeError, EOFError, IndexError, KeyError, TypeError):  # another NumPy wrote it
        return build()
    return found


def write_ready(
    name: str, rooms: tuple[str, ...], thing: Any, context: dict[str, Any] | None = None, pack: Callable[[Any], Any] | None = None
) -> Path:
    """Keep a thing for later starts. `pack` may tell how to keep some objects smaller, as `Pickler.reducer_override` does."""
    FOLDER.mkdir(exist_ok=True)
    file, content = FOLDER / f"{name}.pickle", io.BytesIO()
    content.write(mark(rooms))
    _Writer(content, load(), context or {}, pack).dump(thing)
    fresh = file.with_suffix(".new")
    fresh.write_bytes(content.getvalue())
    return fresh.replace(file)


class _Writer(pickle.Pickler):
    def __init__(self, file: io.BytesIO, knowledge: Knowledge, context: dict[str, Any], pack: Callable[[Any], Any] | None) -> None:
        super().__init__(file, protocol=5)
        self._pack = pack
        self._known: dict[int, tuple[Any, ...]] = {id(knowledge): ("knowledge",)}
        for kind in KINDS:
            records = getattr(knowledge, kind)
            self._known[id(records)] = (kind,) if records else ("knowledge.empty",)
            self._known.update({id(record): (kind, place) for place, record in enumerate(records)})
        self._known.pop(id(()), None)
        self._known.update({id(one): ("context", name) for name, one in context.items()})

    def reducer_override(self, one: Any) -> Any:
        """As `pack` says."""
        return self._pack(one) if self._pack else NotImplemented

    def persistent_id(self, one: Any) -> tuple[Any, ...] | None:
        """The reference that stands for a part of the knowledge."""
        return self._known.get(id(one))


class _Reader(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, knowledge: Knowledge, context: dict[str, Any]) -> None:
        super().__init__(file)
        self._knowledge, self._context = knowledge, context

    def persistent_load(self, reference: tuple[Any, ...]) -> Any:
        """The part of the knowledge behind a reference."""
        name, *place = reference
        if name == "knowledge":
            return self._knowledge
        if name == "context":
            return self._context[place[0]]
        records = getattr(self._knowledge, name)
        return records[place[0]] if place else records
