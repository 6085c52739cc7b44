"""How Django's administration writes dates: as all other pages do."""
