"""What stands around every request: ids, limits, headers, logs, problem documents."""
