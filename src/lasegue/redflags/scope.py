"""Who is outside what the ranking was made for: banners, and the two reasons not to rank at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Final

from lasegue.errors import KnowledgeError
from lasegue.knowledge import load
from lasegue.knowledge.conditions import Alternative, alternative_faults, read
from lasegue.redflags.reading import Reader


@dataclass(frozen=True, slots=True)
class ScopeNote:
    """A banner: what about the patient is outside the ranking's reach, and what follows from it."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Banner:
    """A note and when it is shown; with `refuses` nothing is ranked."""

    id: str
    text: str
    when: Sequence[Sequence[str]]
    refuses: bool = False


_LOW_BACK: Final = ("pain:low_back", "history:back_pain")
"""Below the cord's end: after a fall with pain there, sphincter trouble alone is the cauda equina's until shown otherwise."""
_SPINAL_INJURY: Final = (
    ("history:road_accident",),
    ("history:fall_injury", "pain:thoracic_back"),
    ("history:fall_injury", "test:spinal_percussion_tenderness"),
    ("result:mri_lumbar:fracture",),
    ("result:ct_lumbar:fracture",),
    ("result:xray_lumbar:fracture",),
)
_CORD: Final = (
    "test:sensory_level",
    "power:any:weak:bilateral",
    "result:mri_spine:cord_compression",
    "result:mri_spine:cord_lesion",
)
_INJURY: Final = ("history:fall_injury", "history:road_accident", "history:knee_dislocation", "test:leg_wound")
_ACUTE: Final = "unless:onset:slow"
_SUDDEN: Final = (_ACUTE, "unless:onset:weeks", "unless:setting:inpatient")
"""What begins over weeks is no acute injury of the cord, though an injury may have gone before. On the ward the spine has been protected
and imaged, and where in cord, conus or cauda the lesion lies is a fair question: the ranking comes with the banner on injuries."""

BANNERS: Final = (
    Banner(
        "under_12",
        "Under 12: no ranking, because power, sensation and reflexes cannot be read as in adults. Only dangers and what to ask are shown; "
        "a child with leg signs needs a paediatric assessment.",
        (("age:<12",),),
        refuses=True,
    ),
    Banner(
        "acute_cord_injury",
        "Possible acute injury of the spinal cord: no ranking, because this program was not made for it. Protect the spine, call the "
        "emergency team and record the level with the international examination (ISNCSCI).",
        (
            *((*injury, cord, *_SUDDEN) for injury, cord in product(_SPINAL_INJURY, (*_CORD, "sphincter:any"))),
            *(("history:fall_injury", spine, cord, *_SUDDEN) for spine, cord in product(_LOW_BACK, _CORD)),
            ("history:fall_injury", "test:sensory_level", *_SUDDEN),
        ),
        refuses=True,
    ),
    Banner(
        "under_16",
        "Under 16: the ranking was made for adults. Hip disease, infection, tumour and a tethered cord come first at this age.",
        (("age:<16",),),
    ),
    Banner(
        "pregnant",
        "Pregnancy or recent birth: outside what the ranking was made for. Tell the obstetric team; pelvic pressure, an epidural and the "
        "lithotomy position change what is likely.",
        (("setting:obstetric",), ("history:pregnancy",), ("history:labour",), ("history:caesarean",)),
    ),
    Banner(
        "postoperative",
        "After an operation: outside what the ranking was made for. Tell the team that operated; haematoma, ischaemia, compartment "
        "syndrome and a block that has not worn off come first.",
        (("setting:postoperative",),),
    ),
    Banner(
        "trauma",
        "After an injury: outside what the ranking was made for. Fracture, dislocation, arterial injury and an unstable spine come first.",
        tuple((injury, _ACUTE) for injury in _INJURY),
    ),
)


@cache
def _when() -> tuple[tuple[Banner, tuple[Alternative, ...]], ...]:
    faults = [fault for banner in BANNERS for fault in alternative_faults(f"scope: {banner.id}", banner.when, load())]
    if faults:
        raise KnowledgeError(faults)
    return tuple((banner, read(banner.when)) for banner in BANNERS)


def banners(reader: Reader) -> Iterator[Banner]:
    """The banners of a case. An age that is not stated raises none."""
    for banner, when in _when():
        if banner.id in reader.case.scope or any(reader.holds(one) is not None for one in when):
            yield banner
