"""The commands of `footnote`, a module each, imported when they are called."""
