"""What was found in a patient: reading and writing case files."""

from typing import Any

from lasegue.case.files import BadCase, read_cases
from lasegue.case.model import Case
from lasegue.case.read import read_case
from lasegue.case.write import case_to_dict


def case_schema() -> dict[str, Any]:
    """The JSON Schema of a case file, with a version of its own."""
    from lasegue.case.shape import schema

    return schema()


__all__ = ["BadCase", "Case", "case_schema", "case_to_dict", "read_case", "read_cases"]
