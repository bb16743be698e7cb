"""The Slack assistant."""
