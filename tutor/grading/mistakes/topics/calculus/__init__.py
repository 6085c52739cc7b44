"""Mistakes in derivatives, integrals and differential equations."""
