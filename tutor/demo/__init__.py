"""The demonstration: installs Lemma, runs all its services, and brings a small model."""
