"""HL7 Da Vinci CRD: an EHR's CDS Hooks request in, coverage-information out. No web framework."""
