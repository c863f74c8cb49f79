"""The same reduced network here, in pyAgrum and in pgmpy; that they agree is part of the table."""

import logging
import warnings
from functools import partial
from typing import Any

import numpy as np
from timing import Table, took

from lasegue.inference.focus import focus
from lasegue.inference.posterior import case_background, case_prior, row_likelihood
from lasegue.model import model
from lasegue.model.observe import observe
from oracle import Oracle
from test_agrum import LEFT_ONLY, kept_rows, network

CLOSE = 1e-9


def against_others() -> Table:
    """The posterior of the rows, networks built beforehand. Raises RuntimeError where two of the three differ."""
    used, rows, keep = model(), [], np.array(kept_rows())
    oracle = Oracle(used)
    for name, case in LEFT_ONLY.items():
        evidence = observe(used, case)
        net, seen = network(oracle, case, evidence)
        asked = {"pyAgrum": partial(_pyagrum, net, seen), "pgmpy": partial(_pgmpy, _as_pgmpy(net), seen)}
        small, told = focus(used, evidence, keep)
        weigh = partial(row_likelihood, small, told, case_background(case))
        mine, _ = took(weigh)
        found = case_prior(used, case, "specialist")[keep] * weigh()[0]
        found = found / found.sum()
        row, apart = [name, f"{mine:.2f}"], 0.0
        for ask in asked.values():
            other, _ = took(ask)
            row += [f"{other:.2f}", f"{other / mine:.0f}"]
            apart = max(apart, float(np.abs(found - ask()).max()))
        if apart > CLOSE:
            raise RuntimeError(f"{name}: posteriors differ by {apart:.0e}")
        rows.append([*row, f"{apart:.0e}"])
    head = ["case", "Lasegue ms", "pyAgrum ms", "times", "pgmpy ms", "times", "largest difference"]
    return "The same reduced network (one side, 6 lesions) in pyAgrum and pgmpy, networks built beforehand, wall time", head, rows


def _pyagrum(net: Any, seen: dict[str, int]) -> Any:
    """By pyAgrum's lazy propagation."""
    import pyagrum

    inference = pyagrum.LazyPropagation(net)
    inference.setEvidence(seen)
    inference.makeInference()
    return inference.posterior("row").toarray()


def _pgmpy(inference: Any, seen: dict[str, int]) -> Any:
    """By pgmpy's variable elimination."""
    return inference.query(["row"], evidence=seen, show_progress=False).values


def _as_pgmpy(net: Any) -> Any:
    """Variable elimination on pyAgrum's network, handed over table by table."""
    logging.getLogger("pgmpy").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pgmpy.factors.discrete import TabularCPD
        from pgmpy.inference import VariableElimination
        from pgmpy.models import DiscreteBayesianNetwork

    given = {name: [net.variable(p).name() for p in net.parents(name)] for name in net.names()}
    size = {name: net.variable(name).domainSize() for name in given}
    made = DiscreteBayesianNetwork([(parent, name) for name, parents in given.items() for parent in parents])
    made.add_nodes_from(given)
    for name, parents in given.items():
        table = net.cpt(name)
        axes = list(reversed(table.names))  # pyAgrum's arrays have the last name first
        values = np.transpose(table.toarray(), [axes.index(one) for one in (name, *parents)]).reshape(size[name], -1)
        made.add_cpds(TabularCPD(name, size[name], values, parents, [size[parent] for parent in parents]))
    return VariableElimination(made)
