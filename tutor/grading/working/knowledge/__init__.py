"""What school mathematics knows of a task: what its quantities come to, and how pupils get them wrong."""
