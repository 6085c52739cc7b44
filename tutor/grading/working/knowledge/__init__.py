"""What the quantities of a task come to, and how pupils usually get them wrong."""
