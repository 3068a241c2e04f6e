"""What helps where the documents do not answer: what was missing, what else may be asked, and in which language."""
