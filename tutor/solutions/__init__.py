"""The live worked solution: requested, generated, logged, streamed, graded."""
