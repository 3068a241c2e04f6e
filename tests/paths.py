"""Where things lie: the checkout, the shipped documents, and those the tests bring."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
DOCUMENTS = ROOT / "tests" / "documents"
TOWNS = DOCUMENTS / "towns"
