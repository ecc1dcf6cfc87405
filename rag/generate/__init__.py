"""An answer that a language model writes: its prompt, its reply, and the gate that the reply must pass."""
