"""How the installation is doing: what administrators, monitors and supervisors ask of it."""
