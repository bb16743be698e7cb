"""From a PDF to papers, paragraphs and decisions."""
