"""Accuracy and calibration on cases with a known answer, beside two baselines."""

from lasegue.evaluate.baselines import baseline_localizers
from lasegue.evaluate.benchmark import benchmark, cases_of
from lasegue.evaluate.calibration import ece, reliability
from lasegue.evaluate.cohort import CohortReport, evaluate_cohort
from lasegue.evaluate.evaluation import Report, evaluate
from lasegue.evaluate.figures import Figures, figures
from lasegue.evaluate.plot import reliability_plot
from lasegue.evaluate.rendering import as_dict, as_text, cohort_text, plot
from lasegue.evaluate.scoring import Row, score

__all__ = [
    "CohortReport",
    "Figures",
    "Report",
    "Row",
    "as_dict",
    "as_text",
    "baseline_localizers",
    "benchmark",
    "cases_of",
    "cohort_text",
    "ece",
    "evaluate",
    "evaluate_cohort",
    "figures",
    "plot",
    "reliability",
    "reliability_plot",
    "score",
]
