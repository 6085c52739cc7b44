"""English nouns after a number, for logs and commands; pages use gettext."""


def count_noun(count: int, singular: str, plural: str = "") -> str:
    """1 token, 2 tokens."""
    return f"{count} {singular if count == 1 else plural or singular + 's'}"
