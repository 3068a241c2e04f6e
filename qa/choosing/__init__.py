"""Which of the sentences that answer is meant: the newest, the next step."""
