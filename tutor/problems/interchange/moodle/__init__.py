"""Questions of Moodle's XML format as problems, and problems as such questions."""
