"""What the command `lasegue batch` does, without its options' texts."""

from collections.abc import Callable

from lasegue.batch.answering import Options
from lasegue.batch.running import Progress, Summary, run


def batch_command(
    source: str,
    target: str,
    *,
    setting: str | None = None,
    map_: str | None = None,
    lenient: bool = False,
    full: bool = False,
    processes: int | None = None,
    tell: Callable[[Progress], None] | None = None,
) -> Summary:
    """Answer the cases of SOURCE into TARGET; `tell` is called after every chunk. Exit status 2 where `failed` is not 0."""
    return run(source, target, Options(setting, map_, lenient, full), processes=processes, tell=tell)
