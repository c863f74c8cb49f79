"""Assessments for people to read."""

from lasegue.report.terminal import write
from lasegue.report.wording import chance

__all__ = ["chance", "write"]
