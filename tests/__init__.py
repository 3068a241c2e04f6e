"""Tests, one file a module, named as the module."""
