"""The answer: from a question and a corpus to cited sentences, or an honest "no". It knows nothing of HTTP."""
