"""Reads a clinical note: text in, findings out, each with its place in the text."""

from lasegue.notes.command import case_from_text, read_command
from lasegue.notes.reading import NoteFinding, Reading, Unread, read

__all__ = ["NoteFinding", "Reading", "Unread", "case_from_text", "read", "read_command"]
