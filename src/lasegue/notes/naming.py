"""The entry of a case file for a finding of a note: names that the lexicon reads, and the targets they stand for."""

import re
from functools import lru_cache
from typing import Any

from lasegue.errors import UnknownName
from lasegue.names import fold, packaged_lexicon
from lasegue.names.sides import split_side
from lasegue.notes.choosing import read_as
from lasegue.notes.clause import Draft

LISTS = {"power": "power", "sense": "sensory", "reflex": "reflexes", "test": "tests", "sign": "tests", "pain": "pain"}
_NAME_KEY = {"power": "movement", "sense": "site", "reflex": "reflex", "test": "test", "sign": "test", "pain": "site"}
_VALUE_KEY = {"power": "grade", "sense": "finding", "reflex": "finding", "test": "result", "sign": "result"}
_SIGN_VALUES = {"absent": "negative", "normal": "negative", "negative": "negative"}
_OUTSIDE = "outside the leg"
# A leg is weak: which of its muscles is not said.
_ONE_LEG = frozenset({"leg", "left leg", "right leg", "lower limb"})
_UNSPECIFIED = "leg (muscle not specified)"
_SADDLE = {"normal": "normal", "reduced": "reduced", "absent": "absent", "paraesthesia": "tingling"}


@lru_cache(maxsize=8192)
def targets(kind: str, name: str) -> frozenset[str]:
    """What the lexicon understands by a name, as ids; empty where it does not."""
    lexicon = packaged_lexicon()
    try:
        if kind == "power":
            found = lexicon.movement(name)
            ids = [one for one, _ in (*found.ids, *found.muscles)]
            return frozenset(ids or ["rest" if found.rest else _OUTSIDE]) if not found.leftover else frozenset()
        if kind == "sense":
            patch = lexicon.site(name)
            ids = [site for site, _ in patch.ids] or ["rest" if patch.rest else _OUTSIDE]
            return frozenset(ids) if not patch.leftover else frozenset()
        if kind == "reflex":
            return frozenset(one for one, _ in lexicon.reflex(name).ids)
        if kind == "pain":
            regions = lexicon.pain(name)
            return frozenset(one for one, _ in regions.ids) if not regions.leftover else frozenset()
        parts, _, left = lexicon.test(name)
        return frozenset(f"{part.test}:{'+'.join(part.parts)}" for part in parts) if not left else frozenset()
    except UnknownName:
        return frozenset()


@lru_cache(maxsize=8192)
def _name(kind: str, said: str, stood_for: str, sign: str, nerve: bool) -> str | None:
    bare = re.sub(r"^(?:the|his|her|a|an)\s+", "", split_side(" ".join(said.split()))[0].strip(" .,:;-()"), flags=re.IGNORECASE)
    stood = stood_for.replace("_", " ")
    meant = targets(kind, stood)
    wordings = [bare, stood] if not meant or targets(kind, bare) == meant else [stood, bare]
    if sign:
        wordings = [f"{word} {sign}" for word in wordings] + [f"{sign} {word}" for word in wordings]
    if nerve:
        wordings = [f"{word} territory" for word in wordings]
    return next((word for word in wordings if word.strip() and targets("test" if sign else kind, word)), None)


def entry_of(draft: Draft) -> dict[str, Any] | None:
    """The entry of a case file, without its side, or None where the lexicon does not read the name."""
    sign = draft.value if draft.kind == "sign" and draft.value not in _SIGN_VALUES else ""
    kind = draft.kind
    said = draft.target.text
    if draft.whole or "rest" in draft.target.kinds or draft.target.data == "":
        said = ""
    nerve = kind == "sense" and "site" not in draft.target.kinds
    stood_for = read_as(draft.target, kind)
    if kind == "power" and fold(said) in _ONE_LEG and said.lower().rstrip(" .")[-1:] != "s" and draft.value == "weak":
        said, stood_for = "", _UNSPECIFIED
    name = _name(kind, said, stood_for, sign, nerve)
    if name is None or (kind == "sign" and not sign):
        return None
    entry: dict[str, Any] = {_NAME_KEY[kind]: name}
    if kind in _VALUE_KEY and (draft.value or not draft.angle):
        entry[_VALUE_KEY[kind]] = "positive" if sign else _plain_value(kind, draft.value)
    if draft.angle:
        measure, number = draft.angle.split()
        entry[measure] = float(number)
    if draft.modalities:
        entry["modality"] = list(dict.fromkeys(draft.modalities))
    return entry


def _plain_value(kind: str, value: str) -> Any:
    if kind == "power" and value.isdigit():
        return int(value)
    return value


def name_of(kind: str, entry: dict[str, Any]) -> str:
    """The name in an entry."""
    return str(entry.get(_NAME_KEY[kind], ""))


def saddle_word(draft: Draft) -> str | None:
    """The word of the sphincter part that a finding on perianal or perineal skin also is."""
    here = draft.kind == "sense" and "saddle_sensation" in draft.target.kinds.get("sphincter", "")
    return _SADDLE.get(draft.value) if here else None


def same_words(first: str, second: str) -> bool:
    """Whether two wordings fold to one."""
    return fold(first) == fold(second)
