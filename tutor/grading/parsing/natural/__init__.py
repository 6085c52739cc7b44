"""Numbers, signs and labels in the words of several languages."""
