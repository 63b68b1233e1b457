"""Assembly: resource records → one network. The only code that knows the provider's property names."""

from cenguard.assembly.walk import assemble

__all__ = ["assemble"]
