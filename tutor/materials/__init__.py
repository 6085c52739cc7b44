"""Course material that teachers upload; hints point to its passages."""
