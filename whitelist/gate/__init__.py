"""核验: what a school gate is told of the paper it is shown.

`reading` says what was typed or scanned, `answer` what there is to say of it; `visits` is the port by which
other parts of this app tell who is announced for today.
"""

from .answer import Answer, Verdict, answers_of, unknown
from .reading import Asked, read
from .visits import Share, visits

__all__ = ["Answer", "Asked", "Share", "Verdict", "answers_of", "read", "unknown", "visits"]
