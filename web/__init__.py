"""The surfaces: pages, JSON and the command line. Translation only."""

__version__ = "0.1.0"
