"""Needle EMG told in one sentence: "denervation in tibialis anterior and gluteus medius, paraspinals normal" is three results."""

import re
from dataclasses import dataclass, field
from typing import Any, Final

from lasegue.case.context import Context
from lasegue.errors import UnknownName
from lasegue.names.conduction import CONCLUSION
from lasegue.names.fold import plain
from lasegue.names.levels import named_roots, split_roots
from lasegue.names.sides import split_side

_CUT: Final = re.compile(
    r",|\band\b(?!\s+(?:chronic|acute|active)\b)|\bbut\b|\bwith\b|\bplus\b|\bincluding\b|\bincludes\b"
    r"|(?=\b(?:sparing|except(?:ing)?(?:\s+for)?|excluding|apart\s+from|other\s+than)\b)"
)
_SPARED: Final = re.compile(r"^\s*(?:not|sparing|except(?:ing)?|excluding|apart\s+from|other\s+than|spares?|spared)\b")
"""What follows is an exception to what was said before."""
_LONGEST: Final = 4
"""Words that the name of a muscle has at most."""
_FEW: Final = 5
"""A wording that means more muscles than this is a region, not a muscle."""
_SAYS_NOTHING: Final = frozenset(
    "in of the and or also all both muscle muscles as well left right his her leg legs side sides same for lumbar lumbosacral "
    "sacral low lower upper at level levels innervated proximal distal even from to on is are were was both head heads long short "
    "medial lateral".split()
)
PARASPINAL: Final = re.compile(r"\bparaspinals?\b|\bmultifid\w+|\berector\s+spinae\b")
NEEDLE: Final = "needle_emg"


def by_muscle(context: Context, entry: dict[str, Any], text: str, path: str) -> list[dict[str, Any]]:
    """An entry for each muscle that a report names with a result, and for what it concludes beside them; none where it names no muscle.

    A result holds for the muscles that follow it until another is said.
    """
    clauses = [_of_clause(context, entry, clause) for clause in plain(text).split(";")]
    found = [one for clause in clauses for one in clause.found]
    general = [one for clause in clauses for one in clause.general]
    for words in (words for clause in clauses for words in clause.lost if found):
        context.leave(f"{path}.result", words, "a muscle without a result")
    return [*general, *found] if found else []


@dataclass
class _Clause:
    """What one clause of a report tells: of muscles, in general, what is not understood, and the muscles that wait for a result."""

    found: list[dict[str, Any]] = field(default_factory=list)
    general: list[dict[str, Any]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    waiting: list[dict[str, Any]] = field(default_factory=list)
    result: str = ""
    trails: bool = False
    """Whether results stand behind their muscles: in "TA normal, EHL and soleus denervated" EHL waits."""

    def tell(self, named: list[dict[str, Any]], said: str) -> None:
        """Muscles and the result beside them; without one they have that before, or wait for the next."""
        if said:
            self.found += [{**one, "result": said} for one in self.waiting]
            self.waiting = []
        if said or (self.result and not self.trails):
            self.found += [{**one, "result": said or self.result} for one in named]
        else:
            self.waiting += named

    def end(self) -> None:
        """Muscles that waited in vain share an abnormal result before them; that they are normal nobody said."""
        if self.result and self.result != "normal":
            self.found += [{**one, "result": self.result} for one in self.waiting]
        else:
            self.lost += [str(one.get("muscle") or one["test"]) for one in self.waiting]
        self.waiting = []


def _of_clause(context: Context, entry: dict[str, Any], text: str) -> _Clause:
    clause = _Clause()
    for piece in _CUT.split(text):
        words, side = split_side(piece)
        if CONCLUSION.search(words):  # "peroneal" in it is a nerve
            clause.general.append({**entry, "result": piece.strip()})
            continue
        said = _said(context, words, clause.result)
        if said is None:
            clause.lost.append(piece.strip())
            clause.result = ""
            continue
        named = _named(context, entry, words, side)
        if not said and named and _says_more(context, words):  # what is said of these muscles is not understood
            clause.lost.append(piece.strip())
            continue
        if said and not named and split_roots(words)[0]:
            clause.general.append({**entry, "result": piece.strip()})
        clause.tell(named, said)
        if said:
            clause.result = said
            clause.trails = any(words.strip().startswith(str(one.get("muscle") or "paraspinal")) for one in named)
    clause.end()
    return clause


def _said(context: Context, words: str, before: str) -> str | None:
    """The result that a piece states, "" where it states none, None where it is an exception to what nobody said.

    What is spared in a report of denervation is normal; an exception to what is normal is not understood.
    """
    if not _SPARED.match(words):
        return _result(context, words)
    return "normal" if before and before != "normal" else None


def _named(context: Context, entry: dict[str, Any], words: str, side: str | None) -> list[dict[str, Any]]:
    """The muscles of a piece, each as an entry; the muscles of the back are a study of their own."""
    sided = {"side": side} if side else {}
    named = [{**entry, "muscle": muscle, **sided} for muscle in _muscles(context, words)]
    if PARASPINAL.search(words):
        roots = named_roots(f"{' '.join(split_roots(words)[0])} roots") if split_roots(words)[0] else ()
        level = {"level": " ".join(roots)} if roots else {}
        named.append({**{key: value for key, value in entry.items() if key != "muscle"}, "test": "paraspinal EMG", **sided, **level})
    return named


def _says_more(context: Context, words: str) -> bool:
    """Whether a piece that names muscles says more of them than that they are meant: "EHL complex units" is not of the result before."""
    left = PARASPINAL.sub(" ", split_roots(words)[1])
    for name in _muscles(context, words):
        left = left.replace(name, " ", 1)
    return any(word not in _SAYS_NOTHING for word in re.findall(r"[\w+]+", left))


def _result(context: Context, words: str) -> str:
    """The first result that a piece states, by its id."""
    try:
        results, _ = context.lexicon.studies.read(NEEDLE, words, muscle=True)
    except UnknownName:
        return ""
    return results[0].result if results[0].investigation == NEEDLE else ""


def _muscles(context: Context, words: str) -> list[str]:
    """The names of muscles in a piece, the longest first, each word once."""
    left, found = words.split(), []
    for length in range(min(_LONGEST, len(left)), 0, -1):
        for first in range(len(left) - length + 1):
            name = " ".join(left[first : first + length])
            if "|" not in name and _is_muscle(context, name):
                found.append(name)
                left[first : first + length] = ["|"] * length
    return found


def _is_muscle(context: Context, name: str) -> bool:
    return not PARASPINAL.search(name) and not split_roots(name)[0] and 0 < len(context.lexicon.powers.muscle(name)) <= _FEW
