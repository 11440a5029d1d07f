"""The worklist: a file of orders in, its lines with their answers out, by batch."""
