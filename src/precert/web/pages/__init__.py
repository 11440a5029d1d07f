"""The pages: what a browser asks for, rendered from the dataclasses of views."""
