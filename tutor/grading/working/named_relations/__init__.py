"""Relations between what the statement names: sides, angles, coefficients, matrices, signs."""
