"""The policy pack: the Analyzer service that the engine talks to."""

from cenguard.pack.serve import serve

__all__ = ["serve"]
