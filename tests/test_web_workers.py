"""Two processes serve on one port, and the second never outlives the first."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from lasegue.web.workers import MOST, second_process


@pytest.fixture
def served() -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    process = subprocess.Popen([sys.executable, "-m", "lasegue", "serve", "--port", str(port)], stdout=subprocess.DEVNULL)
    yield process, port
    process.kill()
    process.wait()


def _health(port: int) -> str:
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=5) as answer:
                return str(json.load(answer)["status"])
        except OSError:
            time.sleep(0.1)
    raise AssertionError("no answer")


def _children(pid: int) -> list[int]:
    """Processes that go on serving: the one that compiles is another program."""
    found = [int(p) for task in Path(f"/proc/{pid}/task").iterdir() for p in (task / "children").read_text().split()]
    return [p for p in found if b"serve" in Path(f"/proc/{p}/cmdline").read_bytes()]


@pytest.mark.skipif((os.cpu_count() or 1) < MOST or not Path("/proc").is_dir(), reason="one core, or no list of processes")
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_the_second_process_ends_with_the_first(served: tuple[subprocess.Popen[bytes], int], end: signal.Signals) -> None:
    process, port = served
    assert _health(port) == "ok"
    (second,) = _children(process.pid)
    process.send_signal(end)
    process.wait(timeout=30)
    for _ in range(300):
        if not Path(f"/proc/{second}").exists():
            break
        time.sleep(0.1)
    else:
        raise AssertionError("the second process is still there")
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", port))


def test_a_thread_of_another_program_is_left_alone() -> None:
    from concurrent.futures import ThreadPoolExecutor

    before = os.getpid()
    with ThreadPoolExecutor(1) as pool:
        tell = pool.submit(second_process, list).result()
    assert os.getpid() == before
    assert tell() is None
