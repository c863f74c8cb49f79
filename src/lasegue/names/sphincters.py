"""Words of bladder, bowel, anal tone, saddle sensation and sexual function."""

import re
from collections.abc import Sequence

from lasegue.names.facts import Facts
from lasegue.names.fold import fold, plain, tokens
from lasegue.names.functions import ABNORMAL, BARE, COMPLAINTS, DENIALS, judged
from lasegue.names.index import Index
from lasegue.names.phrases import Phrases, segments
from lasegue.names.sides import sides_in, split_side
from lasegue.names.values import is_untested

PARTS = ("bladder", "bowel", "anal_tone", "saddle_sensation", "sexual_function")
_FACULTIES = frozenset({"anal_tone", "saddle_sensation"})
"""Parts named after what is there in health: "saddle sensation: no" may tell of a loss."""
_NORMAL = re.compile(r"\b(?:normal|normally|intact|preserved|unaffected|continent|unremarkable|good|spared|fine|ok|full)\b")
_ONLY_WITH_FUNCTION = re.compile(r"\bfull\b(?!\s+(?:\w+\s+)?(?:control|function|continence|sensation|emptying|power|strength))")
"""A full bladder is not a normal one."""
_NOT_QUITE = re.compile(
    r"\b(?:until|before|previous(?:ly)?|almost|near(?:ly)?|less|below|than|barely|hardly|poor(?:ly)?|part(?:ly|ial|ially)|sometimes"
    r"|occasional(?:ly)?|was|usual(?:ly)?|used|formerly|prior|not|never|cannot|unable|lost|little|minimal|return\w*|\?)\b|\?"
)
"""Beside these a word for normal proves nothing: "normal until yesterday"."""
_SPLIT = re.compile(
    r"[,;/&()]|\.(?!\d)|(?<!not )\b(?:only|just)\b|\b(?:and|but|however|although|though|yet|otherwise|except(?:ing)?(?:\s+for)?"
    r"|apart\s+from)\b|(?=\bwithout\b)|(?<!problem )(?<!problems )(?<!difficulty )(?<!trouble )(?<!issues )\bwith\b"
)
_HALF = re.compile(r"\b(?:hemi-?\s?saddle|unilateral(?:ly)?|one[\s-]?sided|(?:on\s+)?one\s+side)\b")
_WHOLE_LOSS = frozenset({"saddle_sensation.reduced", "saddle_sensation.absent"})
_ONE_SIDED = "saddle_sensation.one_sided"
_SIDE_ALONE = frozenset({"", "side", "sided", "on", "in"})


_DENIED_LIST = re.compile(
    r"^\s*(?P<no>no|denies|denied|denying|nil|without)\s+(?P<first>(?:\w+(?:\s\w+)?\s*,\s*)*\w+(?:\s\w+)?)\s*,?\s+(?:or|nor)\s+"
    r"(?P<last>\w+(?:\s\w+)?)\s*\.?$"
)


def _each_denied(text: str) -> str:
    """ "No urgency, frequency or hesitancy" denies each of the list: "or" binds what a denial begins."""
    match = _DENIED_LIST.match(text)
    if not match:
        return text
    members = [*match["first"].split(","), match["last"]]
    return ", ".join(f"{match['no']} {member.strip()}" for member in members)


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
        lost_on: set[str] = set()
        for piece in _SPLIT.split(_each_denied(plain(text))):
            bare, _ = split_side(piece) if part == "saddle_sensation" else (piece, None)
            items = self._piece(part, bare)
            if items:
                found |= dict.fromkeys(items)
                if _WHOLE_LOSS & set(items):
                    lost_on |= sides_in(piece) or {""}
            elif fold(bare) in _SIDE_ALONE and bare != piece:
                lost_on = (lost_on - {""}) | sides_in(piece) if found else lost_on
            elif piece.strip():
                left.append(piece.strip())
        if not found or (set(found) == {self._normal[part]} and any(_may_tell_of_loss(piece) for piece in left)):
            raise self._index[part].unknown(text)
        return self._settled(part, found, one_side=lost_on in ({"left"}, {"right"}) or bool(_HALF.search(plain(text)))), tuple(left)

    def _settled(self, part: str, found: dict[str, None], *, one_side: bool) -> tuple[str, ...]:
        """Normal beside something else is but the rest of that part; a loss on one side is not one of the whole saddle."""
        normal = self._normal[part]
        items = [item for item in found if item != normal or len(found) == 1]
        if part == "saddle_sensation" and one_side and (_WHOLE_LOSS | {_ONE_SIDED}) & set(items):
            items = [_ONE_SIDED, *(item for item in items if item not in _WHOLE_LOSS | {_ONE_SIDED})]
        return tuple(items)

    def normal(self, part: str) -> str | None:
        """The finding that says this part is normal."""
        return self._normal[part]

    def named(self, part: str, text: str) -> str | None:
        """The finding that a text names by itself."""
        return self._index[part].find(text)

    def _find(self, part: str, text: str) -> str | None:
        return self._index[part].find(text) or self._index[part].find(f"{part} {text}")

    def _piece(self, part: str, piece: str) -> tuple[str, ...]:
        direct = self._find(part, piece)
        if direct:
            return (direct,)
        words = tokens(piece)
        hits = [hit for segment in segments(piece) for hit in self._phrases[part].scan(segment.words)]
        normal = self._normal[part] or ABNORMAL[part]
        if fold(piece) in BARE and part not in _FACULTIES:
            return (normal,)
        verdict = judged(part, normal, words, hits)
        if verdict is not None:
            return tuple(dict.fromkeys(verdict))
        found = tuple(dict.fromkeys(hit.item for hit in hits))
        if (not found or found == (normal,)) and _NORMAL.search(plain(piece)):
            return (normal,) if _is_normal(part, plain(piece), [word.text for word in words]) else ()
        return found


def _is_normal(part: str, piece: str, words: Sequence[str]) -> bool:
    """Whether a piece with a word for normal says no more than that."""
    if _NOT_QUITE.search(piece) or (COMPLAINTS - {"change", "symptom"}) & set(words):
        return False
    return not (part in {"bladder", "bowel"} and _ONLY_WITH_FUNCTION.search(piece) and len(_NORMAL.findall(piece)) == 1)


def _may_tell_of_loss(piece: str) -> bool:
    """Whether words that were not understood may be what matters: beside them "otherwise normal" is not read."""
    return _NOT_QUITE.search(piece) is not None or bool(DENIALS & {word.text for word in tokens(piece)})


def untested(value: object) -> bool:
    """Whether a sphincter word says that nothing was asked or tested."""
    return value is None or is_untested(value)
