"""What is asked: the bytes of a hook's request in, a `Gathered` out."""
