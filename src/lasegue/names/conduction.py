"""Nerve conduction: which study a nerve and a response mean together. The response decides, for one nerve has several."""

import re
from typing import Final

from lasegue.names.fold import plain

_KINDS: Final = (
    ("h", re.compile(r"\bh[\s-]*(?:reflex(?:es)?|waves?|responses?)\b")),
    ("f", re.compile(r"\bf[\s-]*(?:waves?|responses?|latenc(?:y|ies))\b")),
    ("sensory", re.compile(r"\bs(?:n)?aps?\b|\bsensory\b|\bmixed\b")),
    ("motor", re.compile(r"\bcmaps?\b|\bmotor\b|\bdmls?\b|\bm[\s-]waves?\b")),
)
_BOTH_KINDS: Final = re.compile(r"\bsensor(?:y[\s-]*(?:and|/|&|\+)?[\s-]*motor|imotor)\b|\bmotor[\s-]*(?:and|/|&|\+)[\s-]*sensory\b")
_SENSORY: Final = {
    "sural": "snap_sural",
    "superficial_peroneal": "snap_superficial_peroneal",
    "common_peroneal": "snap_superficial_peroneal",
    "deep_peroneal": "snap_deep_peroneal",
    "saphenous": "snap_saphenous",
    "femoral": "snap_saphenous",
    "lateral_femoral_cutaneous": "snap_lateral_femoral_cutaneous",
    "tibial": "snap_medial_plantar",
    "medial_plantar": "snap_medial_plantar",
    "lateral_plantar": "snap_lateral_plantar",
}
_MOTOR: Final = {
    "common_peroneal": "ncs_peroneal_motor",
    "deep_peroneal": "ncs_peroneal_motor",
    "tibial": "ncs_tibial_motor",
    "medial_plantar": "ncs_tibial_motor",
    "lateral_plantar": "ncs_tibial_motor",
    "femoral": "ncs_femoral_motor",
}
_USUAL: Final = {
    **{nerve: _SENSORY[nerve] for nerve in ("sural", "superficial_peroneal", "saphenous", "lateral_femoral_cutaneous")},
    **{nerve: _SENSORY[nerve] for nerve in ("medial_plantar", "lateral_plantar")},
    **{nerve: _MOTOR[nerve] for nerve in ("common_peroneal", "deep_peroneal", "tibial", "femoral")},
}
"""What the study of a nerve is where the report does not say of which response."""
ALL_OF: Final = {"sensory": ("sural", "superficial_peroneal"), "motor": ("common_peroneal", "tibial")}
"""Nerves that "SNAPs" and "CMAPs" of the leg mean where none is named."""
ELSEWHERE: Final = re.compile(r"\b(?:upper|arms?|hands?|median|ulnar|radial|musculocutaneous|axillary|facial|phrenic)\b")
"""Nerves and limbs whose studies say nothing of the leg."""
CONCLUSION: Final = re.compile(
    r"\w*(?:neuropath|radiculopath|plexopath|myopath|neuronopath|ganglionopath)\w*|\b(?:motor neurone? disease|anterior horn\w*|als|mnd)\b"
    r"|\b(?:nerve|root|plexus) lesion\b|\bmononeuritis\b|\bamyotrophic\b|\b(?:axono|neuro)tmesis\b|\bneurapraxia\b"
    r"|\b(?:widespread|diffuse|generali[sz]ed) denervation\b"
)
"""What an electrodiagnostic report concludes, as against what one nerve or muscle shows."""


def kind_of(text: str) -> str | None:
    """Which response a wording speaks of: sensory, motor, h or f; None where it says none or sensory and motor alike."""
    words = plain(text)
    if _BOTH_KINDS.search(words):
        return None
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), None)


def study_of(nerve: str | None, kind: str | None) -> str | None:
    """The study of a nerve's response, or None where no such study is known."""
    if kind == "h":
        return "h_reflex"
    if kind == "f":
        return "f_waves"
    if nerve is None:
        return None
    return {"sensory": _SENSORY, "motor": _MOTOR, None: _USUAL}[kind].get(nerve)
