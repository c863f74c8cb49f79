"""Nerve conduction told in one sentence: "normal SNAPs, reduced peroneal CMAP" is a result for each response."""

import re
from dataclasses import dataclass
from typing import Any, Final

from lasegue.case.context import Context
from lasegue.errors import UnknownName
from lasegue.names.conduction import ALL_OF, CONCLUSION, ELSEWHERE, kind_of, study_of
from lasegue.names.fold import plain
from lasegue.names.sides import split_side

_CUT: Final = re.compile(r"([,;/]|\band\b|\bbut\b|\bwith\b|\bplus\b|\.(?!\d))(?!s\b)")
_SHARED: Final = frozenset({",", "and", "/"})
"""Between members of one list, which share a response and a result."""
_CONDUCTION: Final = re.compile(
    r"\bs(?:n)?aps?\b|\bcmaps?\b|\bncs\b|\bncv\b|\bnerve conduction\b"
    r"|\b(?:motor|sensory) (?:ncs|studies|responses)\b"
)
_NAMES: Final = frozenset(
    "snap snaps sap saps cmap cmaps h f reflex reflexes wave waves sensory motor mixed response responses potential potentials "
    "study studies conduction nerve nerves amplitude amplitudes latency latencies ncs the of and in both left right all also "
    "common superficial deep peroneal fibular tibial posterior femoral sural saphenous lateral medial plantar cutaneous thigh lfcn "
    "spn dpn cpn lcnt sciatic pudendal obturator to edb ta ah soleus".split()
)
"""Words that name a response and say nothing of it."""
_NORMAL: Final = re.compile(r"\b(?:normal|intact|preserved|present|unremarkable)\b")
_WORDS: Final = {"sensory": "SNAP", "motor": "CMAP", "h": "H reflex", "f": "F wave"}
_REPEATED: Final = re.compile(r"\b(?:in|de)crement\w*|\bdoubl(?:ed?|es|ing)\b|\bfacilitat\w+")
"""What stimulation again and again shows belongs to no one nerve."""
_UNIT_STROKE: Final = re.compile(r"(?<=m)/(?=s\b)")
_STROKE: Final = "∕"


@dataclass
class _Piece:
    """A part of a report: its words, its nerve, which response it names, whether it states a result, and what cut it off."""

    text: str
    nerve: str | None
    kind: str | None
    says: bool
    link: str


def is_conduction(name: str) -> bool:
    """Whether the name of a study is one of conduction: "NCS", "motor NCS", "SNAPs"."""
    return _CONDUCTION.search(plain(name)) is not None


def by_response(context: Context, entry: dict[str, Any], text: str) -> list[dict[str, Any]]:
    """An entry for each response that a report names with a result, and one for what it concludes; none where it names no response."""
    if _REPEATED.search(plain(text)):
        return []
    general = kind_of(str(entry["test"]))
    pieces = _shared(_joined([_piece(context, entry, words, link, general) for words, link in _cut(text)]))
    found: list[dict[str, Any]] = []
    rest: list[str] = []
    for place, piece in enumerate(pieces):
        result = _result(pieces, place)
        if (piece.kind is None and piece.nerve is None) or CONCLUSION.search(plain(piece.text)) or not result:
            rest.append(piece.text)
            continue
        found += _entries(entry, piece, result)
    if not found or (len(found) == 1 and not rest and found[0].get("nerve") == entry.get("nerve") and found[0].get("response") is None):
        return []
    return [*found, *([{**entry, "result": "; ".join(rest)}] if rest else [])]


def _cut(text: str) -> list[tuple[str, str]]:
    """The pieces of a report, each with what stands after it."""
    parts = _CUT.split(_UNIT_STROKE.sub(_STROKE, text))
    return [
        (words.replace(_STROKE, "/").strip(), link) for words, link in zip(parts[::2], [*parts[1::2], ""], strict=True) if words.strip()
    ]


def _piece(context: Context, entry: dict[str, Any], words: str, link: str, general: str | None) -> _Piece:
    studies = context.lexicon.studies
    nerve = studies.nerve_within(words)
    own = kind_of(words)
    kind = own or (general if nerve or general else None)
    of = nerve or (studies.nerve(str(entry["nerve"])) if entry.get("nerve") else None)
    study = study_of(of, kind) or study_of("sural" if kind == "sensory" else "common_peroneal", kind) or "ncs"
    if ELSEWHERE.search(plain(words)):
        return _Piece(words, None, None, False, link)
    try:
        studies.read(study, words)
    except UnknownName:
        return _Piece(words, nerve, kind, False, link)
    return _Piece(words, nerve, kind, True, link)


def _joined(pieces: list[_Piece]) -> list[_Piece]:
    """A piece that names neither nerve nor response goes on about the one before: ", 28 m/s"."""
    found: list[_Piece] = []
    for piece in pieces:
        before = found[-1] if found else None
        if before and (before.nerve or before.kind) and piece.nerve is None and piece.kind is None and not _ends(before, piece):
            text = f"{before.text}{before.link if before.link == ',' else ''} {piece.text}"
            found[-1] = _Piece(text, before.nerve, before.kind, True, piece.link)
        else:
            found.append(piece)
    return found


def _ends(before: _Piece, piece: _Piece) -> bool:
    """Whether a piece begins something new: a conclusion, another limb, or a side of its own."""
    if before.link in {";", "."} or ELSEWHERE.search(plain(piece.text)):
        return True
    return CONCLUSION.search(plain(f"{before.text} {piece.text}")) is not None


def _result(pieces: list[_Piece], place: int) -> str:
    """The words that state a piece's result: its own, else those before where results lead ("reduced peroneal and tibial CMAPs"), else
    those that follow, else an abnormal one before; that a response is normal nobody said.
    """
    piece = pieces[place]
    if piece.says:
        return piece.text
    if _says_more(piece.text):
        return ""
    before = next((one for one in reversed(pieces[:place]) if one.says), None)
    if before and not _starts_with_name(before.text) and pieces[place - 1].link in _SHARED:
        return before.text
    after = next((one.text for one in pieces[place:] if one.says), "")
    return after or (before.text if before and not _NORMAL.search(plain(before.text)) else "")


def _starts_with_name(words: str) -> bool:
    """Whether the name of a response stands first and its result behind it."""
    return plain(words).strip().split(maxsplit=1)[0] in _NAMES - {"all", "both", "left", "right"}


def _says_more(words: str) -> bool:
    """Whether a piece says more than which response it means: the result of another is not that of "peroneal CMAP 0.9"."""
    return any(word not in _NAMES for word in re.findall(r"\w+", plain(words)))


def _shared(pieces: list[_Piece]) -> list[_Piece]:
    """Members of a list share the response that the last of them names: "sural and superficial peroneal SNAPs"."""
    for place in range(len(pieces) - 2, -1, -1):
        one, after = pieces[place], pieces[place + 1]
        if one.kind is None and one.nerve and after.nerve and one.link in _SHARED and not (one.says and after.says):
            one.kind = after.kind
    return pieces


def _entries(entry: dict[str, Any], piece: _Piece, result: str) -> list[dict[str, Any]]:
    side = split_side(piece.text)[1] if result != piece.text else None
    nerves = (piece.nerve,) if piece.nerve else (entry["nerve"],) if entry.get("nerve") else ALL_OF.get(piece.kind or "", (None,))
    response = {"response": _WORDS[piece.kind]} if piece.kind else {}
    own = {"side": side} if side and "side" not in entry else {}
    more = {**own, "test": "NCS", **response, "result": result}
    return [{**entry, **({"nerve": nerve.replace("_", " ")} if nerve else {}), **more} for nerve in nerves]
