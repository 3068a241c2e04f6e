"""Languages that are only recognised: their commonest words, and what is said to who asks in one."""
