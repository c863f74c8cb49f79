"""Scans: of which part of the body one is. A scan of one part says nothing of another."""

import re
from collections.abc import Sequence
from typing import Final

from lasegue.names.fold import fold, plain
from lasegue.names.levels import split_roots
from lasegue.names.sides import split_side

ANYWHERE: Final = re.compile(r"^(?:mri?|ct|x[\s-]?rays?|ultrasound|uss?|scan|imaging|radiographs?)$")
"""The name of a scan that does not say of what."""
_PLACES: Final = re.compile(
    r"\b(?:brain|head|pelvi[sc]|plexus|thigh|knee|hip|foot|ankle|calf|whole spine|thoracic|cervical|abdom\w+|lumbar|lumbosacral)\b"
)
_VERTEBRAL: Final = re.compile(
    r"\b(?:[ls][1-5]|disc|vertebrae?|pedicles?|laminae?|facets?|foram\w+|canal|thecal sac|roots?|transverse process)\b"
)
_NERVE: Final = re.compile(r"\bnerves?\b|\bcpn\b|\bfibular (?:head|neck)\b|\btarsal tunnel\b")
_VEINS: Final = re.compile(r"\bdvt\b|\bvein|\bvenous\b|\bthromb")
_SCAN: Final = re.compile(r"^\s*((?:mri?|ct)(?:\s+scan)?(?:\s+of)?(?:\s+the)?)\s+(.+)$", re.IGNORECASE)
_WITH: Final = re.compile(r"\s*(?:,|&|\+|/|\band\b)\s*", re.IGNORECASE)
_SAYS_NOTHING: Final = frozenset(
    "scan image imaging with without contrast of test study result and urgent emergency repeat on at gadolinium gd in to sequence report "
    "dated date done performed yesterday today recent latest last previous old new again initial follow up private outside t1 t2 stir "
    "flair weighted 3t 15t enhanced plain view finding shows show showed january february march april may june july august september "
    "october november december from for by high resolution nerve open upright standing weight bearing left right both bilateral".split()
)
_LIMB: Final = frozenset(
    "knee ankle foot heel popliteal fossa peroneal head neck tarsal tunnel tibial sciatic femoral sural calf leg".split()
)
"""Parts that an ultrasound of a nerve may be of."""
_SINGLE: Final = frozenset({"mri", "mr", "ct", "us", "uss", "ultrasound", "myelogram", "myelography", "duplex", "dwi"})

_SPINE: Final = re.compile(r"(?:whole |total |entire )?spine")
_IS_PART: Final = re.compile(
    r"(?:the )?(?:brain|head|(?:(?:whole|total|entire|cervical|thoracic|lumbar|lumbosacral|ls|l) )?spine|cervical|thoracic|lumbar"
    r"|lumbosacral|(?:spinal )?cord|plexus|lumbosacral plexus|pelvis|thigh|knee|leg|calf|foot|ankle|hip)"
)


def of_what(name: str, report: str) -> str:
    """The name of a scan with the part of the body that its report speaks of, where the name says none."""
    bare, told = plain(name).strip(), plain(report)
    if not ANYWHERE.match(bare):
        return name
    if bare in {"us", "uss", "ultrasound"}:
        return "venous ultrasound" if _VEINS.search(told) else "nerve ultrasound" if _NERVE.search(told) else "ultrasound"
    place = _PLACES.search(told)
    return f"{name} {place.group() if place else 'lumbar' if _VERTEBRAL.search(told) else ''}".strip()


def speaks_of_more(found: Sequence[str], name: Sequence[str]) -> bool:
    """Whether the words of a scan's name go beyond the study found in it: "MRI liver" is no "MRI"."""
    if not (len(found) == 1 and found[0] in _SINGLE):
        return False
    said = _SAYS_NOTHING | _LIMB if found[0] == "ultrasound" else _SAYS_NOTHING
    _, rest = split_roots(" ".join(word for word in name if word not in found))
    return any(not word.isdigit() and word not in said for word in fold(split_side(rest)[0]).split())


def several(name: str) -> tuple[str, ...]:
    """The scans of a list of parts: "MRI brain and spine" is of the brain, of the whole spine and of the lumbar spine."""
    said = _SCAN.match(name)
    parts = [part for part in _WITH.split(said[2]) if part] if said else []
    if said is None or len(parts) < 2 or not all(_IS_PART.fullmatch(plain(part).strip()) for part in parts):
        return ()
    spine = [f"{said[1]} {part}" for part in parts if not _SPINE.fullmatch(plain(part).strip())]
    return tuple([*spine, f"{said[1]} whole spine", f"{said[1]} lumbar spine"] if len(spine) < len(parts) else spine)
