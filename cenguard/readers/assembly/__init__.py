"""Assembly: resource records → one network. The only code that knows the provider's property names."""

from cenguard.readers.assembly.walk import assemble

__all__ = ["assemble"]
