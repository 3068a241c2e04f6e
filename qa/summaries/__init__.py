"""Extractive summaries: of a document, of what documents say of a subject, of all there are."""
