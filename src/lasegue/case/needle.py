"""Needle EMG told in one sentence: "denervation in tibialis anterior and gluteus medius, paraspinals normal" is three results."""

import re
from typing import Any, Final

from lasegue.case.context import Context
from lasegue.errors import UnknownName
from lasegue.names.fold import plain
from lasegue.names.levels import split_roots
from lasegue.names.sides import split_side

_CUT: Final = re.compile(r",|\band\b|\bbut\b|\bwith\b|\bplus\b")
_LONGEST: Final = 4
"""Words that the name of a muscle has at most."""
_FEW: Final = 5
"""A wording that means more muscles than this is a region, not a muscle."""
_PARASPINAL: Final = re.compile(r"\bparaspinals?\b|\bmultifid\w+")
NEEDLE: Final = "needle_emg"


def by_muscle(context: Context, entry: dict[str, Any], text: str) -> list[dict[str, Any]]:
    """An entry for each muscle that a report names with a result; none where it names no muscle.

    A result holds for the muscles that follow it until another is said.
    """
    return [one for clause in plain(text).split(";") for one in _of_clause(context, entry, clause)]


def _of_clause(context: Context, entry: dict[str, Any], clause: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    waiting: list[dict[str, Any]] = []
    result = ""
    for piece in _CUT.split(clause):
        words, side = split_side(piece)
        said = _result(context, words)
        result = said or result
        named = [{**entry, "muscle": muscle, **({"side": side} if side else {})} for muscle in _muscles(context, words)]
        if _PARASPINAL.search(words):
            named.append({**{key: value for key, value in entry.items() if key != "muscle"}, "test": "paraspinal EMG"})
        if said:
            found += [{**one, "result": said} for one in waiting]
            waiting = []
        if result:
            found += [{**one, "result": result} for one in named]
        else:
            waiting += named
    return found


def _result(context: Context, words: str) -> str:
    """The first result that a piece states, by its id."""
    try:
        results, _ = context.lexicon.studies.read(NEEDLE, words)
    except UnknownName:
        return ""
    return results[0].result if results[0].investigation == NEEDLE and not results[0].root else ""


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
    return not _PARASPINAL.search(name) and not split_roots(name)[0] and 0 < len(context.lexicon.powers.muscle(name)) <= _FEW
