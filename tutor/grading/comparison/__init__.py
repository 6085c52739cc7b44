"""A response beside the stored answer."""
