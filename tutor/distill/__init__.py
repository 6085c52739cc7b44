"""How the demonstration's model is made: a teacher writes solutions, a small model learns them.

Plain Python that the product never imports; torch and tokenizers come with the extra `distill`.
"""
