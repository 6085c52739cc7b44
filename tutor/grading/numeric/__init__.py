"""Evaluates trees and decides whether two of them are equal."""
