"""Compare Chinese government annual plans year over year."""
from planddiff._version import __version__

__all__ = ["__version__"]
