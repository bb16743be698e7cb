"""Minutebook: answers from committee papers, with the page they rest on."""
