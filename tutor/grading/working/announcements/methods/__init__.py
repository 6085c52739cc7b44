"""Lines that name a method, and what it needs, where the statement calls for it."""
