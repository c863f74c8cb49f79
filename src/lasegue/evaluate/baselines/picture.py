"""What a decision flow looks at: the findings of a case as sets of names, both sides thrown together."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lasegue.case.model import Case, Power, Sense
from lasegue.evaluate.baselines.abnormal import abnormal_power, abnormal_reflex, abnormal_sense, abnormal_sphincter, normal_power
from lasegue.evaluate.baselines.root_table import RootTable, named_roots, root_table

SADDLE = frozenset({"perianal", "perianal_outer", "perineum_mid", "genital_posterior", "saddle_inner_thigh"})
WHOLE_LIMB = 4  # a finding spread over more movements than this does not say which are weak


@dataclass(frozen=True, slots=True)
class Picture:
    """The findings that a flow chart asks about; `sides` are those on which anything is abnormal."""

    weak: frozenset[str]
    strong: frozenset[str]
    weak_all_over: bool
    numb: frozenset[str]
    labels: tuple[str, ...]
    lost_reflexes: frozenset[str]
    upper_motor: bool
    pain: frozenset[str]
    positive: frozenset[str]
    history: frozenset[str]
    saddle: bool
    bladder_or_bowel: bool
    sides: frozenset[str]

    @property
    def bilateral(self) -> bool:
        """Whether both sides are affected."""
        return {"left", "right"} <= self.sides


def _names(table: RootTable, findings: Iterable[Power]) -> frozenset[str]:
    named = [table.movement_of(power) for power in findings]
    return frozenset(name for movements in named if len(movements) <= WHOLE_LIMB for name, _ in movements)


def _of_the_saddle(sense: Sense) -> bool:
    """Whether a patch lies for the most part in the saddle, so that numbness of a whole leg is not taken for it."""
    return 2 * sum(share for site, share in sense.sites if site in SADDLE) > sum(share for _, share in sense.sites)


def _sides(case: Case) -> frozenset[str]:
    found: list[Any] = [p.side for p in case.power if abnormal_power(p)]
    found += [s.side for s in case.sense if abnormal_sense(s)]
    found += [r.side for r in case.reflexes if abnormal_reflex(r)]
    found += [p.side for p in case.pain if p.present and not {name for name, _ in p.regions} <= {"low_back", "sacrum_coccyx"}]
    return frozenset(side for side in found if side)


def picture(case: Case) -> Picture:
    """Gather the findings of a case."""
    table = root_table()
    weak = [p for p in case.power if abnormal_power(p)]
    numb = [s for s in case.sense if abnormal_sense(s)]
    trouble = {s.item.split(".")[0] for s in case.sphincter if abnormal_sphincter(s)}
    told = frozenset(h.item for h in case.history if h.present)
    pain = {region for p in case.pain if p.present for region, _ in p.regions} | ({"low_back"} if "back_pain" in told else set())
    trouble |= told
    sites = frozenset(site for s in numb for site, _ in s.sites)
    positive = frozenset(t.test for t in case.tests if t.value == "positive" and not t.past)
    return Picture(
        weak=_names(table, weak),
        strong=_names(table, filter(normal_power, case.power)),
        weak_all_over=any(len(table.movement_of(p)) > WHOLE_LIMB for p in weak),
        numb=sites,
        labels=tuple(root for s in numb for root in named_roots(s.label_root)),
        lost_reflexes=frozenset(r.reflex for r in case.reflexes if abnormal_reflex(r)),
        upper_motor=any(r.value in ("upgoing", "clonus") for r in case.reflexes) or "clonus" in positive,
        pain=frozenset(pain),
        positive=positive,
        history=told,
        saddle=bool(trouble & {"saddle_sensation", "saddle_numbness"}) or any(map(_of_the_saddle, numb)),
        bladder_or_bowel=bool(trouble & {"bladder", "bowel", "bladder_change", "bowel_change"}),
        sides=_sides(case),
    )
