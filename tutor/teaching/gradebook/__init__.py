"""What the students of a section have reached: tables, totals and files."""
