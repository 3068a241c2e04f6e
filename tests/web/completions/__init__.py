"""Chat completions, as OpenAI's clients ask for them."""
