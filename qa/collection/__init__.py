"""The documents as a collection: what they are called, what is known of them, and questions that name one."""
