"""Who calls: a signed token in, the client that it proves out."""
