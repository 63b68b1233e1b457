"""cenguard: will the networks of a Cloud Enterprise Network really reach each other?"""

__version__ = "0.1.0"
