"""Case and model to posterior: exact, no sampling, no I/O."""

from lasegue.inference.engine import posterior, switch_off, switch_on, switched_on
from lasegue.inference.origins import Disc, disc_roots, discs, root_marginals
from lasegue.inference.pairs import Pair
from lasegue.inference.posterior import DEFAULT_SETTING, Posterior

__all__ = [
    "DEFAULT_SETTING",
    "Disc",
    "Pair",
    "Posterior",
    "disc_roots",
    "discs",
    "posterior",
    "root_marginals",
    "switch_off",
    "switch_on",
    "switched_on",
]
