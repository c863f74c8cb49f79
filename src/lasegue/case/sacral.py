"""Reads bladder, bowel, anal tone, saddle and sexual function."""

import re
from typing import Any, get_args

from lasegue.case.context import Context, is_past
from lasegue.case.model import NotTested, Origin, ReflexFinding, ReflexValue, SphincterFinding
from lasegue.case.story import read_history
from lasegue.case.studied import add_studies
from lasegue.errors import UnknownName
from lasegue.names.beside import both_parts, reflex_named, take_residual, take_since
from lasegue.names.reflex_words import of_sign
from lasegue.names.sphincters import PARTS, untested
from lasegue.names.values import read_since

_PIECES = re.compile(r"[,;]|\band\b|\bbut\b", re.IGNORECASE)
_LOST = "absent"


def read_sphincter(context: Context, data: dict[str, Any]) -> None:
    """The sphincter part of a case."""
    for part in PARTS:
        value = data.get(part)
        for place, entry in enumerate(value if isinstance(value, list) else [value] if part in data else []):
            path = f"sphincter.{part}" + (f"[{place}]" if isinstance(value, list) else "")
            _read_sphincter_word(context, part, entry if isinstance(entry, dict) else {"finding": entry}, path)
    volume = data.get("post_void_residual_ml")
    if volume is not None:
        _add_residual(context, float(volume), Origin("sphincter.post_void_residual_ml", "post-void residual"))


def _read_sphincter_word(context: Context, part: str, entry: dict[str, Any], path: str) -> None:
    word = entry["finding"]
    origin = context.origin(entry, path, str(word))
    if untested(word):
        context.found.not_tested.append(NotTested(origin, "sphincter", (part,)))
        return
    if isinstance(word, bool):
        word = "normal" if word else "dysfunction"
    text = _without_what_is_beside(context, part, str(word), origin, entry)
    since, text = _since(context, part, entry, text, path)
    if part == "saddle_sensation" and str(entry.get("side")) in {"left", "right"}:
        text = f"{text}, {entry['side']}"
    if entry.get("note"):
        read_history(context, str(entry["note"]), f"{path}.note", note=True)
    if not text:
        return
    try:
        items, left = context.lexicon.sphincters.read(part, text)
    except UnknownName as error:
        context.unknown(path, error)
        return
    context.leave_all(path, left, f"{part.replace('_', ' ')} finding")
    past = is_past(entry) and since != "long_standing"
    if part in {"bladder", "bowel"} and both_parts(text):
        items = tuple(dict.fromkeys((*items, "bladder.incontinence", "bowel.incontinence")))
    context.found.sphincter += [SphincterFinding(origin, item, since, None, past) for item in items]  # type: ignore[arg-type]


def _without_what_is_beside(context: Context, part: str, text: str, origin: Origin, entry: dict[str, Any]) -> str:
    """Read a residual among the words of the bladder and a reflex among those of tone; what is left tells of the part itself."""
    if context.lexicon.sphincters.named(part, text):
        return text
    if both_parts(text):
        return "doubly incontinent"
    if part == "bladder":
        text, volume = take_residual(text)
        if volume is not None:
            _add_residual(context, volume, origin)
        return text
    if part == "anal_tone":
        pieces = [piece.strip() for piece in _PIECES.split(text)]
        kept = [piece for piece in pieces if piece and not _as_sacral_reflex(context, piece, origin, entry)]
        return text if len(kept) == len(pieces) else ", ".join(kept)
    return text


def _since(context: Context, part: str, entry: dict[str, Any], text: str, path: str) -> tuple[str | None, str]:
    """Since when, from its own field, else from the wording; and the wording without it."""
    if entry.get("since"):
        since = read_since(str(entry["since"]))
        if since is None:
            context.leave(f"{path}.since", str(entry["since"]), "not new, changed or long-standing")
        return since, text
    bare, told = take_since(text)
    if told is None or not bare or context.lexicon.sphincters.named(part, text):
        return None, text
    return told, bare


def _as_sacral_reflex(context: Context, piece: str, origin: Origin, entry: dict[str, Any]) -> bool:
    """ "No anal wink" tells of a reflex and not of tone; False where the words about it say neither."""
    named = reflex_named(piece)
    if named is None:
        return False
    name, said = named
    value = {"no": _LOST, "absent": _LOST, "present": "normal"}.get(of_sign(said) or "") or said
    known = context.lexicon.reflexes.find(name if name.endswith(("reflex", "wink", "bcr")) else f"{name} reflex")
    value = "normal" if said in {"normal", "intact", "preserved"} else value
    if known is None or value not in {*get_args(ReflexValue)} - {"upgoing", "mute", "clonus"}:
        return False
    context.found.reflexes += [ReflexFinding(origin, None, one, value, is_past(entry)) for one in known]  # type: ignore[arg-type]
    return True


def _add_residual(context: Context, volume: float, origin: Origin) -> None:
    results, _, _ = context.lexicon.investigation("post void residual", volume)
    add_studies(context, {}, origin, results, (None,))
