"""The live worked solution: asked for, generated, logged, streamed, graded."""
