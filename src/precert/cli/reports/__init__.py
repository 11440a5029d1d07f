"""Reports as one HTML file each: no network, no script, every text escaped."""
