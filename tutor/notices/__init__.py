"""What a person is told: messages of teachers on a page of their own, and mail about them."""
