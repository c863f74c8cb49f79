"""The run: cases in, answers out in the same order, chunk by chunk over processes, with no more in memory than is being worked on."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import asdict, dataclass
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from lasegue.batch.answering import Options, answer
from lasegue.batch.sinks import sink_for
from lasegue.batch.sources import cases_of
from lasegue.case import read_case
from lasegue.errors import InputError
from lasegue.inference import posterior, switch_on
from lasegue.inference.ensemble import interval
from lasegue.knowledge import load
from lasegue.model import model
from lasegue.model.observe import observe

CHUNK: Final = 64
WORTH_COMPILING: Final = 1000
"""Cases for which it pays to load, and the first time to compile, the compiled sums. They are held in memory at the start."""
AHEAD: Final = 3
"""Chunks that each process may have before it: what is held in memory."""
EVERY_KIND: Final = {
    "side": "left",
    "power": [{"movement": "ankle dorsiflexion", "grade": 2}],
    "sensory": [{"site": "sole", "finding": "reduced"}],
    "reflexes": [{"reflex": "ankle", "finding": "absent", "side": "bilateral"}],
    "sphincter": {"bladder": "retention"},
    "history": ["diabetes"],
}
"""A case that runs all of the compiled sums."""
THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is."""

    done: int
    failed: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did: cases answered before it and by it, and those of either that could not be read."""

    before: int
    answered: int
    failed: int
    seconds: float


def run(
    source: str | Path,
    target: str | Path,
    options: Options | None = None,
    *,
    processes: int | None = None,
    tell: Callable[[Progress], None] | None = None,
) -> Summary:
    """Answer every case of a file into another. A run that was ended at any moment goes on where it was when it is started again."""
    chosen = options or Options()
    begin, path = perf_counter(), Path(source)
    if path.resolve() == Path(target).resolve():
        raise InputError("the answers would overwrite the cases")
    cases = cases_of(path)
    sink = sink_for(Path(target), _stamp(path, chosen))
    before = sink.done
    answered, failed = 0, sink.failed
    for answers in answer_chunks(islice(cases, before, None), chosen, processes):
        sink.write(answers)
        answered += len(answers)
        failed += sum("errors" in found for found in answers)
        if tell:
            tell(Progress(before + answered, failed, perf_counter() - begin))
    sink.finish()
    return Summary(before, answered, failed, perf_counter() - begin)


def _stamp(path: Path, options: Options) -> dict[str, Any]:
    state = path.stat()
    what = {"source": str(path.resolve()), "size": state.st_size, "changed": state.st_mtime_ns}
    return {**what, "knowledge": load().digest, **asdict(options)}


def _chunks(cases: Iterable[Any], size: int) -> Iterator[list[Any]]:
    rest = iter(cases)
    while chunk := list(islice(rest, size)):
        yield chunk


def _work(chunk: list[Any], options: Options, compiled: bool) -> list[dict[str, Any]]:
    if compiled:
        switch_on()
    return [answer(data, options) for data in chunk]


def answer_chunks(cases: Iterable[Any], options: Options, processes: int | None = None) -> Iterator[list[dict[str, Any]]]:
    """Answers in the order of the cases, some at a time."""
    count = processes or os.cpu_count() or 1
    begun = list(islice(cases := iter(cases), WORTH_COMPILING))
    compiled = len(begun) >= WORTH_COMPILING and compile_sums()
    if count == 1:
        yield from (_work(chunk, options, compiled) for chunk in _chunks(chain(begun, cases), CHUNK))
        return
    for name in THREADS:  # each process has a core: threads of its own would only contend for it
        os.environ.setdefault(name, "1")
    waiting: deque[Future[list[dict[str, Any]]]] = deque()
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        for chunk in _chunks(chain(begun, cases), CHUNK):
            waiting.append(pool.submit(_work, chunk, options, compiled))
            if len(waiting) >= count * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def compile_sums() -> bool:
    """Compile the sums where they are not, here and now, so that no two processes do; False where numba is missing."""
    if not switch_on():
        return False
    anatomy = model()
    case = read_case(EVERY_KIND)
    evidence = observe(anatomy, case)
    interval(anatomy, evidence, posterior(anatomy, case, evidence))
    return True
