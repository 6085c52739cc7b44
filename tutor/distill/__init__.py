"""Makes the demonstration's model: a teacher writes solutions, and a small model learns them.

Plain Python that the product never imports; the extra `distill` installs torch and tokenizers.
"""
