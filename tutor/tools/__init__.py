"""A calculator and a small computer algebra system for models that can call functions.

Plain Python. The grader's own grammar reads what a model sends; SymPy works in a child process.
"""
