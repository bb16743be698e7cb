"""The optional writer's prompts: text files with named fields, read as package data."""
