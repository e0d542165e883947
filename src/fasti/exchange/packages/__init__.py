"""Anki packages and CrowdAnki folders, written and read."""
