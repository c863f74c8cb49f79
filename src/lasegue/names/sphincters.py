"""Words of bladder, bowel, anal tone, saddle sensation and sexual function."""

import re

from lasegue.names.facts import Facts
from lasegue.names.fold import fold, plain
from lasegue.names.index import Index
from lasegue.names.phrases import Phrases, segments
from lasegue.names.values import is_untested

PARTS = ("bladder", "bowel", "anal_tone", "saddle_sensation", "sexual_function")
_NO = frozenset("no not without nil never deny denied".split())
_NORMAL = re.compile(r"\b(?:normal|intact|preserved|unaffected|continent|unremarkable|nil|none|no|full|good|spared|fine|negative|ok)\b")
_SPLIT = re.compile(r"[,;/&]|\band\b|\bwith\b")


class Sphincters:
    """Resolves the words of the sphincter part of a case file."""

    def __init__(self, facts: Facts) -> None:
        self._index = {
            part: Index(f"{part.replace('_', ' ')} finding", (item for item in facts.sphincter if item.part == part)) for part in PARTS
        }
        self._phrases = {
            part: Phrases((name, item.id) for item in facts.sphincter if item.part == part for name in (item.id, item.name, *item.names))
            for part in PARTS
        }
        self._normal = {
            part: next((item.id for item in facts.sphincter if item.part == part and not item.abnormal), None) for part in PARTS
        }

    def read(self, part: str, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The findings of one part that a wording states, and the words left over. Raises UnknownName."""
        whole = self._find(part, text)
        if whole:
            return (whole,), ()
        found: dict[str, None] = {}
        left: list[str] = []
        for piece in _SPLIT.split(plain(text)):
            items = self._piece(part, piece)
            if items:
                found |= dict.fromkeys(items)
            elif piece.strip():
                left.append(piece.strip())
        if not found:
            raise self._index[part].unknown(text)
        return tuple(found), tuple(left)

    def normal(self, part: str) -> str | None:
        """The finding that says this part is normal."""
        return self._normal[part]

    def _find(self, part: str, text: str) -> str | None:
        return self._index[part].find(text) or self._index[part].find(f"{part} {text}")

    def _piece(self, part: str, piece: str) -> tuple[str, ...]:
        direct = self._find(part, piece)
        if direct:
            return (direct,)
        words = fold(piece).split()
        hits = [hit.item for segment in segments(piece) for hit in self._phrases[part].scan(segment.words)]
        normal = self._normal[part]
        if normal and (_NO & set(words) or (not hits and _NORMAL.search(plain(piece)))):
            return (normal,)
        return tuple(hits)


def untested(value: object) -> bool:
    """Whether a sphincter word says that nothing was asked or tested."""
    return value is None or is_untested(value)
