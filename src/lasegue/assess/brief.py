"""The short answer, for a table of many cases: where the lesion may be and what must not be missed, without reasons and next steps."""

from dataclasses import replace

import numpy as np

from lasegue.assess.assessment import Assessment
from lasegue.assess.parts import ODD, no_ranking, unused_of
from lasegue.assess.ranking import rank
from lasegue.case import Case
from lasegue.explain import others, surprise, tail
from lasegue.inference import DEFAULT_SETTING, Posterior, posterior, switched_on
from lasegue.inference.recalled import chance
from lasegue.model import UNLISTED, Model, model
from lasegue.model.observe import Evidence, observe, unknown_side
from lasegue.redflags import raise_flags


def brief(case: Case, *, setting: str | None = None, map_: str | None = None) -> Assessment:
    """Red flags, ranking, families, roots, surprise, and what was not used."""
    flags = raise_flags(case)
    who = setting or case.setting or DEFAULT_SETTING
    if not flags.may_rank:
        return no_ranking(case, flags, who)
    anatomy = model(map_)
    evidence = observe(anatomy, case)
    found = posterior(anatomy, case, evidence, who)
    ranking = rank(anatomy, found, unknown_side(case))
    leader = int(np.argmax(found.probability))
    listed = anatomy.lesions[anatomy.rows.lesion[leader]].id != UNLISTED
    # recalling pays in a long batch only: until most findings have been met, each costs more than it saves
    odd = (_surprise if listed and switched_on() else surprise)(anatomy, evidence, found, leader)
    return replace(
        no_ranking(case, flags, who),
        ranking=ranking.rows,
        pairs=ranking.pairs,
        rest=ranking.rest,
        families=ranking.families,
        roots=ranking.roots,
        explained=listed and odd >= ODD,
        surprise=odd,
        unused=unused_of(case, evidence),
    )


def _surprise(anatomy: Model, evidence: Evidence, found: Posterior, leader: int) -> float:
    """As `explain.surprise`, from what is recalled of each finding."""
    sided = [(name, term) for name in ("left", "right") for term in evidence.side(name)]
    back = found.background
    chances = [[float(chance(anatomy, name, value)[leader] @ back) for value in (term, *others(term))] for name, term in sided]
    return tail([*chances, *([float(chance(anatomy, "", term)[leader] @ back)] for term in evidence.mid)])
