"""What `pdf_child` answers, for those who ask it: they need not load the reader of PDFs."""

LOCKED, TOO_LONG, TOO_HARD = 3, 4, 5  # exit statuses; any other one but 0: the file is damaged
MAX_CHARACTERS = 1_500_000
