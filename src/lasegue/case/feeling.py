"""Sensation entered under another heading: "perianal sensation: reduced", "saddle numbness: present", "vibration: absent to ankles"."""

import re
from typing import Any, Final, cast

from lasegue.case.context import Context, is_past
from lasegue.case.model import Sense, SenseValue
from lasegue.errors import UnknownName
from lasegue.names import fold
from lasegue.names.fold import plain
from lasegue.names.reflex_words import of_sign
from lasegue.names.resolved import Resolved
from lasegue.names.sides import split_side
from lasegue.names.values import NOT_TESTED, read_modalities, read_sense

_FACULTIES: Final = frozenset("sensation sensory pinprick touch feeling".split())
"""Names of what is there in health: present is normal."""
_REDUCED: Final = frozenset("numbness numb hypoesthesia hypoalgesia hypalgesia loss deadness".split())
_ABSENT: Final = frozenset("anesthesia anesthetic insensate analgesia".split())
_TINGLING: Final = frozenset("paresthesia tingling tingle dysesthesia".split())
"""Names of what is there in disease: present is abnormal, absent is normal."""
_NOT_PLACES: Final = frozenset(
    "light pin prick pinprick touch feeling reduced altered impaired abnormal lost absent decreased diminished in on at over".split()
)
_LOST: Final = frozenset("reduced altered impaired abnormal lost absent decreased diminished loss".split())
_SACRAL: Final = re.compile(r"\b(?:saddle|perianal|perineal|perineum|genital)\b")
_SENSORY_WORD: Final = re.compile(
    r"\b(?:numb|numbness|an(?:a)?esth\w+|hypo?(?:a)?esth\w+|par(?:a)?esth\w+|tingling|pins|insensate|sensation|sensory)\b"
)
_DENYING: Final = frozenset("no not without".split())
"""In a name that tells of a loss these turn it round: not to be guessed at."""
_STRENGTH: Final = frozenset("mild moderate severe marked slight new complete total partial patchy".split())
_MODALITY: Final = re.compile(
    r"^\s*(?P<kind>(?:joint\s+)?position(?:al)?(?:\s+sense)?|propriocepti(?:on|ve\s+sense)|jps|vibration|vibratory\s+(?:sense|sensation)|pin\s?prick"
    r"|light\s+touch|temperature)(?:\s+(?:sense|sensation|perception|testing))*(?:\s+(?:at|in|on|over|of))?\s*(?P<place>.*?)\s*$"
)
_DEEP: Final = frozenset({"vibration", "position"})
_FAR_END: Final = "toes"
"""Where sense of position and vibration are tried first."""
_LINK: Final = re.compile(r"^(?:at|in|on|over|of|to|up\s+to|the|both)\s+")


def as_sense(context: Context, entry: dict[str, Any], path: str, name: str, value: object) -> bool:
    """Read a finding whose name, or whose words beside a sacral place, are about feeling; False where they are not."""
    if _by_modality(context, entry, path, name, value):
        return True
    words = set(fold(name).split())
    told = _told_by_name(words)
    if words & _DENYING and words & (_REDUCED | _ABSENT | _TINGLING):
        return False
    bare = not told and not words & _FACULTIES
    if bare and not ((_SACRAL.search(plain(name)) or _SENSORY_WORD.search(plain(str(value)))) and isinstance(value, str)):
        return False
    place = " ".join(word for word in fold(name).split() if word not in _NOT_PLACES | (_TINGLING | _REDUCED | _ABSENT if told else set()))
    patch = context.lexicon.sites.find(place)
    if patch is None and told:
        place = " ".join(word for word in place.split() if word not in _FACULTIES)
        patch = context.lexicon.sites.find(place)
    low, side = split_side(str(value))
    values = _present(told, low) if told else _felt(low)
    if patch is None or not patch.sites or not values or values == (NOT_TESTED,) or (bare and not _is_about_feeling(name, low)):
        return False
    found = Resolved("site", name, patch.sites, side, label_root=patch.label_root, label_nerve=patch.label_nerve)
    _add(context, entry, path, name, values, found, ())
    return True


def _is_about_feeling(name: str, value: str) -> bool:
    """A bare place is about feeling where its result says so; a sacral place is, whatever the result but a plain yes or no."""
    sacral = _SACRAL.search(plain(name)) is not None and fold(value) not in {"positive", "negative"}
    return sacral or _SENSORY_WORD.search(plain(value)) is not None


def _told_by_name(words: set[str]) -> str:
    """What a name that tells of a loss says where it is present; "" for any other name."""
    if words & _ABSENT:
        return "absent"
    if words & _TINGLING:
        return "paraesthesia"
    return "reduced" if words & _REDUCED or (words & _LOST and words & _FACULTIES) else ""


def _present(told: str, value: str) -> tuple[str, ...]:
    """The value of a name that tells of a loss: only a plain denial is normal."""
    said = of_sign(value)
    if said == "absent":
        return ("normal",)
    words = set(fold(value).split())
    if said == "present" or (words and words <= _STRENGTH | {"present", "positive", "yes", "bilaterally"}):
        return (told,)
    return tuple(one for one in _felt(value) if one != "normal")


def _felt(value: str) -> tuple[str, ...]:
    try:
        return read_sense(value)
    except UnknownName:
        return ()


def _by_modality(context: Context, entry: dict[str, Any], path: str, name: str, value: object) -> bool:
    """ "Joint position sense: impaired": a modality where a test's name is wanted; its place is in the name, in the result, or the toes."""
    match = _MODALITY.match(plain(name))
    if match is None:
        return False
    try:
        modalities = read_modalities(match["kind"])
    except UnknownName:
        return False
    result, side = split_side(str(value))
    values, told = _value_and_place(result)
    place = match["place"] or told
    if not values or values == (NOT_TESTED,) or (not place and not _DEEP & set(modalities)):
        return False
    try:
        site = context.lexicon.site(place or _FAR_END)
    except UnknownName:
        if not _DEEP & set(modalities):
            return False
        site = context.lexicon.site(_FAR_END)
        context.leave(path, place, "not a known site")
    found = Resolved("site", name, site.ids, site.side or side, label_root=site.label_root, label_nerve=site.label_nerve)
    _add(context, entry, path, name, values, found, modalities)
    return bool(site.ids)


def _value_and_place(result: str) -> tuple[tuple[str, ...], str]:
    """ "Impaired great toes" as the value and the place after it."""
    words = plain(result).split()
    for count in range(len(words), 0, -1):
        values = _felt(" ".join(words[:count]))
        if values:
            rest = " ".join(words[count:])
            while (bare := _LINK.sub("", rest)) != rest:
                rest = bare
            return values, rest
    return (), ""


def _add(
    context: Context, entry: dict[str, Any], path: str, name: str, values: tuple[str, ...], site: Resolved, modalities: tuple[str, ...]
) -> None:
    for side in context.sides(entry, path, site.side):
        for one in values:
            origin, value = context.origin(entry, path, name), cast("SenseValue", one)
            context.found.sense.append(
                Sense(
                    origin, side, value, site.ids, cast(Any, modalities), "tested", site.label_root, site.label_nerve, past=is_past(entry)
                )
            )
