"""Who is this person: the user model, sign-up, preferences."""
