"""The websocket of a live solution."""
