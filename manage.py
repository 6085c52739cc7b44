#!/usr/bin/env python
"""Django's command-line entry point."""

from tutor.commands import main

if __name__ == "__main__":
    main()
