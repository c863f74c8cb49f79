"""The kinds of knowledge: one YAML file each, with the type of its records and the name of its lookup."""

from typing import Final

from lasegue.knowledge.claim import Claim, Conflict
from lasegue.knowledge.figure import Figure, Retired
from lasegue.knowledge.lesion import Cause, Composite, Lesion, SidePattern
from lasegue.knowledge.records import (
    HistoryItem,
    Investigation,
    Movement,
    MovementGroup,
    Muscle,
    MustAsk,
    Nerve,
    PainRegion,
    Question,
    Record,
    RedFlag,
    Reflex,
    Root,
    SkinBranch,
    SkinGroup,
    SkinSite,
    Source,
    SphincterItem,
    Test,
)

KINDS: Final[dict[str, type[Record]]] = {
    "sources": Source,
    "roots": Root,
    "nerves": Nerve,
    "skin_branches": SkinBranch,
    "muscles": Muscle,
    "movements": Movement,
    "movement_groups": MovementGroup,
    "reflexes": Reflex,
    "skin_sites": SkinSite,
    "skin_groups": SkinGroup,
    "patterns": SidePattern,
    "lesions": Lesion,
    "composites": Composite,
    "causes": Cause,
    "history": HistoryItem,
    "pain_regions": PainRegion,
    "tests": Test,
    "investigations": Investigation,
    "sphincter": SphincterItem,
    "red_flags": RedFlag,
    "questions": Question,
    "must_ask": MustAsk,
    "evidence": Figure,
    "claims": Claim,
    "conflicts": Conflict,
    "retired": Retired,
}
