"""Does a student's working hold? Each line is judged by everything that is known before it."""
