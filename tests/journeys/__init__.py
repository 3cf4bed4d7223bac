"""What people do with the console from end to end: real processes, real HTTP, a real browser, nothing patched."""
