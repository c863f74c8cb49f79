"""Cited facts: YAML by kind, typed records, one loader, one named check per rule."""

from lasegue.knowledge.loader import KNOWLEDGE_VERSION, Knowledge, load

__all__ = ["KNOWLEDGE_VERSION", "Knowledge", "load"]
