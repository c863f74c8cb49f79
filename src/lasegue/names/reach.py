"""How far a patch of skin reaches: "from the knee down", "toes to mid-shin", "posterior thigh to popliteal fossa"."""

import re
from collections.abc import Callable
from typing import Final

from lasegue.names import noise
from lasegue.names.fold import fold, plain
from lasegue.names.tables import lookup

_DOWN: Final = re.compile(
    r"^(?:from\s+)?(?:the\s+|his\s+|her\s+)?(?:level\s+of\s+)?(?P<place>[^,;]+?)\s+(?:and\s+)?(?:down(?:wards?)?|distally|and\s+below|and\s+distal(?:ly)?)$"
    r"|^(?:whole\s+|entire\s+|all\s+(?:of\s+)?)?(?:the\s+)?(?:leg\s+|limb\s+|lower\s+limb\s+)?(?:below|distal\s+to|distally\s+from)\s+"
    r"(?:the\s+)?(?:level\s+of\s+)?(?:the\s+)?(?P<under>[^,;]+)$"
)
_FROM_TO: Final = re.compile(
    r"^(?:from\s+)?(?:the\s+)?(?P<one>[^,;]+?)\s+(?:extending\s+|going\s+)?(?:up\s+|down\s+)?(?:to|until|as\s+far\s+as|through\s+to|into)"
    r"\s+(?:the\s+)?(?P<two>[^,;]+)$"
)
_BELOW_KNEE: Final = re.compile(r"\b(?<=leg|alf|hin)\s+below\s+(?:the\s+)?knees?\b")
_ABOVE_KNEE: Final = re.compile(
    r"^(?:the\s+)?(?P<face>(?:antero|postero)?(?:anterior|medial|lateral|posterior))\s+thigh\s+(?:just\s+)?above\s+(?:the\s+)?knees?$"
)
_TOES: Final = frozenset({"toe", "foot", "tip of toe", "toe tip", "forefoot", "sole"})
_DOWN_FROM: Final = lookup("""
whole_leg: groin, inguinal ligament, inguinal crease, hip, buttock, upper thigh, whole leg
stocking.thighs: mid thigh, midthigh, thigh, lower thigh, above knee, distal thigh
leg_and_foot: knee, patella, tibial tuberosity, upper calf, upper shin, infrapatellar
stocking.mid_calf: mid calf, midcalf, mid shin, midshin, mid leg, mid lower leg, mid tibia, calf, shin, mid tibial
distal_leg_and_foot: lower calf, lower shin, distal shin, distal calf, above ankle, lower third leg
ankle_and_foot: ankle, malleolus, ankle joint
""")
"""What lies below a place on the leg, by the ids of groups of skin."""
_BETWEEN: Final = {
    ("knee", "ankle"): "lower_leg",
    ("hip", "knee"): "thigh",
    ("groin", "knee"): "thigh",
    ("buttock", "knee"): "posterior_thigh",
}
_SEGMENTS: Final = ("thigh", "knee", "leg", "ankle", "foot", "toe")
_SEGMENT: Final = lookup("""
thigh: thigh, hip, groin
knee: knee, popliteal, patella
leg: leg, calf, shin
ankle: ankle, malleolus, malleoli, achilles
foot: foot, dorsum, heel, sole, arch
toe: toe, hallux, toes, web
""")
_FACE: Final = re.compile(r"\b(anterior|posterior|medial|lateral|anterolateral|anteromedial|posterolateral|posteromedial)\b")
_BARE: Final = frozenset({*_SEGMENTS, "malleolus", "calf", "shin", "lower leg"})
_ENDS: Final = {"lateral": ("5th", "4th"), "posterior": ("heel", "popliteal"), "anterior": ("dorsum",)}
"""Where a face of the limb ends without being named."""
_ASIDE: Final = re.compile(r"\b(?:circumferential(?:ly)?|all\s+(?:round|around))\b")


def without_asides(text: str) -> str:
    """A place without words that only say that it goes all round, and without "below the knee" after a face of the leg."""
    bare = _ASIDE.sub("", text).strip()
    if above := _ABOVE_KNEE.match(plain(bare)):
        bare = f"lower {above['face']} thigh"
    low = fold(bare)
    return _BELOW_KNEE.sub("", plain(bare)).strip() if _FACE.search(low) and _BELOW_KNEE.search(plain(bare)) else bare


def below(text: str) -> str | None:
    """The group of skin that a wording such as "ankle down" takes in, or None."""
    low = plain(text).strip()
    match = _DOWN.match(low)
    if match:
        return _DOWN_FROM.get(fold(match["place"] or match["under"]))
    return None


def span(text: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    """The names of all places that a range takes in: its ends and what lies between; empty where it is none."""
    match = _FROM_TO.match(plain(text).strip())
    if not match or noise.is_list(text):
        return ()
    one, two = match["one"].strip(), match["two"].strip()
    ends = (fold(one), fold(two))
    for first, last in (ends, ends[::-1]):
        if (first, last) in _BETWEEN:
            return (_BETWEEN[first, last],)
        if first in _TOES and last in _DOWN_FROM:
            return (_DOWN_FROM[last],)
    face = found[1] if (found := _FACE.search(ends[0])) else ""
    if face and ends[1] in _BARE and known(f"{face} {two}"):
        two = f"{face} {two}"
    if not (known(one) and known(two)):
        return ()
    # A line that leaves its face on the way, as from the lateral calf to the great toe, is known at its ends alone.
    stays = face in fold(two) if face else not _FACE.search(ends[1])
    inner = _inner(*ends) if stays or any(word in ends[1].split() for word in _ENDS.get(face, ())) else ()
    between = [name for part in inner if known(name := f"{face} {part}" if face else {"leg": "lower leg"}.get(part, part))]
    return (one, *between, two)


def _inner(one: str, two: str) -> tuple[str, ...]:
    """The segments of the limb between two places."""
    places = [next((_SEGMENTS.index(_SEGMENT[word]) for word in end.split()[::-1] if word in _SEGMENT), None) for end in (one, two)]
    if places[0] is None or places[1] is None:
        return ()
    first, last = sorted((places[0], places[1]))
    return _SEGMENTS[first + 1 : last]
