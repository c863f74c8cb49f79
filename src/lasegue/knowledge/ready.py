"""What takes long to build and never changes, built beforehand: the build hook writes it, a start reads it.

A file is used only when it was made of just this knowledge by just these sources under this Python; else the thing is built as ever.
It is pickled, and trusted as the bytecode beside it is: it comes with the package and from nowhere else. Records of the knowledge
are kept as references to it. Arrays stand behind the pickle as they are in memory and are mapped: what no case asks for is never read.

    mark (16 bytes) | length of the pickle (8) | pickle of the places of the arrays, and of the thing | arrays, each at a multiple of 64
"""

import hashlib
import io
import mmap
import pickle
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from lasegue.knowledge.kinds import KINDS
from lasegue.knowledge.loader import Knowledge, load

PACKAGE: Final = Path(__file__).parents[1]
FOLDER: Final = Path(__file__).parent / "ready"
FORMAT: Final = 2
MARK_SIZE: Final = 16
HEAD: Final = MARK_SIZE + 8
ALIGNED: Final = 64
T = TypeVar("T")


def mark(rooms: tuple[str, ...]) -> bytes:
    """A fingerprint of what a thing is made of: the knowledge, the sources of some rooms, and Python."""
    whole = hashlib.blake2b(f"{FORMAT} {sys.version_info[:2]} {load().digest}".encode(), digest_size=MARK_SIZE)
    for room in ("knowledge", *rooms):
        whole.update(_sources(room))
    return whole.digest()


@cache
def _sources(room: str) -> bytes:
    """A fingerprint of the sources of a room, which do not change while a program runs."""
    whole = hashlib.blake2b(digest_size=MARK_SIZE)
    for source in sorted((PACKAGE / room).glob("*.py")):
        whole.update(source.read_bytes())
    return whole.digest()


def ready(name: str, rooms: tuple[str, ...], build: Callable[[], T], context: dict[str, Any] | None = None) -> T:
    """A thing of the packaged knowledge, as it was built beforehand or else built now. `context` holds what it may refer to by name."""
    try:
        with (FOLDER / f"{name}.pickle").open("rb") as file:
            content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY))
    except (OSError, ValueError):  # none there, or an empty one
        return build()
    if content[:MARK_SIZE] != mark(rooms):
        return build()
    end = HEAD + int.from_bytes(content[MARK_SIZE:HEAD], "little")
    stream, first = io.BytesIO(content[HEAD:end]), _aligned(end)
    try:
        arrays = [content[first + place : first + place + size] for place, size in pickle.load(stream)]
        found: T = _Reader(stream, arrays, load(), context or {}).load()
    except (
        pickle.UnpicklingError,
        ImportError,
        AttributeError,
        EOFError,
        IndexError,
        KeyError,
        TypeError,
        ValueError,
    ):  # of another NumPy, or cut
        return build()
    return found


def write_ready(name: str, rooms: tuple[str, ...], thing: Any, context: dict[str, Any] | None = None) -> Path:
    """Keep a thing for later starts."""
    FOLDER.mkdir(exist_ok=True)
    arrays: list[pickle.PickleBuffer] = []
    stream = io.BytesIO()
    _Writer(stream, arrays, load(), context or {}).dump(thing)
    body, places = io.BytesIO(), []
    for array in arrays:
        body.write(bytes(_aligned(body.tell()) - body.tell()))
        places.append((body.tell(), body.write(array.raw())))
    whole = pickle.dumps(places) + stream.getvalue()
    file = FOLDER / f"{name}.pickle"
    fresh = file.with_suffix(".new")
    head = mark(rooms) + len(whole).to_bytes(8, "little") + whole
    fresh.write_bytes(head + bytes(_aligned(len(head)) - len(head)) + body.getvalue())
    return fresh.replace(file)


def _aligned(place: int) -> int:
    return -(-place // ALIGNED) * ALIGNED


class _Writer(pickle.Pickler):
    def __init__(self, file: io.BytesIO, arrays: list[pickle.PickleBuffer], knowledge: Knowledge, context: dict[str, Any]) -> None:
        super().__init__(file, protocol=5, buffer_callback=arrays.append)
        self._known: dict[int, tuple[Any, ...]] = {id(knowledge): ("knowledge",)}
        for kind in KINDS:
            records = getattr(knowledge, kind)
            self._known[id(records)] = (kind,) if records else ("knowledge.empty",)
            self._known.update({id(record): (kind, place) for place, record in enumerate(records)})
        self._known.pop(id(()), None)
        self._known.update({id(one): ("context", name) for name, one in context.items()})

    def persistent_id(self, one: Any) -> tuple[Any, ...] | None:
        """The reference that stands for a part of the knowledge."""
        return self._known.get(id(one))


class _Reader(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, arrays: list[memoryview], knowledge: Knowledge, context: dict[str, Any]) -> None:
        super().__init__(file, buffers=arrays)
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
