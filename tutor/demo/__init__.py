"""What a demonstration needs beside the product: a small model that runs on any machine."""
