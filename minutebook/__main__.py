"""`python -m minutebook`: the same as the command."""

from minutebook.cli import main

if __name__ == "__main__":
    main()
