"""The corpus: documents, passages and vectors. It knows nothing of questions and answers."""
