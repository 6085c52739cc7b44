"""Lemma: a self-hosted web tutor for mathematics.

Nothing is imported here: ``import tutor.grading`` must load neither Django nor Celery.
"""

__version__ = "0.1.0"
