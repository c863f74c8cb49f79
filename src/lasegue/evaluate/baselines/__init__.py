"""Two simple localisers to stand beside the program: a vote with a textbook's root table, and a decision flow."""

from lasegue.evaluate.baselines.decision_flow import flow
from lasegue.evaluate.baselines.reading import BASELINES, baseline_localizers
from lasegue.evaluate.baselines.root_table import vote

__all__ = ["BASELINES", "baseline_localizers", "flow", "vote"]
