"""Measures the page and the server behind it on this machine and writes `docs/benchmarks-page.md`: a part of `make bench`.

Two runs against a server of their own, on this machine's own address: 200 changes in a browser, from the change to the ranking on the
screen; and 50 people with a change every two seconds each, as the page asks: the ranking at once, the rest a moment later, given up when
the next change comes. Wall times depend on what else the machine does, so its load and the processor time of a change stand beside them.
"""

import http.client
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "benchmarks-page.md"
CHANGES, PEOPLE, EVERY, SECONDS, LATER = 200, 50, 2.0, 30.0, 0.2
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SETTLED = 15.0
"""Seconds until a server has taken up its compiled sums, which an earlier one has left in the cache."""
LENGTHS = """suffix => performance.getEntriesByType('resource').filter(e => e.name.endsWith('api/localize')).map(
    e => suffix === 'bytes' ? e.encodedBodySize : e.responseEnd - e.startTime)"""
CELLS = ("ankle_dorsiflexion", "great_toe_extension", "ankle_eversion", "ankle_inversion", "hip_abduction")


@contextmanager
def server() -> Iterator[tuple[int, int]]:
    """The program served on a free port until the block ends, its sums compiled; gives the port and the process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    where = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    process = subprocess.Popen([sys.executable, "-m", "lasegue", "serve", "--port", str(port)], env=where, stdout=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with suppress(OSError):
                _ask(port, "localize", {"case": {"power": [{"movement": "ankle_dorsiflexion", "grade": 3, "side": "left"}]}})
                break
            time.sleep(0.2)
        time.sleep(SETTLED)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def _ask(port: int, path: str, body: Any, line: http.client.HTTPConnection | None = None) -> int:
    own = line or http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    own.request("POST", f"/api/{path}", json.dumps(body), {"Content-Type": "application/json", "Accept-Encoding": "gzip"})
    answer = own.getresponse()
    answer.read()
    if line is None:
        own.close()
    return answer.status


def share(times: list[float], part: float) -> float:
    """The time that a share of all times does not pass."""
    return sorted(times)[min(len(times) - 1, int(part * len(times)))]


def processor(pid: int) -> float:
    """CPU milliseconds of a process and of those that it has started and that still run."""
    own = [pid, *(int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split())]
    fields = [Path(f"/proc/{one}/stat").read_text(encoding="ascii").rpartition(")")[2].split() for one in own]
    return sum(1e3 * (int(one[11]) + int(one[12])) / os.sysconf("SC_CLK_TCK") for one in fields)


def in_browser(port: int, pid: int) -> list[list[str]]:
    """Changes by keyboard in the power grid, one after another: whole delays, and of these the part until the answer is there."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"http://127.0.0.1:{port}/")
        page.wait_for_selector(".waiting")
        page.click("[data-complaint=foot_drop]")
        page.click(".sidepick >> text=Left")
        for step, value in (("dorsum", "Reduced"), ("ankle", "Normal")):
            page.click(f"[data-step={step}] >> button:text-is('{value}')")
        page.click("#tab-power")
        page.wait_for_timeout(1500)
        page.evaluate("() => { performance.clearMeasures(); performance.clearResourceTimings(); }")
        page.evaluate("() => performance.setResourceTimingBufferSize(2000)")
        client = page.context.new_cdp_session(page)
        client.send("Performance.enable", {"timeDomain": "threadTicks"})
        before, begun = _script(client), processor(pid)
        for n in range(CHANGES):
            page.focus(f"[data-power={CELLS[n % len(CELLS)]}-left]")
            page.keyboard.press("01234"[(n // len(CELLS) + n) % 5])
            page.wait_for_function(f"() => performance.getEntriesByName('change to ranking').length > {n}", polling=10)
        whole = page.evaluate("() => performance.getEntriesByName('change to ranking').map(e => e.duration)")
        used = [(_script(client) - before) / CHANGES, (processor(pid) - begun) / CHANGES]
        asked, sizes = page.evaluate(LENGTHS, "ms"), page.evaluate(LENGTHS, "bytes")
        browser.close()
    rows = [_row("change to ranking on the page", whole), _row("of these: question and answer", asked)]
    rest = [a - b for a, b in zip(whole, asked, strict=False)]
    alone = (
        ("processor time a change, the page: script, style, layout (mean)", used[0]),
        ("processor time a change, the server: ranking, and the rest where it was reached (mean)", used[1]),
        ("answer, compressed, bytes", statistics.median(sizes)),
    )
    return [*rows, _row("of these: the page", rest), *([name, f"{value:.0f}", "", ""] for name, value in alone)]


def _script(client: Any) -> float:
    """Processor time of the page's own work so far, milliseconds."""
    told = {one["name"]: one["value"] for one in client.send("Performance.getMetrics")["metrics"]}
    return float(1e3 * sum(told[name] for name in ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")))


def _row(name: str, times: list[float]) -> list[str]:
    return [name, f"{statistics.median(times):.0f}", f"{share(times, 0.95):.0f}", f"{max(times):.0f}"]


def _case(n: int) -> dict[str, Any]:
    return {
        "side": "left",
        "power": [{"movement": name, "grade": str((n + k) % 6)} for k, name in enumerate(CELLS)],
        "sensory": [{"site": "dorsum", "finding": "reduced"}],
        "reflexes": [{"reflex": "ankle", "side": "bilateral", "finding": "normal"}],
        "history": ["leg crossing", "no back pain"],
    }


def _person(port: int, number: int, until: float, times: list[float], failed: list[int]) -> None:
    """One person's page: a change, the ranking, and a moment later the rest, which the next change gives up."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    time.sleep(EVERY * number / PEOPLE)
    n, due = number, time.monotonic()
    while time.monotonic() < until:
        began, body = time.monotonic(), {"case": _case(n), "lenient": True}
        try:
            status = _ask(port, "localize", body, line)
            times.append(1e3 * (time.monotonic() - began))
            if status != 200:
                failed.append(status)
        except OSError:
            failed.append(0)
            line.close()
        due += EVERY
        time.sleep(min(LATER, max(0.0, due - time.monotonic())))
        _rest(port, body, max(0.05, due - time.monotonic()))
        time.sleep(max(0.0, due - time.monotonic()))
        n += 1


def _rest(port: int, body: Any, patience: float) -> None:
    """Ask for the rest, and hang up when it has not come before the next change."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
    with suppress(OSError):
        _ask(port, "localize/more", body, line)
    line.close()


def under_load(port: int) -> list[list[str]]:
    """Many people at once."""
    times: list[float] = []
    failed: list[int] = []
    until = time.monotonic() + SECONDS
    people = [threading.Thread(target=_person, args=(port, k, until, times, failed)) for k in range(PEOPLE)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    return [[*_row(f"{PEOPLE} people, a change every {EVERY:.0f} s each, {SECONDS:.0f} s", times), str(len(times)), str(len(failed))]]


def written(title: str, head: list[str], rows: list[list[str]]) -> str:
    """A table of the page."""
    lines = [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]
    return f"## {title}\n\n" + "\n".join(lines) + "\n"


def main() -> None:
    """Measure and write."""
    before = os.getloadavg()[0]
    head = ["", "median", "95th percentile", "longest"]
    with server() as (port, pid):
        shown = written(f"{CHANGES} changes in a browser, milliseconds", head, in_browser(port, pid))
    with server() as (port, _):
        crowd = written("The ranking under load, milliseconds", [*head, "answers", "errors"], under_load(port))
    told = f"Machine: {os.cpu_count()} cores, load {before:.1f} before and {os.getloadavg()[0]:.1f} after; browser and server share them."
    PAGE.write_text(f"# Benchmarks of the page\n\nWritten by `make bench`. Wall times. {told}\n\n{shown}\n{crowd}", encoding="utf-8")
    sys.stdout.write(PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
