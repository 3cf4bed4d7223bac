"""Faults of processes and storage: real processes are killed, real databases locked, filled, broken and restarted."""
