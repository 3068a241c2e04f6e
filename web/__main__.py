"""`python -m web` is `footnote`."""

from web.cli import main

main()
