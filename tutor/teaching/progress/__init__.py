"""How far a class is: who has begun, who has finished, and how results are spread."""
