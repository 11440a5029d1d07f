"""What a page shows and the JSON says: one dataclass for both."""
