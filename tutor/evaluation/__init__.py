"""How good is a model? Problems, samples kept in full, and figures that can be repeated.

Plain Python, for a bare GPU node or a notebook: `python -m tutor.evaluation`.
"""
