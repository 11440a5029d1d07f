"""What people read, worded once for every face: one module for each thing that is spoken of."""
