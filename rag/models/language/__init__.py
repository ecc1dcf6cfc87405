"""Language models: behind an endpoint, found on this machine, or run in a process of our own."""
