"""FHIR R4 resources, as far as an answer needs them: one module for each type that is asked about.

Only the elements named here are read; all others, and extensions that nobody knows, are passed
over. That is what makes reading fast, and what keeps an element of a newer version from failing.
"""
