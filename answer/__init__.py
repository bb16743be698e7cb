"""From a question to an answer whose every quote is on its page."""
