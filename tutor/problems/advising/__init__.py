"""What an author should look at: a form that the text asks for, and what Lemma refutes."""
