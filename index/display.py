"""How a quote is shown: the document's own characters without its line breaks and inline markup."""
