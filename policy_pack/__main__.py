"""The policy pack: serves cenguard's rules to the engine."""

from cenguard.pack import serve

if __name__ == "__main__":
    serve()
