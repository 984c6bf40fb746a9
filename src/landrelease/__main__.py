"""``python -m landrelease`` is ``landrelease``."""

from landrelease.cli.main import main

if __name__ == "__main__":
    main()
