"""Run every benchmark, one after the other."""

from bench import answers, desk, engine, form_open, weight

if __name__ == "__main__":
    for subject in (engine, weight, form_open, desk, answers):
        subject.main()
