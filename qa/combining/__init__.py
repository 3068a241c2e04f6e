"""Questions that are answered by several look-ups: things or sources set beside each other, and two steps."""
