"""Where a wrong set-up began, which only its wrong answer shows."""
