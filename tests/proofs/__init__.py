"""Proofs of the page as a whole: the real server with the real model, in a real browser."""
