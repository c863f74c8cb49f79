"""The interval's members: the mean model where nothing is moved, and the same however many are weighed together."""

import numpy as np
import pytest

from lasegue.case import Case
from lasegue.inference import ensemble, posterior, redrawn
from lasegue.model import model
from lasegue.model.numbered import numbered
from lasegue.model.observe import observe
from patients import by_hand

MODEL = model()
CASES = by_hand(MODEL.knowledge)
SOME = ("two lesions", "reflexes", "all others normal")


@pytest.mark.parametrize("name", SOME)
def test_members_that_nothing_moves_are_the_mean_model(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for spread in ("THRESHOLD_SPREAD", "RATE_SPREAD", "PRIOR_SPREAD", "WORTH"):
        monkeypatch.setattr(ensemble, spread, 0.0)
    monkeypatch.setattr(redrawn, "SHARES_SPREAD", 0.0)
    evidence = observe(MODEL, CASES[name])
    found = posterior(MODEL, CASES[name], evidence)
    alive = ensemble.alive_rows(found)
    joint = ensemble.member_joint(MODEL, evidence, found, alive, 3, seed=1)
    # single precision may put what lies half way between two places of the grid on the other one
    assert joint == pytest.approx(np.broadcast_to((found.prior * found.likelihood)[alive], joint.shape), rel=0.02)


@pytest.mark.parametrize("name", SOME)
def test_the_members_are_the_same_however_many_are_weighed_together(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    case: Case = CASES[name]
    evidence = observe(MODEL, case)
    found = posterior(MODEL, case, evidence)
    alive = ensemble.alive_rows(found)
    joint = ensemble.member_joint(MODEL, evidence, found, alive, 20)
    monkeypatch.setattr(ensemble, "AT_ONCE", 7)
    # sums of single precision in another order
    assert ensemble.member_joint(MODEL, evidence, found, alive, 20) == pytest.approx(joint, rel=0.02)


def test_quantiles_are_those_of_numpy() -> None:
    values = np.random.default_rng(3).random((64, 5))
    mine = ensemble._quantiles(values, (0.0, 0.05, 0.5, 0.95, 1.0))
    assert np.array(mine) == pytest.approx(np.quantile(values, (0.0, 0.05, 0.5, 0.95, 1.0), axis=0, method="weibull"))


def test_numbers_that_occur_are_numbered_anew() -> None:
    values = np.array([[7, 2, 7], [9, 2, 0]])
    used, place = numbered(values, 12)
    assert used.tolist() == [0, 2, 7, 9]
    assert (used[place] == values).all()
