"""Many cases at once: JSON Lines, CSV, Parquet and Arrow in and out, in bounded memory, on every core, resumable."""

from lasegue.batch.answering import Options
from lasegue.batch.command import batch_command
from lasegue.batch.frames import localize_batch, localize_batches
from lasegue.batch.running import Progress, Summary, compile_sums, run
from lasegue.batch.sinks import schema
from lasegue.batch.sources import count_of

__all__ = [
    "Options",
    "Progress",
    "Summary",
    "batch_command",
    "compile_sums",
    "count_of",
    "localize_batch",
    "localize_batches",
    "run",
    "schema",
]
