"""The benchmark is not an installed package: the checkout is put on the path for its tests."""

import sys
from pathlib import Path

CHECKOUT = str(Path(__file__).resolve().parents[2])

if CHECKOUT not in sys.path:
    sys.path.append(CHECKOUT)
