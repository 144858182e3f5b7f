"""Findings and ties into probabilities, contributions that sum to them, networks and tiers."""
