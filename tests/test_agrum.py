"""A reduced model as a Bayesian network with every latent a node of its own: pyAgrum gives the engine's posterior.

One side, a few rows, a few findings. The tables are the oracle's; the sums are pyAgrum's, which knows nothing of this project.
"""

import warnings
from collections.abc import Callable

import numpy as np
import pytest

from lasegue.case.model import Case, Tempo
from lasegue.inference.focus import focus
from lasegue.inference.posterior import case_background, case_prior, row_likelihood
from lasegue.model import model, tables
from lasegue.model.observe import Evidence, observe
from lasegue.model.terms import PotentialTerm, RateTerm, ReflexTerm, SenseTerm
from lasegue.wiring import ANATOMY_SHARE, MAP_SHARE
from oracle import Array, Oracle, backgrounds, prior_of
from oracle_sides import Hurt
from patients import power, reflex, rest, sense, sign, study, told

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its C++ bindings warn of themselves under some Pythons
    import pyagrum as gum

LESIONS = ("root.L5", "root.S1", "plexus.lumbosacral_trunk", "nerve.common_peroneal.fibular_neck", "nerve.sciatic.buttock", "none")
CLOSE = 1e-9
# latent: axis among (motor x, sensory x, anatomy, map, background, reliability of power, of sensation)
AXES = {"motor": 0, "sensory": 1, "anatomy": 2, "map": 3, "background": 4, "care_power": 5, "care_sense": 6}
SEES = {
    RateTerm: (),
    ReflexTerm: ("motor", "sensory", "anatomy", "background"),
    SenseTerm: ("sensory", "anatomy", "map", "background", "care_sense"),
    PotentialTerm: ("sensory", "anatomy", "map", "background"),
}
FOR_POWER = ("motor", "anatomy", "background", "care_power")
LEFT_ONLY = {
    "power and skin": Case(
        age=58,
        sex="M",
        power=(power("ankle_dorsiflexion", 3), power("hip_abduction", 4), power("ankle_inversion_plantarflexed", 5)),
        sense=(sense("web1", "reduced"), sense("heel_lateral", "normal")),
    ),
    "reflexes and story": Case(
        age=72,
        sense=(sense("dorsum_proximal", "paraesthesia"),),
        reflexes=(reflex("ankle", "absent"), reflex("knee", "normal")),
        history=(told("diabetes"),),
    ),
    "studies and tests": Case(
        tempo=Tempo(duration_days=60),
        power=(power("great_toe_extension", 2), rest()),
        tests=(sign("tinel_fibular"),),
        investigations=(study("snap_sural", "reduced"), study("needle_emg", "denervation", muscle="tibialis_anterior")),
    ),
}


def kept_rows() -> list[int]:
    rows = model().rows
    return [r for r, k in enumerate(rows.lesion) if model().lesions[k].id in LESIONS and rows.side[r] in ("left", "bilateral")]


def conditional(hurts: list[Hurt], sees: tuple[str, ...], chance: Callable[[Hurt], Array]) -> Array:
    """P(seen | pattern, the latents that it sees), from one factor a pattern, spread over axes that the pattern does not see."""
    sizes = [
        {"motor": 5, "sensory": 5, "anatomy": len(ANATOMY_SHARE), "map": len(MAP_SHARE), "background": 3, "care_power": 2, "care_sense": 2}[
            n
        ]
        for n in sees
    ]
    found = []
    for hurt in hurts:
        factor = chance(hurt)
        for axis in (axis for name, axis in AXES.items() if name not in sees):
            assert np.ptp(factor, axis=axis).max() == 0.0
            factor = factor.take([0], axis=axis)
        found.append(np.broadcast_to(factor.reshape([factor.shape[AXES[name]] for name in sees]), sizes))
    return np.stack(found)


def fill(net: "gum.BayesNet", name: str, parents: tuple[str, ...], table: Array) -> None:
    """A node with P(node | parents), parents' axes first."""
    net.add(gum.LabelizedVariable(name, name, table.shape[-1]))
    for parent in parents:
        net.addArc(parent, name)
    order = list(net.cpt(name).names)  # the node itself, then its parents
    for states in np.ndindex(*table.shape[:-1]):
        net.cpt(name)[dict(zip(parents, map(int, states), strict=True))] = table[states].tolist()
    assert set(order) == {name, *parents}


def network(oracle: Oracle, case: Case, evidence: Evidence) -> "tuple[gum.BayesNet, dict[str, int]]":
    """The left side of the body under the kept rows. Right sides are free: nothing was found on them."""
    rows = kept_rows()
    forms = [(n, form) for n, r in enumerate(rows) for form in oracle.rows[r].forms]
    prior = prior_of(oracle.rows, case, "specialist")[rows]
    net = gum.BayesNet("left side")
    fill(net, "row", (), prior / prior.sum())
    fill(net, "form", ("row",), np.array([[form.share * (n == m) for m, form in forms] for n in range(len(rows))]))
    levels = np.stack([oracle.severity[oracle.rows[r].lesion.id] for r in rows])
    motor = levels.sum(axis=2)
    fill(net, "motor", ("row",), motor)
    fill(net, "sensory", ("row", "motor"), np.where(motor[..., None] > 0, levels / np.where(motor > 0, motor, 1.0)[..., None], 0.2))
    shares = (ANATOMY_SHARE, MAP_SHARE, backgrounds(case), np.array(tables.RELIABILITY_POWER), np.array(tables.RELIABILITY_SENSE))
    for name, share in zip(("anatomy", "map", "background", "care_power", "care_sense"), shares, strict=True):
        fill(net, name, (), share)
    hurts = [oracle.hurts[form.left] for _, form in forms]
    seen = {}
    for n, term in enumerate(evidence.left):
        sees = SEES.get(type(term), FOR_POWER)
        chance: Callable[[Hurt], Array] = lambda hurt, term=term: oracle.sides.factor(term, hurt)  # type: ignore[misc]  # noqa: E731
        table = conditional(hurts, sees, chance)
        fill(net, f"finding{n}", ("form", *sees), np.stack([1 - table, table], axis=-1))
        seen[f"finding{n}"] = 1
    for n, item in enumerate(evidence.rows):
        fill(net, f"told{n}", ("row",), np.stack([1 - item.rows[rows], item.rows[rows]], axis=-1))
        seen[f"told{n}"] = 1
    return net, seen


@pytest.mark.parametrize("name", sorted(LEFT_ONLY))
def test_pyagrum_gives_the_same_posterior(name: str) -> None:
    case, used = LEFT_ONLY[name], model()
    evidence = observe(used, case)
    assert evidence.left
    assert not evidence.right
    assert not evidence.mid
    net, seen = network(Oracle(used), case, evidence)
    inference = gum.LazyPropagation(net)
    inference.setEvidence(seen)
    inference.makeInference()
    theirs = inference.posterior("row").toarray()
    keep = np.array(kept_rows())
    small, told_small = focus(used, evidence, keep)
    likelihood, _ = row_likelihood(small, told_small, case_background(case))
    ours = case_prior(used, case, "specialist")[keep] * likelihood
    assert ours / ours.sum() == pytest.approx(theirs, abs=CLOSE)
    assert theirs.max() < 0.9999, "one row has it all: nothing is compared"


def test_the_network_tries_every_kind_of_term() -> None:
    tried = {type(term).__name__ for case in LEFT_ONLY.values() for term in observe(model(), case).left}
    assert tried >= {"MotorTerm", "StatementTerm", "SenseTerm", "ReflexTerm", "RateTerm", "NeedleTerm", "PotentialTerm"}
