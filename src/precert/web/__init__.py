"""The Starlette app: pages, the JSON API, and the door to the CRD service."""
