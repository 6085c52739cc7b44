"""The help on an item's page: what is offered, what was given, and taking the next piece."""
