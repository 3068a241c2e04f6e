"""Slack: events come in over HTTP or Socket Mode, are kept until they are answered, and are answered in Slack."""
