"""The generation worker: an engine, and what is made with it."""
