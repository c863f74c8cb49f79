"""The case that shows the typical findings of a lesion: what a textbook would write of it."""

from collections.abc import Iterator
from typing import Any, Final

from lasegue.case import Case, case_to_dict
from lasegue.knowledge import Knowledge
from lasegue.simulate.findings import TOLD, UNREMARKABLE, Finding, examined, joined, told

Chances = dict[tuple[str, str], dict[str, float]]
GRADED: Final = ("power", "sensation", "reflex")
SIGNS: Final = ("slr", "femoral_stretch")
"""Signs that stand in the case whatever they show."""
REFLEXES: Final = ("knee", "ankle", "plantar")
SITES: Final = 6
"""How many abnormal skin sites are written, those likeliest to be lost; the key points stand beside them."""
LIKELY: Final = 0.5
RAISED: Final = 1.5
"""A told item stands in the case when it is likelier than not and this much likelier than in people with leg complaints in general."""
PAINS: Final = 5
STORIES: Final = 6
BEST: Final = 2
"""So many of the told items that the lesion raises most stand there in any case, where it has at least `SOME` of them."""
SOME: Final = 0.25


def modal_case(knowledge: Knowledge, chances: Chances, side: str) -> Case:
    """The typical value of each finding of an ordinary examination, with the signs and the story that the lesion makes likely."""
    sides = ("left", "right") if side == "bilateral" else (side,)
    midline = {reflex.id for reflex in knowledge.reflexes if reflex.midline}
    parts: list[dict[str, Any]] = []
    for finding in _chosen(knowledge, chances):
        value = _value(finding, chances[finding.kind, finding.id])
        for one in sides if finding.sided and finding.id not in midline else sides[:1]:
            # one finding of both sides is one entry of the case file
            parts.append(finding.case(value, one, f"{finding.kind}.{finding.id}"))  # type: ignore[arg-type]
    return joined(iter(parts), side=side)


def _value(finding: Finding, chances: dict[str, float]) -> str:
    """The middle value of what has degrees (a grade that half of the patients exceed), the likeliest of the rest."""
    if finding.kind in ("history", "pain", "sphincter"):
        return "yes"
    if finding.kind in GRADED:
        below = 0.0
        for value, chance in chances.items():
            below += chance
            if below > LIKELY:
                return value
    return max(chances, key=lambda value: chances[value])


def _chosen(knowledge: Knowledge, chances: Chances) -> Iterator[Finding]:
    screened = {m.id for m in knowledge.movements if m.usual_screen}
    key_points = {s.id for s in knowledge.skin_sites if s.key_point}
    found = [f for f in examined(knowledge) if f.kind != "group"]
    lost = {f.id for f in _most_lost([f for f in found if f.kind == "sensation"], chances)}
    for finding in found:
        chance = chances[finding.kind, finding.id]
        abnormal = 1.0 - chance[UNREMARKABLE[finding.kind]]
        usual = {
            "power": finding.id in screened,
            "sensation": finding.id in key_points,
            "reflex": finding.id in REFLEXES,
            "test": finding.id in SIGNS,
        }
        shown = finding.id in lost if finding.kind == "sensation" else abnormal > LIKELY
        if usual.get(finding.kind, False) or shown:
            yield finding
    yield from _story(knowledge, chances)


def _most_lost(sites: list[Finding], chances: Chances) -> list[Finding]:
    abnormal = {f.id: 1.0 - chances[f.kind, f.id]["normal"] for f in sites}
    return [f for f in sorted(sites, key=lambda f: -abnormal[f.id]) if abnormal[f.id] > LIKELY][:SITES]


def _story(knowledge: Knowledge, chances: Chances) -> Iterator[Finding]:
    """What is told: the likeliest onset, and items that the lesion makes likely or raises most, one a story."""
    items = list(told(knowledge))
    yield next(f for f in items if f.id == "onset")
    for kind, most in (("history", STORIES), ("pain", PAINS)):
        mine = [f for f in items if f.kind == kind and f.values == TOLD]
        ratio = {f.id: chances[kind, f.id]["yes"] / (f.base or 1.0) for f in mine}
        raised = sorted(mine, key=lambda f: -ratio[f.id])
        best = [f for f in raised if chances[kind, f.id]["yes"] >= SOME and ratio[f.id] > RAISED][:BEST]
        likely = [f for f in raised if chances[kind, f.id]["yes"] > LIKELY and ratio[f.id] > RAISED]
        yield from _one_a_story(knowledge, list(dict.fromkeys((*best, *likely))))[:most]


def _one_a_story(knowledge: Knowledge, items: list[Finding]) -> list[Finding]:
    kept: dict[str, Finding] = {}
    for finding in items:
        record = knowledge.history_item.get(finding.id) if finding.kind == "history" else None
        kept.setdefault((record.story if record else "") or finding.id, finding)
    return list(kept.values())


def case_data(case: Case) -> dict[str, Any]:
    """The case as the data of a case file; what is the same on both sides is one entry."""
    data = case_to_dict(case)
    for key in ("sensory", "power", "reflexes", "tests", "pain"):
        if key in data:
            data[key] = list(_of_both(data[key]))
    return data


def _of_both(entries: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for number, entry in enumerate(entries):
        mirrored = {"left": entry | {"side": "right"}, "right": entry | {"side": "left"}}.get(str(entry.get("side")))
        if mirrored not in entries:
            yield entry
        elif entries.index(mirrored) > number:
            yield entry | {"side": "bilateral"}
