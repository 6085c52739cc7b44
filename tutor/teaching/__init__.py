"""Pages for teachers: gradebook, grading queue, statistics, regrading, readiness of the model."""
