"""Calculations with the numbers of a statement that only a usual mistake leads to.

18 + 20·3 for the last of 20 rows is right as a calculation, and yet not what is sought.
"""
