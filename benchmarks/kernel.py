"""Tables on the compiled sums: against NumPy's, posteriors a second, growth with findings and members, and the machine's ceiling."""

import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from timing import Table

from lasegue.batch.columns import wide_case
from lasegue.case import Case, read_case
from lasegue.evaluate import benchmark
from lasegue.inference import compiled
from lasegue.inference.ensemble import alive_rows, member_joint
from lasegue.inference.kernel import looked
from lasegue.inference.posterior import case_background, posterior, row_likelihood
from lasegue.model import model
from lasegue.model.observe import Evidence, observe
from lasegue.simulate import cohort_table, draw

SETTING = "specialist"
PATIENTS = 40
FINDINGS = 10
TRIES = 3
PARTS = (("power", 2), ("sense", 2), ("reflexes", 1))
"""Of five findings of a patient two are of power, two of sensation and one is a reflex, all of one side."""
Told = tuple[Case, Evidence]


def cpu(work: Callable[[], Any], tries: int = TRIES) -> float:
    """The best CPU time of some tries, in milliseconds."""
    used = []
    for _ in range(tries):
        begin = time.process_time()
        work()
        used.append(1e3 * (time.process_time() - begin))
    return min(used)


@cache
def patients(findings: int, count: int = PATIENTS) -> list[Told]:
    """Simulated patients of whom so many findings are known, all on the left."""
    columns = cohort_table(draw(count, 7))
    rows = zip(*columns.values(), strict=True)
    return [_told(read_case(wide_case(dict(zip(columns, row, strict=True)))), findings) for row in rows]


