"""`python -m bookwheel`, the same as the command `bookwheel`."""

from bookwheel.cli import main

if __name__ == "__main__":
    main()
