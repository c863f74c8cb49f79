"""Case and model to posterior: exact, no sampling, no I/O."""

from lasegue.inference.origins import Disc, discs, root_marginals
from lasegue.inference.pairs import Pair
from lasegue.inference.posterior import DEFAULT_SETTING, Posterior, posterior

__all__ = ["DEFAULT_SETTING", "Disc", "Pair", "Posterior", "discs", "posterior", "root_marginals"]
