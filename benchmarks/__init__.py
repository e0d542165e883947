"""How fast fasti is beside other programs: `python -m benchmarks` measures, README.md says what and why."""
