"""How fast the form engine is, one subject after the other, each beside the libraries that do the same."""

from bench import showing, validation


def main() -> None:
    """Run every subject of the engine."""
    for subject in (showing, validation):
        subject.main()


if __name__ == "__main__":
    main()
