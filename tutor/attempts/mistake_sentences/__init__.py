"""What a student reads of a probable mistake in an answer."""
