"""Records of a submission to rows of the tables of results."""

from pipelines.results.rows.build import result_rows
from pipelines.results.rows.model import ResultRows, SubmissionSource

__all__ = ["ResultRows", "SubmissionSource", "result_rows"]
