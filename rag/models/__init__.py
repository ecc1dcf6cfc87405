"""The models that answer: small ones inside the package, and any OpenAI-compatible one."""
