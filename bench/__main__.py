"""Run every benchmark, one after the other; `--peers` opens other form libraries beside ours."""

import sys

from bench import answers, desk, engine, form_open, geography, paper, weight

if __name__ == "__main__":
    for subject in (engine, geography, paper, weight):
        subject.main()
    form_open.main(form_open.asked_for(sys.argv[1:]))
    for subject in (desk, answers):
        subject.main()
