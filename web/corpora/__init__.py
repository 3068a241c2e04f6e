"""The corpora of a server: one without a name, or several, of which each request is about one."""
