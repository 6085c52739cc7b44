"""A student's working: each line cut into statements, and each checked against those before."""
