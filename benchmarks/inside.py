"""`python -m benchmarks.inside MODULE WORDS…`: call a module's `main` in the shop it is about."""

import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    import_module(sys.argv[1]).main(sys.argv[2:])
