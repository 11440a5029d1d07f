"""What is answered: a `Gathered` in, the bytes of the response out."""
