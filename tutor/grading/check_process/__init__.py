"""The child process in which steps and working are checked, and its client."""
