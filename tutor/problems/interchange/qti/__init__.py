"""Items of QTI 1.2, 2.1 and their packages as problems, and problems as items of QTI 2.1."""
