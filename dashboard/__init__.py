"""The dashboard: what recruiters, analysts and hiring managers see of the verifier's work."""
