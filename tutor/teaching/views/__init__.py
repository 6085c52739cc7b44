"""The pages of people who look after a section."""
