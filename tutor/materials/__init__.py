"""Course material: what a teacher uploads for a section, in passages that hints point to."""
