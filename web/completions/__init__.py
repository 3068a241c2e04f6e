"""Chat completions under /v1, as the clients of OpenAI's API put and expect them. Translation only."""
