"""The end of a solution in the language that is active, for a viewer.

A log is the same for all viewers, so feedback is a code there.
"""

from dataclasses import asdict, replace

from tutor.grading import Feedback
from tutor.problems.labels import feedback_sentence
from tutor.solutions.log import protocol
from tutor.solutions.log.protocol import SolutionEnd, WholeSolution


def worded_entry(encoded: str) -> str:
    """An encoded entry, in which the feedback at the solution's end is a sentence."""
    if not protocol.is_end(encoded):
        return encoded
    end = protocol.decode(encoded)
    return protocol.encode(worded_end(end)) if isinstance(end, SolutionEnd) else encoded


def worded_end(end: SolutionEnd) -> SolutionEnd:
    return replace(end, feedback=feedback_sentence(Feedback.from_json(end.feedback)))


def worded_whole(whole: WholeSolution) -> WholeSolution:
    if whole.end is None:
        return whole
    return replace(whole, end=asdict(worded_end(SolutionEnd(**whole.end))))
