"""Marked blocks of the documentation: the real output of a command, and the figures of an evaluation.

An example stands between `<!-- example: COMMAND -->` and `<!-- end of example -->`; `COMMAND | head -N` shows the first N lines.
Figures stand between `<!-- figures: COMMAND -->` and `<!-- end of figures -->`.
"""

import os
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PAGES: Final = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
EXAMPLE: Final = re.compile(r"(<!-- example: (.+?) -->\n)(.*?)(<!-- end of example -->)", re.DOTALL)
FIGURES: Final = re.compile(r"(<!-- figures: (.+?) -->\n)(.*?)(<!-- end of figures -->)", re.DOTALL)
GRADES: Final = ("rich and moderate", "sparse")
GROUPS: Final = (*GRADES, "published reports")
WIDTH: Final = "80"


def output_of(command: str) -> str:
    """What a command of Lasegue prints in a pipe, run in the project's folder; it must succeed."""
    from click.testing import CliRunner

    from lasegue.cli import app

    called, _, cut = command.partition(" | head -")
    before, os.environ["COLUMNS"] = Path.cwd(), WIDTH
    os.chdir(ROOT)
    try:
        done = CliRunner().invoke(app, shlex.split(called)[1:], catch_exceptions=False)
    finally:
        os.chdir(before)
    if done.exit_code:
        raise RuntimeError(f"{command}: exit status {done.exit_code}: {done.stderr}")
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    return "\n".join([*lines[: int(cut)], "..."] if cut and int(cut) < len(lines) else lines)


def shown(command: str) -> str:
    """An example as it stands in a page."""
    return f"```console\n$ {command}\n{output_of(command)}\n```\n"


def filled(text: str, pattern: re.Pattern[str], make: Callable[[str], str]) -> str:
    """A page with every block of one kind made anew."""
    return pattern.sub(lambda found: f"{found[1]}{make(found[2])}{found[4]}", text)


def _fill(pattern: re.Pattern[str], make: Callable[[str], str]) -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        new = filled(text, pattern, make)
        if new != text:
            page.write_text(new, encoding="utf-8")


def fill_examples() -> None:
    """Run every example again."""
    _fill(EXAMPLE, shown)


def fill_figures() -> None:
    """Measure again; once for each command, however many pages show it."""
    found: dict[str, str] = {}

    def make(command: str) -> str:
        if command not in found:
            found[command] = figures(command)
        return found[command]

    _fill(FIGURES, make)


def figures(command: str) -> str:
    """The table that a measuring command fills: of cases by group and localiser, or of simulated patients."""
    import json

    told = json.loads(output_of(f"{command} --json"))
    return _simulated(told) if "calibration" in told else _cases(told)


def _cases(told: dict) -> str:  # type: ignore[type-arg]
    lines = ["| cases | | n | accepted | strict | log loss |", "|---|---|--:|--:|--:|--:|"]
    groups = [group for group in GROUPS if group in told["figures"]]
    graded = sum(told["figures"][group]["n"] for group in groups if group in GRADES)
    if graded < told["figures"]["all"]["n"]:  # some say nothing of how much they tell
        groups.insert(0, "all")
    for group in groups:
        for one in (told, *told["baselines"]):
            if group in one["figures"]:
                f = one["figures"][group]
                low, high = f["intervals"]["accepted"]
                figure = f"{f['accepted']:.2f} ({low:.2f} to {high:.2f})"
                lines.append(f"| {group} | {one['name']} | {f['n']} | {figure} | {f['strict']:.2f} | {f['logloss']:.2f} |")
    return "\n".join([*lines, ""])


def _simulated(told: dict) -> str:  # type: ignore[type-arg]
    c, taken = told["calibration"], told["confusion"]
    return (
        "| patients | first site right | mean probability | calibration error | of which sampling | right family |\n"
        "|--:|--:|--:|--:|--:|--:|\n"
        f"| {c['n']} | {c['right']:.3f} | {c['confidence']:.3f} | {c['ece']:.3f} | {c['noise']:.3f} | {taken['right']:.3f} |\n"
    )
