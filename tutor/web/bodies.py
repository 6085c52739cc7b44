"""Limits the body of a request, by its path and by whether a session cookie came with it.

A proxy before Lemma has the same limits: see deploy/nginx/lemma.conf.
"""

import re

KB, MB = 1024, 1024 * 1024
DEFAULT = 256 * KB  # five times an answer with its working, in any script
LIMITS = [
    (re.compile(rb"/sections/[^/]+/material/"), 12 * MB),  # files of 10 MB
    (re.compile(rb"/problems/import/"), 8 * MB + 64 * KB),  # files of 8 MB, and the form around
    (re.compile(rb"/pictures/new/"), 10 * MB + 64 * KB),  # files of 10 MB, and the form around
    (re.compile(rb"/sections/[^/]+/roster/"), 2 * MB),  # files of 1 MB, or as much pasted
    (re.compile(rb"/(admin|problems)/.*"), 1 * MB),  # texts that teachers write
]


def max_body_bytes(path: bytes, *, with_session: bool) -> int:
    """path: as it was sent, with or without a query.

    with_session: whether a session cookie came with it; it is not checked yet.
    """
    if not with_session:
        return DEFAULT
    path = path.partition(b"?")[0]
    return next((limit for pattern, limit in LIMITS if pattern.fullmatch(path)), DEFAULT)
