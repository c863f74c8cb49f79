"""What the command `lasegue batch` does, without the texts of its options."""

from collections.abc import Callable

from lasegue.batch.answering import Options
from lasegue.batch.running import Progress, Summary, run


def batch_command(
    source: str,
    target: str,
    options: Options,
    *,
    processes: int | None = None,
    tell: Callable[[Progress], None] | None = None,
) -> Summary:
    """Answer the cases of a file into another; `tell` is called after every chunk. The exit status is 2 where `failed` is not 0."""
    return run(source, target, options, processes=processes, tell=tell)
