"""What the name of an area, a level beside one item, and a report that says one thing twice may tell."""

from typing import Any

import pytest

from lasegue.case import read_case
from lasegue.inference import Posterior, posterior
from lasegue.model import model
from lasegue.model.observe import observe


def found(case: dict[str, Any]) -> Posterior:
    read = read_case(case)
    return posterior(model(), read, observe(model(), read))


def share(result: Posterior, lesion: str) -> float:
    return sum(float(p) for row, p in enumerate(result.probability) if model().lesions[model().rows.lesion[row]].id == lesion)


@pytest.mark.parametrize(("label", "own", "wider"), [("L3-L4", "root.L3+L4", "root.L2+L3+L4"), ("L5", "root.L5", "root.L5+S1")])
def test_who_names_roots_has_not_thought_of_the_next_one(label: str, own: str, wider: str) -> None:
    """The same skin tells less for the wider set when the examiner has given it the narrower name."""
    read = read_case({"side": "left", "sensory": [{"site": f"{label} dermatome", "finding": "reduced"}]})
    named = observe(model(), read)
    called = [term for term in named.rows if term.key.startswith("called:")]
    assert len(called) == 1
    rate = dict(zip([model().lesions[k].id for k in model().rows.lesion], called[0].rows, strict=True))
    assert rate[own] > rate["nerve.common_peroneal.fibular_neck"]
    assert rate[own] > rate[wider]


def test_a_name_given_twice_counts_once() -> None:
    twice = {
        "side": "left",
        "sensory": [{"site": "L5 dermatome", "finding": "reduced"}, {"site": "L5 dermatome", "finding": "paraesthesia"}],
    }
    assert sum(term.key.startswith("called:") for term in observe(model(), read_case(twice)).rows) == 1


def test_normal_skin_gets_its_name_from_the_protocol() -> None:
    normal = {"side": "left", "sensory": [{"site": "L5 dermatome", "finding": "normal"}]}
    assert not any(term.key.startswith("called:") for term in observe(model(), read_case(normal)).rows)


def test_a_level_belongs_to_its_own_item() -> None:
    """An old S1 sciatica does not make an operation on the spine one of S1."""
    drop = {"side": "left", "setting": "postoperative", "power": [{"movement": "great toe extension", "grade": 1}]}
    alone = found({**drop, "history": ["lumbar fusion"]})
    beside = found({**drop, "history": ["lumbar fusion", "S1 sciatica years ago"]})
    assert share(beside, "root.L5") > 0.5 * share(alone, "root.L5")


def test_a_disc_that_touches_a_root_is_one_finding() -> None:
    palsy = {"side": "left", "power": [{"movement": "ankle dorsiflexion", "grade": 2}, {"movement": "ankle eversion", "grade": 3}]}
    touching = found({**palsy, "investigations": [{"test": "MRI lumbar", "result": "left L4-5 protrusion touching L5"}]})
    keys = [key for key in touching.population if key.startswith("investigations")]
    assert len(keys) == 1
