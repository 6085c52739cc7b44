"""Kinds of answers that are judged by what they must satisfy, and not entry by entry."""
