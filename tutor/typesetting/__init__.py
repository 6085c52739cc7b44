"""Our Markdown with formulas as pages to print. Plain Python, and no browser."""
