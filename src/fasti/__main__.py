"""`python -m fasti`, and the `fasti` command."""


def main() -> None:
    """Run the command line."""
    from fasti.cli import run

    run()


if __name__ == "__main__":
    main()
