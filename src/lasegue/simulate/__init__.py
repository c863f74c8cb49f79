"""The model run forward: what a lesion does, what separates two, the textbook's tables, and simulated patients."""

from lasegue.simulate.cards import Card
from lasegue.simulate.cohort import Cohort, cases, cohort_table, draw
from lasegue.simulate.cohort_file import write_cohort
from lasegue.simulate.compare import Comparison, Separator, compare, compare_dict
from lasegue.simulate.expected import SEVERITIES, Expected, Likely, expected, expected_dict
from lasegue.simulate.naming import lesion_of
from lasegue.simulate.show import show, show_dict
from lasegue.simulate.text import compare_text, expected_text, show_text, table_text
from lasegue.simulate.textbook import TABLES, table
from lasegue.simulate.trial import Calibration, Confusion, calibration, calibration_dict, confusion, confusion_dict

__all__ = [
    "SEVERITIES",
    "TABLES",
    "Calibration",
    "Card",
    "Cohort",
    "Comparison",
    "Confusion",
    "Expected",
    "Likely",
    "Separator",
    "calibration",
    "calibration_dict",
    "cases",
    "cohort_table",
    "compare",
    "compare_dict",
    "compare_text",
    "confusion",
    "confusion_dict",
    "draw",
    "expected",
    "expected_dict",
    "expected_text",
    "lesion_of",
    "show",
    "show_dict",
    "show_text",
    "table",
    "table_text",
    "write_cohort",
]
