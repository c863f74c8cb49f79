"""Which kind of finding a target and a value make together, and what a denial turns a value into."""

from lasegue.notes.mention import Mention
from lasegue.notes.vocabulary import Vocabulary

# Under which of its names a target is read for each kind of finding.
_READ_AS = {
    "pulse": ("test",),
    "resisted": ("resisted",),
    "power": ("power", "deed"),
    "deed": ("deed",),
    "reflex": ("reflex",),
    "plantar": ("reflex",),
    "test": ("test",),
    "sphincter": ("sphincter",),
    "sense": ("site", "nerve"),
    "pain": ("pain", "site"),
    "sign": ("power", "site", "pain"),
}
_DENIED = {
    "power": {"normal": "weak"},
    "sense": {"normal": "reduced"},
    "reflex": {"normal": "absent", "brisk": "normal", "clonus": "normal", "reduced": "normal", "absent": "normal"},
    "plantar": {"normal": "upgoing"},
    "test": {"negative": "positive", "normal": "positive", "present": "absent"},
    "pulse": {"present": "absent"},
    "sphincter": {"normal": "dysfunction"},
}
_FLIPPED = {
    "power": "normal",
    "sense": "normal",
    "reflex": "normal",
    "plantar": "normal",
    "test": "negative",
    "sphincter": "normal",
    "pain": "absent",
    "sign": "absent",
    "deed": "normal",
    "pulse": "absent",
    "resisted": "negative",
}
_KIND = {"pulse": "test", "resisted": "test", "plantar": "reflex", "deed": "power"}
_SURE_POWER = frozenset({"weak", "0", "1", "2", "3", "limited by pain", "give-way"})
_GENERAL = 3


def as_kind(kind: str) -> str:
    """The kind of finding of a kind of value: what a plantar does is a reflex, what a patient cannot do with a muscle is power."""
    return _KIND.get(kind, kind)


def denied(value: dict[str, str]) -> dict[str, str]:
    """The value that is left when this one is denied: no weakness is normal power, no reflex obtained is an absent one."""
    return {kind: _DENIED.get(kind, {}).get(word, _FLIPPED.get(kind, word)) for kind, word in value.items()}


def kinds_of(
    target: Mention, value: dict[str, str], topic: str | None, words: Vocabulary, *, graded: bool = False
) -> list[tuple[str, str]]:
    """The kinds of finding that the two can make, each with its value."""
    return [
        (kind, word)
        for kind, word in value.items()
        if any(name in target.kinds for name in _READ_AS.get(kind, ()))
        and _allowed(target, kind, word, topic, words, graded=graded, said_of_plantar="plantar" in value)
    ]


def _allowed(target: Mention, kind: str, word: str, topic: str | None, words: Vocabulary, *, graded: bool, said_of_plantar: bool) -> bool:
    pulse, plantar = "pulse" in target.kinds.get("test", ""), target.kinds.get("reflex") == "plantar"
    wrong_test = kind in {"pulse", "test"} and (kind == "pulse") != pulse and (graded or kind == "pulse")
    wrong_reflex = (kind == "plantar" and not plantar) or (
        kind == "reflex" and plantar and (said_of_plantar or target.data in {"toe", "hallux"})
    )
    if wrong_test or wrong_reflex:
        return False
    if target.data not in words.bare:
        return True
    if kind == "reflex":
        return topic == "reflex" or not {"power", "site"} & set(target.kinds)
    if kind == "power":
        return topic == "power" or graded or word in _SURE_POWER or "site" not in target.kinds
    return kind != "test"


def choose(
    target: Mention, value: dict[str, str], topic: str | None, last: str | None, words: Vocabulary, *, graded: bool = False
) -> tuple[str, str] | None:
    """The finding that a target and a value make, or None where they do not belong together or nothing decides."""
    found = kinds_of(target, value, topic, words, graded=graded)
    if not found:
        return None
    for wanted in (topic, last):
        hit = next((one for one in found if one[0] == wanted), None)
        if hit and (wanted == topic or len(value) >= _GENERAL):
            return hit
    sound = found[0] == ("sense", "normal") and "sense" not in {topic, last}
    if target.data in words.bare and len(value) >= _GENERAL and (len(found) > 1 or sound):
        return None
    if len(value) >= _GENERAL and len(found) > 1:
        return next((one for one in found if one[0] in {"reflex", "power"}), found[0])
    return found[0]


def read_as(target: Mention, kind: str) -> str:
    """The name under which the lexicon reads a target for a kind of finding."""
    return next((target.kinds[name] for name in _READ_AS[kind] if name in target.kinds), "")
