"""Run every benchmark, one after the other."""

from bench import answers, form_open, weight

if __name__ == "__main__":
    for subject in (weight, form_open, answers):
        subject.main()
