"""Weighs the checks of a working against the stored answer."""