def _told(case: Case, findings: int) -> Told:
    some: dict[str, Any] = {}
    for part, share in PARTS:
        left = [one for one in getattr(case, part) if one.side == "left"]
        some[part] = tuple(left[: max(1, share * findings // 5)])
    one = replace(Case(age=case.age, sex=case.sex, side="left"), **some)
    return one, observe(model(), one)


def _apart(mine: Any, other: Any) -> float:
    return float(np.max(np.abs(mine - other) / np.maximum(np.abs(other), 1e-300)))


def against_numpy() -> Table:
    """Both paths on published cases."""
    used, times, worst = model(), [], 0.0
    for data in benchmark()[::3]:
        case = read_case({k: v for k, v in data.items() if k not in ("gold", "meta")}, lenient=True)
        heard = observe(used, case)
        mine, other = (way(used, case, heard, SETTING) for way in (compiled.posterior, posterior))
        worst = max(worst, _apart(mine.probability, other.probability))
        back = case_background(case)
        times.append(
            [
                cpu(lambda h=heard, b=back: row_likelihood(used, h, b)),
                cpu(lambda h=heard, b=back: compiled.row_likelihood(used, h, b)),
                cpu(lambda c=case, h=heard: posterior(used, c, h, SETTING)),
                cpu(lambda c=case, h=heard: compiled.posterior(used, c, h, SETTING)),
            ]
        )
    middle = [statistics.median(column) for column in zip(*times, strict=True)]
    rows = [
        [name, f"{a:.2f}", f"{b:.2f}", f"{a / b:.1f}"]
        for name, a, b in (("single lesions", *middle[:2]), ("and all pairs of lesions", *middle[2:]))
    ]
    title = f"The posterior by NumPy and by the compiled sums: median CPU over {len(times)} published cases, largest difference {worst:.0e}"
    return title, ["what is weighed", "NumPy ms", "compiled ms", "ratio"], rows


def by_findings() -> Table:
    """Growth with the number of findings."""
    used, rows = model(), []
    for findings in (5, 10, 20):
        told = patients(findings)
        count = statistics.mean(len(heard.left) for _, heard in told)
        alone = cpu(lambda t=told: [compiled.row_likelihood(used, h, case_background(c)) for c, h in t]) / len(told)
        both = cpu(lambda t=told: [compiled.posterior(used, c, h, SETTING) for c, h in t]) / len(told)
        slow = cpu(lambda t=told[:8]: [posterior(used, c, h, SETTING) for c, h in t], 2) / 8
        rows.append([f"{count:.0f}", f"{alone:.2f}", f"{both:.2f}", f"{slow:.1f}"])
    return "The posterior by number of findings of one side, CPU", ["findings", "single lesions ms", "with pairs ms", "NumPy ms"], rows


def by_members() -> Table:
    """Growth of the interval with the ensemble."""
    used, rows = model(), []
    told = [(heard, found) for case, heard in patients(FINDINGS)[:6] for found in [compiled.posterior(used, case, heard, SETTING)]]
    for members in (8, 16, 32, 64):
        some = cpu(lambda m=members: [member_joint(used, h, f, alive_rows(f), m) for h, f in told]) / len(told)
        rows.append([str(members), f"{some:.1f}"])
    return f"The interval by members of the ensemble, {FINDINGS} findings, CPU", ["members", "ms"], rows


def _rate(pairs: bool, seconds: float = 4.0) -> float:
    """Posteriors a second of wall time in this process."""
    used, told = model(), patients(FINDINGS)
    one: Callable[[Case, Evidence], Any] = lambda c, h: compiled.row_likelihood(used, h, case_background(c))  # noqa: E731
    if pairs:
        one = lambda c, h: compiled.posterior(used, c, h, SETTING)  # noqa: E731
    for case, heard in told:
        one(case, heard)
    count, begin = 0, time.perf_counter()
    while time.perf_counter() - begin < seconds:
        for case, heard in told:
            one(case, heard)
        count += len(told)
    return count / (time.perf_counter() - begin)


def a_second() -> Table:
    """Posteriors a second on one and on two processes, and by CPU time."""
    rows = []
    for name, pairs in (("single lesions", False), ("with all pairs of lesions", True)):
        begin, used = time.perf_counter(), time.process_time()
        alone = _rate(pairs)
        share = (time.process_time() - used) / (time.perf_counter() - begin)
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            both = sum(pool.map(_rate, [pairs, pairs]))
        rows.append([name, f"{alone:,.0f}", f"{alone / share:,.0f}", f"{both:,.0f}"])
    head = ["what is weighed", "one process, wall", "one process, by CPU second", "two processes, wall"]
    return f"Posteriors a second at {FINDINGS} findings, evidence read beforehand", head, rows


def _ceilings() -> tuple[float, float, float]:
    """What the machine can do on one core: table lookups with a product a second, floating-point operations a second, bytes a second."""
    random = np.random.default_rng(1)
    places, tables, slots = random.integers(0, 201, (4, 144)).astype(np.uint8), np.full((4, 201, 2), 0.999), np.arange(4)
    many = np.arange(4000) % 4
    well, badly, square, large = np.ones(144), np.ones(144), random.random((400, 400)), np.zeros(1 << 24)
    seconds = 1e-3 * cpu(lambda: looked(well, badly, places, slots, 0, tables, many), 20)
    times = 2 * len(many) * len(well) / seconds
    flops = 2 * 400**3 / (1e-3 * cpu(lambda: square @ square, 20))
    return times, flops, 16.0 * large.size / (1e-3 * cpu(large.copy, 5))


def _work(heard: Evidence) -> float:
    """Table lookups of the single lesions: two reliabilities, over what each finding sees."""
    total = 0.0
    coded = compiled.code(heard.left)
    for block in model().blocks:
        patterns, anatomies, maps = block.shape[0], len(block.anatomy_share), len(block.map_share)
        total += 2 * len(coded.motor) * patterns * 3 * (4 * anatomies + 1)
        total += 2 * len(coded.sense) * patterns * 2 * 4 * anatomies * maps
        total += len(coded.arcs) * patterns * 3 * 13 * anatomies
    return total


def roofline() -> Table:
    """What a posterior needs, what the machine gives, and how near the kernel comes."""
    used, told = model(), patients(FINDINGS)
    ceiling, flops, bandwidth = _ceilings()
    coded = [compiled.code(heard.left) for _, heard in told]
    store = compiled.library(used)
    for one in coded:
        compiled.side_likelihood(store, one)
    seconds = 1e-3 * cpu(lambda: [compiled.side_likelihood(store, one) for one in coded], 9) / len(told)
    lookups = statistics.mean(_work(heard) for _, heard in told)
    rows = [
        ["table lookups of a side, each with one product", f"{lookups / 1e3:,.0f} thousand"],
        ["bytes of tables that they read", f"{lookups / 2 / 1e3:,.0f} kB, in the second-level cache"],
        ["time of a side", f"{1e3 * seconds:.2f} ms"],
        ["reached", f"{lookups / seconds / 1e6:,.0f} million lookups a second"],
        ["ceiling: the same loop with all that it reads in the first-level cache", f"{ceiling / 1e6:,.0f} million lookups a second"],
        ["share of that ceiling", f"{100 * lookups / seconds / ceiling:.0f} %"],
        ["ceiling: matrix product", f"{flops / 1e9:.0f} GFLOP/s, of which the sums use {100 * 1.5 * lookups / seconds / flops:.1f} %"],
        ["ceiling: copy of memory", f"{bandwidth / 1e9:.1f} GB/s, of which the tables use {100 * lookups / 2 / seconds / bandwidth:.0f} %"],
    ]
    return f"What limits it: one side with {FINDINGS} findings, one core of {_processor()}", ["", ""], rows


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    lines = [line for line in known.read_text().splitlines() if line.startswith("model name")] if known.exists() else []
    return lines[0].split(":")[1].strip() if lines else "an unnamed processor"


def tables() -> Iterator[Table]:
    """All tables."""
    yield against_numpy()
    yield by_findings()
    yield a_second()
    yield roofline()
    yield by_members()
