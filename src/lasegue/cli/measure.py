"""`lasegue evaluate`: accuracy and calibration, on cases with a known answer and on simulated patients."""

from collections.abc import Callable
from typing import Any

import click

from lasegue.cli import options
from lasegue.cli.options import SETTINGS, check_choice
from lasegue.cli.output import Advance, progress, say, say_json, write_text
from lasegue.errors import CaseError, InputError


@click.command(short_help="Measure accuracy and calibration.")
@click.argument("cases", metavar="[CASES]", required=False)
@options.as_json
@click.option("--plot", metavar="FILE.svg", help="Write the reliability plot there.")
@click.option("--settings", is_flag=True, help="Answer every case again under each prior setting.")
@click.option("--simulated", type=int, metavar="N", help="Measure on N patients drawn from the model instead of on cases.")
@click.option("--per-family", type=int, default=200, metavar="M", help="With --simulated: patients of each family in the confusion matrix.")
@click.option("--seed", type=int, default=1, metavar="S", help="With --simulated: the same seed draws the same patients.")
@click.option("--cohort", metavar="FILE", help="Measure on the patients of a file of `lasegue simulate --cohort` instead of on cases.")
@click.option("--rows", type=int, metavar="R", help="With --cohort: only its first R patients.")
@options.prior
@click.option("--from-text", is_flag=True, help="Measure the reading of each case's note against its file.")
@click.option("--report", is_flag=True, help="With --from-text: list every finding that does not agree.")
def evaluate(
    cases: str | None,
    as_json: bool,
    plot: str | None,
    settings: bool,
    simulated: int | None,
    per_family: int,
    seed: int,
    cohort: str | None,
    rows: int | None,
    prior: str | None,
    from_text: bool,
    report: bool,
) -> None:
    """Measure the answers: accuracy, calibration, what was not understood, beside two baselines.

    CASES is a file of cases with a known answer; left out or `published`, those that ship with the program. Each first answer is set
    against the known one. With --simulated, patients are drawn from the model itself: is it right as often as it says, and what does
    it take for what? With --cohort they come from a file, are answered as any batch is, and their red flags are counted too. Both show
    whether the sums are right, not whether the knowledge is.

    \b
    Examples:
      lasegue evaluate
      lasegue evaluate my-cases.yaml --json
      lasegue evaluate --plot reliability.svg
      lasegue evaluate --simulated 2000 --per-family 50
      lasegue evaluate --cohort cohort.parquet --rows 1000
      lasegue evaluate --from-text --report
    """
    check_choice("--prior", prior, SETTINGS)
    _check_together(cases, plot, cohort, rows, settings=settings, simulated=simulated is not None, from_text=from_text)
    if cohort is not None:
        _on_cohort(cohort, rows, prior, as_json)
    elif simulated is not None:
        _on_simulated(simulated, per_family, seed, prior or "specialist", as_json)
    elif from_text:
        _on_notes(cases or "published", as_json, full=report)
    else:
        _on_cases(cases or "published", as_json, plot, SETTINGS if settings else ((prior,) if prior else ()))


def _check_together(cases: str | None, plot: str | None, cohort: str | None, rows: int | None, **others: bool) -> None:
    """What does not go with --cohort, and what goes with nothing else."""
    if cohort is None:
        if rows is not None:
            raise InputError("--rows goes with --cohort FILE")
        return
    given = [f"--{name.replace('_', '-')}" for name, there in others.items() if there]
    given += [word for word, there in (("CASES", cases), ("--plot", plot)) if there]
    if given:
        raise InputError(f"--cohort does not go with {', '.join(given)}")
    if rows is not None and rows < 1:
        raise InputError("--rows takes a number of patients, 1 or more")


def _on_cohort(source: str, rows: int | None, prior: str | None, as_json: bool) -> None:
    from lasegue.evaluate import cohort_text, evaluate_cohort

    with progress("answering") as advance:
        report = evaluate_cohort(source, rows=rows, setting=prior, progress=advance)
    if as_json:
        say_json(report.as_dict())
    else:
        say(cohort_text(report))


def _answer(data: Any) -> Any:
    """A case as data, answered; what cannot be read counts as wrong."""
    from lasegue.assess import as_answer, assess
    from lasegue.case import read_case

    try:
        return as_answer(assess(read_case(data, lenient=True)))
    except CaseError as error:
        return {"id": error.case_id, "errors": [str(fault) for fault in error.faults]}


def _counted(total: int, advance: Advance) -> Callable[[Any], Any]:
    """`_answer` that tells how far it has come."""
    done = 0

    def answer(data: Any) -> Any:
        nonlocal done
        done += 1
        advance(done, total)
        return _answer(data)

    return answer


def _on_cases(source: str, as_json: bool, plot: str | None, settings: tuple[str, ...]) -> None:
    from lasegue.case import read_case
    from lasegue.evaluate import as_dict, as_text, baseline_localizers, cases_of
    from lasegue.evaluate import evaluate as measure
    from lasegue.evaluate import plot as draw

    found = cases_of(source)
    baselines = baseline_localizers(lambda data: read_case(data, lenient=True))
    with progress("localising") as advance:
        answer = _counted(len(found) * (1 + len(settings)), advance)
        report = measure(found, answer, baselines=baselines, settings=settings)
    if plot:
        write_text(plot, draw(report), "--plot")
    if as_json:
        say_json(as_dict(report))
    else:
        say(as_text(report))


def _on_notes(source: str, as_json: bool, *, full: bool) -> None:
    from lasegue.evaluate import cases_of
    from lasegue.evaluate.reading import evaluate_text

    found = cases_of(source)
    with progress("reading and localising") as advance:
        measured = evaluate_text(found, localize=_counted(2 * sum(bool(case.get("text")) for case in found), advance))
    if as_json:
        say_json(measured.as_dict())
    else:
        say(measured.as_text(report=full))


def _on_simulated(n: int, per_family: int, seed: int, setting: str, as_json: bool) -> None:
    if n < 1 or per_family < 1:
        raise InputError("--simulated and --per-family take a number of patients, 1 or more")
    from lasegue.simulate import calibration, calibration_dict, confusion, confusion_dict

    with progress("patients drawn from the prior") as advance:
        right = calibration(n, seed, setting, progress=advance)
    with progress("families") as advance:
        taken = confusion(per_family, seed, setting, progress=advance)
    if as_json:
        say_json({"calibration": calibration_dict(right), "confusion": confusion_dict(taken)})
        return
    lines = [f"{n} patients drawn from the prior of {setting}, seed {seed}"]
    lines += [f"  first site right {right.right:.3f}, mean probability {right.confidence:.3f}, log loss {right.log_loss:.3f}"]
    lines += [f"  calibration error {right.ece:.4f} (sampling alone would give {right.noise:.4f})", ""]
    lines += ["reliability (first site)"]
    lines += [f"  from {b.low:.1f}: {b.right:.3f} of {b.n} right, mean probability {b.confidence:.3f}" for b in right.bins]
    lines += ["", f"{per_family} patients of each family: {taken.right:.3f} put in their own; each is oftenest taken for"]
    for name in taken.families:
        others = ", ".join(f"{other} {share:.2f}" for other, share in taken.taken_for(name, 4))
        lines.append(f"  {name:38s} {others}")
    say("\n".join(lines))
