"""What a class understood: its gradebook, what waits for a teacher, and corrections."""
