"""What counting tells: cards of a pack, single events, terms of an expanded power, choices."""
