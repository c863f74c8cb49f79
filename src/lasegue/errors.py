"""Everything that Lasegue raises on purpose.

LasegueError
├── InputError               the input or the call was wrong (exit status 2)
│   ├── CaseError            one case file entry, with all of its faults
│   └── UnknownName          one word that is not understood, with the nearest known names
├── KnowledgeError           the knowledge files contradict themselves
└── ModelError               the model built from the knowledge is incoherent
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a case file: where it stands, the word, what is the matter, and the closest known names."""

    path: str
    word: str
    message: str
    nearest: tuple[str, ...] = ()

    def __str__(self) -> str:
        place = f"{self.path}: " if self.path else ""
        close = f" (nearest: {', '.join(self.nearest)})" if self.nearest else ""
        return f"{place}{self.message}{close}"


class LasegueError(Exception):
    """The root of the tree."""


class InputError(LasegueError):
    """The input or the call was wrong, not the program."""


class CaseError(InputError):
    """A case cannot be read. `faults` holds everything that is wrong with it, not only the first."""

    def __init__(self, faults: Sequence[Fault], *, case_id: str = "") -> None:
        self.faults = tuple(faults)
        self.case_id = case_id
        super().__init__("\n".join(str(fault) for fault in self.faults))


class UnknownName(InputError):
    """A word that the lexicon does not know as a `kind` (movement, site, reflex, test, ...)."""

    def __init__(self, word: str, kind: str, nearest: Sequence[str] | Callable[[], Sequence[str]] = ()) -> None:
        self.word = word
        self.kind = kind
        self._nearest = nearest
        super().__init__(f"not a known {kind}: {word!r}")

    @property
    def nearest(self) -> tuple[str, ...]:
        """The closest known names, looked for only when asked: many a wrong word turns out right under another heading."""
        return tuple(self._nearest() if callable(self._nearest) else self._nearest)


class KnowledgeError(LasegueError):
    """The knowledge files contradict themselves or cannot be read."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class ModelError(LasegueError):
    """The model built from the knowledge is incoherent."""
