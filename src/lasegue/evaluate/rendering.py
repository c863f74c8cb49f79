"""The evaluation as plain data and as text."""

from dataclasses import asdict
from typing import Any

from lasegue.evaluate.calibration import Bin
from lasegue.evaluate.cohort import CohortReport
from lasegue.evaluate.coverage import Coverage
from lasegue.evaluate.evaluation import Report, Result
from lasegue.evaluate.figures import Figures
from lasegue.evaluate.plot import reliability_plot
from lasegue.evaluate.scoring import Row

COLUMNS = ("strict", "accepted", "top3", "p_gold", "logloss", "brier", "ece", "conf", "side")
NAME_WIDTH = 26
LEGEND = """strict: the first site is the answer. accepted: it, or one that is equally defensible. top3: such a one among the first three.
p_gold: probability given to the answer. logloss, brier: smaller is better. ece: calibration error; in brackets what a perfectly
calibrated model would show on as many cases (90 % limit). conf: mean probability of the first site. [ ]: 95 % sampling interval."""

SIMULATED = "These patients were drawn from the model itself: the figures show whether the sums are right, not whether the knowledge is."


def _groups(groups: dict[str, Figures]) -> dict[str, Any]:
    return {name: f.as_dict() for name, f in groups.items()}


def _result(result: Result) -> dict[str, Any]:
    return {"name": result.name, "figures": _groups(result.groups)}


def _coverage(c: Coverage) -> dict[str, Any]:
    return asdict(c) | {"share": c.share}


def as_dict(report: Report) -> dict[str, Any]:
    """The evaluation as plain data, ready for JSON."""
    return _result(report.result) | {
        "divisions": {name: _groups(groups) for name, groups in report.divisions.items()},
        "settings": {name: _groups(groups) for name, groups in report.settings.items()},
        "reliability": [asdict(b) | {"share": b.share} for b in report.table],
        "unused": {kind: _coverage(c) for kind, c in report.understood.items()},
        "baselines": [_result(baseline) for baseline in report.baselines],
        "cases": [asdict(row) for row in report.result.rows],
    }


def plot(report: Report) -> str:
    """The reliability plot of the evaluation, as SVG."""
    n = len(report.result.rows)
    return reliability_plot(report.table, f"Reliability of {report.result.name}", f"{n} cases with a known answer; bars: 95 % interval")


def _line(name: str, f: Figures) -> str:
    values = " ".join(f"{getattr(f, column):8.3f}" for column in COLUMNS)
    return f"{name:{NAME_WIDTH}s}{f.n:4d} {values}"


def _heading(title: str) -> str:
    return f"{title:{NAME_WIDTH}s}{'n':>4s} " + " ".join(f"{column:>8s}" for column in COLUMNS)


def _interval(f: Figures, name: str) -> str:
    low, high = f.intervals[name]
    return f"{name} {getattr(f, name):.2f} [{low:.2f}, {high:.2f}]"


def _intervals(name: str, f: Figures) -> str:
    parts = [_interval(f, column) for column in ("strict", "accepted", "logloss")]
    return f"  {name}: {', '.join(parts)}, ece {f.ece:.3f} (perfect: {f.ece_null:.3f}, 90 % {f.ece_null90:.3f})"


def cohort_text(report: CohortReport) -> str:
    """The evaluation on a simulated cohort as a page of text."""
    f, a = report.figures, report.alerts
    low, high = a.capture
    lines = [_heading(f"patients of {report.file}"[:NAME_WIDTH]), _line("all", f), _intervals("all", f).lstrip()]
    lines += ["", _heading("by true lesion"), *(_line(name, one) for name, one in report.families.items()), ""]
    lines += [f"emergencies with a red flag for today or sooner: {a.caught} of {a.emergencies} [{low:.2f}, {high:.2f}]"]
    lines += [f"other patients with such a flag: {a.alarmed} of {a.others}", f"patients that could not be read: {f.none}", ""]
    lines += ["reliability (first site, strict)", *_reliability(report.table)]
    return "\n".join([*lines, "", LEGEND, SIMULATED]) + "\n"


def _reliability(table: list[Bin]) -> list[str]:
    return [f"  {b.low:.1f} to {b.high:.1f}: {b.right:3d} of {b.n:3d} right, mean probability {b.confidence:.2f}" for b in table]


def _classes(report: Report) -> str:
    counts = [f"{name} {round(f.accepted * f.n)}/{f.n}" for name, f in report.divisions["class"].items()]
    return "  accepted by class: " + ", ".join(counts)


def _miss(row: Row) -> str:
    return f"  {row.id}: {row.first or 'no answer'} ({row.confidence:.2f})"


def _understood(understood: dict[str, Coverage]) -> str:
    c = understood["all"]
    return f"  not understood: {c.unused} of {c.findings} findings ({c.share:.1%}); in {c.partly} more some words did not count"


def as_text(report: Report) -> str:
    """The evaluation as a page of text."""
    main = report.result
    lines = [_heading(main.name), *(_line(name, f) for name, f in main.groups.items()), ""]
    lines += [_intervals(name, f) for name, f in main.groups.items()]
    for division in ("evidence", "source kind", "prior"):
        lines += ["", _heading(f"by {division}"), *(_line(name, f) for name, f in report.divisions[division].items())]
    if report.settings:
        lines += ["", _heading("prior of a setting"), *(_line(name, groups["all"]) for name, groups in report.settings.items())]
    for baseline in report.baselines:
        lines += ["", _heading(baseline.name), *(_line(name, f) for name, f in baseline.groups.items())]
    lines += ["", _classes(report), _understood(report.understood)]
    lines += ["  first answer not accepted:" if report.missed else "  every first answer accepted", *map(_miss, report.missed)]
    lines += ["", "reliability (first site, strict)"]
    lines += _reliability(report.table)
    return "\n".join([*lines, "", LEGEND]) + "\n"
