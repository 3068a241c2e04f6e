"""The surfaces: pages, JSON and the command line. Translation only."""
