"""Readers: bytes of one format → resource records. The only code that knows a format."""
