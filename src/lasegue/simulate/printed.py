"""What the origin documents print of roots, movements and reflexes, restated: to be set beside what the wiring gives."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class PrintedRoot:
    """One line of a printed root table: where it hurts, where feeling goes, what weakens, which reflex goes."""

    roots: tuple[str, ...]
    pain: str
    sensation: str
    weakness: str
    reflexes: str
    note: str = ""


ROOT_TABLE: Final = (
    PrintedRoot(("L1",), "groin", "groin", "hip flexion", "none", "very uncommon"),
    PrintedRoot(
        ("L2", "L3", "L4"),
        "back to the front of the thigh; inner lower leg",
        "front of the thigh, inner lower leg",
        "hip flexion, hip adduction, knee extension",
        "knee jerk",
        "mostly older people with stenosis",
    ),
    PrintedRoot(
        ("L5",),
        "back to buttock, outer thigh, top of the foot, great toe",
        "outer calf, top of the foot, first web space",
        "hip abduction, knee flexion, dorsiflexion, eversion and inversion of the foot",
        "none",
        "the commonest",
    ),
    PrintedRoot(
        ("S1",),
        "back to buttock, outer or back of the thigh, calf, outer foot or sole",
        "back of the calf, outer foot or sole",
        "hip extension, knee flexion, plantarflexion",
        "ankle jerk",
        "mostly from the L5-S1 disc",
    ),
    PrintedRoot(
        ("S2", "S3", "S4"),
        "sacrum or buttock to the back of the leg or the perineum",
        "inner buttock, perineum, around the anus",
        "little weakness; bladder, bowel and sexual function",
        "none",
        "uncommon",
    ),
)
"""The table of lumbosacral radiculopathies (doc_tables)."""
MYOTOMES: Final[dict[str, tuple[str, ...]]] = {
    "hip_flexion": ("L1", "L2"),
    "hip_adduction": ("L2", "L3"),
    "knee_extension": ("L3", "L4"),
    "ankle_dorsiflexion": ("L4", "L5"),
    "great_toe_extension": ("L5",),
    "ankle_eversion": ("L5", "S1"),
    "ankle_plantarflexion": ("S1", "S2"),
    "knee_flexion": ("S1", "S2"),
    "hip_extension": ("L5", "S1"),
    "toe_flexion": ("S2", "S3"),
    "toe_abduction": ("S2", "S3"),
}
"""Root values of movements (doc_revision); toe flexion and the small foot muscles are one line there."""
REFLEXES: Final[dict[str, tuple[str, ...]]] = {
    "knee": ("L3", "L4"),
    "ankle": ("S1", "S2"),
    "cremasteric": ("L1", "L2"),
    "plantar": ("S1", "S2"),
    "anal_wink": ("S2", "S3", "S4"),
}
"""Root values of reflexes (doc_revision)."""
REFLEX_NERVES: Final = {"knee": "femoral", "ankle": "tibial", "cremasteric": "genitofemoral", "plantar": "tibial", "anal_wink": "pudendal"}
NERVES: Final = {
    "common_peroneal": "foot drop with feeling lost on the top of the foot; ankle jerk kept; how inversion fares is printed in two ways",
    "sciatic": "an L4 to S3 picture: sole and top of the foot lost, ankle jerk absent",
    "femoral": "quadriceps weak, knee jerk lost, front of the thigh and inner leg lost",
    "lateral_femoral_cutaneous": "burning on the outer thigh; no weakness, no reflex change",
    "obturator": "adduction (L2 to L4)",
    "tibial": "with the peroneal part of the sciatic everything below the knee (L4 to S3)",
}
"""What a lesion of a nerve does (doc_revision)."""


def printed_root(root: str) -> PrintedRoot | None:
    """The printed line that holds a root."""
    return next((line for line in ROOT_TABLE if root in line.roots), None)
