"""Work that may take too long: budgets of the processor, and children that are ended."""
